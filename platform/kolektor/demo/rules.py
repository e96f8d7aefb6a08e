"""The earning rules of the three wholesalers, in the JSON form of docs/rules.md. Periods hang on the demo's day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from kolektor.demo.network import ELECTRICAL, HEATING, PLUMBING


def month_start(today: date, months: int) -> date:
    """The first day of the month that lies so many months from today's (negative: before)."""
    index = today.year * 12 + today.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def _months(today: date, first: int, last: int) -> dict[str, str]:
    """From the first day of one month to the last of another, both counted from today's."""
    until = month_start(today, last + 1) - timedelta(days=1)
    return {"valid_from": month_start(today, first).isoformat(), "valid_until": until.isoformat()}


def body(slug: str, *, today: date) -> dict[str, Any]:
    """The rules of one wholesaler, for `tenants.rules.services.apply`. Raises KeyError."""
    return {"rules": {PLUMBING.slug: _plumbing, HEATING.slug: _heating, ELECTRICAL.slug: _electrical}[slug](today)}


def _plumbing(today: date) -> list[dict[str, Any]]:
    """Something for everything, more for some brands in season."""
    return [
        {
            "code": "wszystkie-zakupy",
            "name": {"pl": "Krople za wszystkie zakupy", "en": "Drops for every purchase"},
            "award": {"kind": "per_amount", "points": "2", "per": "100"},
        },
        {
            "code": "marki-sezonu",
            "name": {"pl": "Marki sezonu: armatura", "en": "Brands of the season: taps"},
            **_months(today, -3, 0),
            "when": {"field": "brand", "in": ["kruczek", "biala-fala", "deszczulka"]},
            "award": {"kind": "per_amount", "points": "3", "per": "100"},
            "caps": [{"points": "500", "per": "month", "for": "member"}],
        },
        {
            "code": "piatki-podwojne",
            "name": {"pl": "Piątki razy dwa: zawory i rury", "en": "Double Fridays: valves and pipes"},
            **_months(today, -2, 0),
            "when": {
                "all": [
                    {"field": "category", "in": ["zawory", "rury i złączki"]},
                    {"field": "weekday", "in": ["5"]},
                ]
            },
            "award": {"kind": "multiplier", "times": "2"},
        },
        {
            "code": "duza-faktura",
            "name": {"pl": "25 kropli za dużą fakturę", "en": "25 drops for a large invoice"},
            "award": {"kind": "fixed", "points": "25", "each": "document", "least": "3000"},
        },
        {
            "code": "lato-z-pompami",
            "name": {"pl": "Lato z pompami Studzienny i Głębinek", "en": "Summer of Studzienny and Głębinek pumps"},
            **_months(today, -7, -4),
            "when": {
                "all": [
                    {"field": "category", "in": ["pompy"]},
                    {"field": "brand", "in": ["studzienny", "glebinek"]},
                ]
            },
            "award": {"kind": "per_amount", "points": "4", "per": "100"},
        },
    ]


def _heating(today: date) -> list[dict[str, Any]]:
    """A fixed number for each heat source, little for the rest."""
    return [
        {
            "code": "kotly",
            "name": {"pl": "Ogniki za każdy kocioł", "en": "Sparks for every boiler"},
            "when": {"field": "category", "in": ["kotły"]},
            "award": {"kind": "per_unit", "points": "60"},
        },
        {
            "code": "pompy-ciepla",
            "name": {"pl": "Ogniki za pompę ciepła", "en": "Sparks for a heat pump"},
            "when": {"field": "category", "in": ["pompy ciepła"]},
            "award": {"kind": "per_unit", "points": "150"},
            "matures_after_days": 30,
        },
        {
            "code": "premiera-sterowni",
            "name": {"pl": "Premiera Sterowni, do wyczerpania puli", "en": "Sterownia launch, while the pool lasts"},
            **_months(today, -1, 1),
            "when": {"field": "supplier", "in": ["sterownia"]},
            "award": {"kind": "per_amount", "points": "5", "per": "100"},
            "budget": "1500",
        },
        {
            "code": "regulatory-internetowe",
            "name": {"pl": "Regulatory internetowe", "en": "Connected room controllers"},
            "when": {"field": "sku", "in": ["TE-POKR-03", "TE-CIEP-03"]},
            "award": {"kind": "per_unit", "points": "7.5"},
        },
        {
            "code": "pozostale-zakupy",
            "name": {"pl": "Pozostałe zakupy", "en": "Everything else"},
            "when": {"not": {"field": "category", "in": ["kotły", "pompy ciepła"]}},
            "award": {"kind": "per_amount", "points": "1", "per": "100"},
        },
        {
            "code": "przed-sezonem-kaloryfa",
            "name": {"pl": "Przed sezonem: grzejniki i podłogówka", "en": "Before the season: radiators, underfloor"},
            **_months(today, -4, -2),
            "when": {"field": "supplier", "in": ["kaloryfa"]},
            "award": {"kind": "per_amount", "points": "2.5", "per": "100"},
        },
    ]


def _electrical(today: date) -> list[dict[str, Any]]:
    """Partner brands only; nothing for the others."""
    return [
        {
            "code": "marki-partnerskie",
            "name": {"pl": "Marki partnerskie", "en": "Partner brands"},
            "when": {"field": "brand", "in": ["amperyt-modul", "stykowiec", "kablorz-dom", "ramkon", "szynogon"]},
            "award": {"kind": "per_amount", "points": "4", "per": "100"},
            "boosts": [{"times": "1.5", "when": {"field": "value", "at_least": "2000"}}],
            "caps": [{"points": "2000", "per": "quarter", "for": "firm"}],
        },
        {
            "code": "oprawy-led",
            "name": {"pl": "Waty za każdą oprawę LED", "en": "Watts for every LED fitting"},
            "when": {
                "all": [
                    {"field": "category", "in": ["oświetlenie"]},
                    {"field": "brand", "in": ["swietlenia", "jasnotka"]},
                ]
            },
            "award": {"kind": "per_unit", "points": "2.5"},
        },
        {
            "code": "narzedzia-i-fotowoltaika",
            "name": {"pl": "Narzędzia i fotowoltaika", "en": "Tools and photovoltaics"},
            **_months(today, -9, 0),
            "when": {
                "all": [
                    {
                        "any": [
                            {"field": "category", "in": ["narzędzia"]},
                            {"field": "category", "in": ["fotowoltaika"]},
                        ]
                    },
                    {"not": {"field": "brand", "in": ["stykowiec"]}},
                ]
            },
            "award": {"kind": "per_amount", "points": "1.5", "per": "100"},
        },
    ]
