"""The kinds of message: what each may say, through which channels, and on whose leave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, Final

from kolektor.kernel.errors import DomainError
from kolektor.kernel.points import Points
from kolektor.kernel.wording import PointForms
from tenants.messaging import wording
from tenants.messaging.models import Message

INBOX, EMAIL, SMS = Message.Channel.INBOX, Message.Channel.EMAIL, Message.Channel.SMS


class Purpose(Enum):
    """Why a message is sent. Marketing needs the member's consent, when it is queued and again when it is sent."""

    TRANSACTIONAL = "transactional"
    MARKETING = "marketing"


@dataclass(frozen=True, slots=True)
class Cash:
    """An amount of cash as a parameter."""

    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind. `params` maps each parameter to its type; `sample` is what a template is tried with; `path` where it leads."""

    code: str
    params: Mapping[str, type]
    sample: Mapping[str, Any]
    path: str
    purpose: Purpose = Purpose.TRANSACTIONAL
    channels: tuple[str, ...] = (INBOX, EMAIL)

    def check(self, params: Mapping[str, Any]) -> None:
        """Raises DomainError BAD_MESSAGE when a parameter is missing, unknown or of another type."""
        wrong = {
            name for name in {*params, *self.params} if not isinstance(params.get(name), self.params.get(name, ()))
        }
        if wrong:
            raise DomainError("BAD_MESSAGE", kind=self.code, params=", ".join(sorted(wrong)))


KINDS: Final[dict[str, Kind]] = {
    kind.code: kind
    for kind in (
        Kind("welcome", {}, {}, "/"),
        Kind("welcome_sms", {}, {}, "/", channels=(SMS,)),
        Kind("claim_code", {"code": str}, {"code": "123456"}, "/"),
        Kind(
            "program_invitation",
            {"representative": str, "firm": str},
            {"representative": "Marek Handlowy", "firm": "Instalacje Nowak"},
            "/",
        ),
        Kind(
            "application_declined",
            {"firm": str, "reason": str},
            {"firm": "Instalacje Nowak", "reason": "Prosimy o numer faktury."},
            "/",
        ),
        Kind(
            "order_fulfilled",
            {"reward": str, "face_value": Cash, "order_number": str},
            {"reward": "Karta paliwowa", "face_value": Cash(Decimal(50), "PLN"), "order_number": "Z-000001"},
            "/wallet",
        ),
        Kind(
            "points_expiring",
            {"points": Points, "date": date, "days": int},
            {"points": Points(123_450), "date": date(2026, 12, 31), "days": 14},
            "/shop",
        ),
        Kind(
            "firm_invitation",
            {"firm": str},
            {"firm": "Instalacje Nowak"},
            "/firm",
        ),
        Kind(
            "staff_added",
            {"admin": str},
            {"admin": "Anna Zielińska"},
            "/console",
        ),
        Kind(
            "points_received",
            {"giver": str, "points": Points},
            {"giver": "Jan Nowak", "points": Points(5_000)},
            "/history",
        ),
        Kind(
            "order_awaiting",
            {"fitter": str, "reward": str, "face_value": Cash, "points": Points},
            {
                "fitter": "Piotr Zieliński",
                "reward": "Karta paliwowa",
                "face_value": Cash(Decimal(50), "PLN"),
                "points": Points(5_000),
            },
            "/firm",
        ),
        Kind(
            "order_declined",
            {"reward": str, "face_value": Cash, "order_number": str},
            {"reward": "Karta paliwowa", "face_value": Cash(Decimal(50), "PLN"), "order_number": "Z-000001"},
            "/orders",
        ),
    )
}


def kind_of(code: str) -> Kind:
    """The kind of that code. Raises DomainError UNKNOWN_MESSAGE_KIND."""
    found = KINDS.get(code)
    if found is None:
        raise DomainError("UNKNOWN_MESSAGE_KIND", field="kind", value=code)
    return found


def as_texts(params: Mapping[str, Any], *, forms: PointForms, language: str) -> dict[str, str]:
    """Parameters as a template gets them: sentences' parts in the reader's language."""
    return {name: _as_text(name, value, forms, language) for name, value in params.items()}


def _as_text(name: str, value: Any, forms: PointForms, language: str) -> str:
    if isinstance(value, Points):
        return wording.points(value, forms, language)
    if isinstance(value, Cash):
        return wording.cash(value.amount, value.currency, language)
    if isinstance(value, date):
        return wording.day(value, language)
    if isinstance(value, int):
        return wording.days(value, language) if name == "days" else wording.figure(Decimal(value), language)
    return str(value)
