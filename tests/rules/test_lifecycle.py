"""Rules by hand: drafted, tried, published, ended; read back in both languages; limited as their sentence says."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from kolektor.api.texts import text
from kolektor.identity.services import ensure_person
from kolektor.kernel import clock
from kolektor.kernel.errors import DomainError, NotFound
from kolektor.kernel.points import Points
from kolektor.network.models import Brand, Supplier
from tenants.ledger import selectors as ledger
from tenants.ledger.services import Owner
from tenants.members import services as members
from tenants.members.models import Member
from tenants.rules import selectors, services
from tenants.rules.models import AwardLine, Rule, RuleVersion
from tenants.rules.preview import preview
from tenants.sales.models import Product, SalesDocument
from tests.support_data import import_documents, invoice

BRAND_RULE = {
    "name": {"pl": "Marka Kruczek", "en": "Kruczek brand"},
    "valid_from": "2026-10-01",
    "when": {"field": "brand", "in": ["kruczek"]},
    "award": {"kind": "per_amount", "points": "2", "per": "100"},
    "boosts": [{"times": "2", "when": {"field": "month", "in": ["11"]}}],
    "caps": [{"points": "500", "per": "month", "for": "member"}],
}
EMAIL = "monter@example.com"


@pytest.fixture
def kruczek(in_alfa: Any) -> Member:
    """A brand, a product of it, and a member."""
    supplier = Supplier.objects.create(network=in_alfa.network, slug="dostawca", name="Dostawca")
    brand = Brand.objects.create(network=in_alfa.network, supplier=supplier, slug="kruczek", name="Kruczek")
    Product.objects.create(sku="ZK-12", name="Zawór", brand_id=brand.pk, supplier_id=supplier.pk, category="zawory")
    return members.enroll(person=ensure_person(email=EMAIL))


def published(body: dict[str, Any]) -> RuleVersion:
    return services.publish(version_id=services.save_draft(body=body).pk)


def bought(number: str, net: str, day: date) -> str:
    """What an invoice over the valve gives."""
    return str(Points(import_documents(invoice(number, EMAIL, net=net, day=day)).units_awarded))


def available(member: Member) -> str:
    owner = Owner("member", member.pk)
    return str(ledger.balances([owner])[owner].available)


def test_two_per_hundred_double_in_november_at_most_500_a_month(kruczek: Member) -> None:
    version = published(BRAND_RULE)
    assert bought("F/1", "1000.00", date(2026, 10, 30)) == "20.00"
    assert bought("F/2", "1000.00", date(2026, 11, 2)) == "40.00"
    assert bought("F/3", "11000.00", date(2026, 11, 3)) == "440.00"
    assert bought("F/4", "1000.00", date(2026, 11, 4)) == "20.00"  # of 40: 480 are used up
    assert bought("F/5", "1000.00", date(2026, 11, 5)) == "0.00"
    assert bought("F/6", "1000.00", date(2026, 12, 1)) == "20.00"
    assert available(kruczek) == "540.00"
    polish, english = selectors.sentences(version.spec)
    assert polish == (
        "2 punkty za każde 100 zł netto za zakupy: marki Kruczek; podwójnie: w listopadzie; "
        "najwyżej 500 punktów miesięcznie na osobę."
    )
    assert english == (
        "2 points for every 100 zł net on brand Kruczek; double: in November; at most 500 points a month per member."
    )


def test_the_receipt_says_what_the_cap_kept(kruczek: Member) -> None:
    published(BRAND_RULE)
    bought("F/1", "24000.00", date(2026, 11, 2))
    bought("F/2", "2000.00", date(2026, 11, 3))
    document = SalesDocument.objects.get(number="F/2")
    (line,) = selectors.receipts([document.pk])[document.pk]
    assert [reason.sentence for reason in line.reasons] == [
        "2\u00a0000,00 zł netto × 2 pkt / 100 zł × 2 = 80,00 pkt; "
        "limit (najwyżej 500 punktów miesięcznie na osobę): 0,00 pkt"
    ]
    assert line.points == Points(0)


def test_a_draft_awards_nothing_and_is_edited_in_place(kruczek: Member) -> None:
    draft = services.save_draft(body=BRAND_RULE)
    assert (draft.number, draft.state) == (1, "draft")
    assert bought("F/1", "1000.00", date(2026, 11, 2)) == "0.00"
    again = services.save_draft(body={**BRAND_RULE, "caps": []}, rule_id=draft.rule_id)
    assert (again.pk, again.number, "caps" in again.spec) == (draft.pk, 1, False)
    assert Rule.objects.get().code == "marka-kruczek"


def test_codes_come_from_names_and_stay_free(kruczek: Member) -> None:
    first = services.save_draft(body={**BRAND_RULE, "name": "Łazienka i źródło"})
    second = services.save_draft(body={**BRAND_RULE, "name": "Łazienka i źródło"})
    assert [first.rule.code, second.rule.code] == ["lazienka-i-zrodlo", "lazienka-i-zrodlo-2"]


def test_the_next_version_ends_the_one_before(kruczek: Member) -> None:
    first = published(BRAND_RULE)
    tomorrow = clock.local_today() + timedelta(days=1)
    body = {**BRAND_RULE, "valid_from": tomorrow.isoformat(), "boosts": []}
    second = services.publish(version_id=services.save_draft(body=body, rule_id=first.rule_id).pk)
    first.refresh_from_db()
    assert (first.state, first.valid_until) == ("live", clock.local_today())
    assert second.number == 2
    assert [(row.version, row.state) for row in selectors.rules()] == [(1, "LIVE"), (2, "SCHEDULED")]
    services.end(version_id=second.pk)
    assert [(row.version, row.state) for row in selectors.rules()] == [(1, "LIVE"), (2, "RETIRED")]


def test_ending_leaves_today(kruczek: Member) -> None:
    version = services.end(version_id=published(BRAND_RULE).pk)
    assert (version.state, version.valid_until) == ("live", clock.local_today())
    with pytest.raises(DomainError, match="RULE_NOT_READY"):
        services.end(version_id=version.pk)


def test_what_is_published_is_neither_published_nor_dropped_again(kruczek: Member) -> None:
    version = published(BRAND_RULE)
    for verb in (services.publish, services.discard_draft):
        with pytest.raises(DomainError, match="RULE_NOT_READY"):
            verb(version_id=version.pk)
    with pytest.raises(NotFound):
        services.publish(version_id=uuid4())


def test_a_discarded_draft_takes_its_new_rule_along(kruczek: Member) -> None:
    live = published(BRAND_RULE)
    draft = services.save_draft(body={**BRAND_RULE, "caps": []}, rule_id=live.rule_id)
    services.discard_draft(version_id=draft.pk)
    assert list(RuleVersion.objects.all()) == [live]
    services.discard_draft(version_id=services.save_draft(body={**BRAND_RULE, "name": "Inna"}).pk)
    assert [rule.code for rule in Rule.objects.all()] == ["marka-kruczek"]


def test_the_preview_is_what_the_next_invoice_would_give(kruczek: Member) -> None:
    published({**BRAND_RULE, "caps": []})
    for number in range(1, 13):
        bought(f"F/{number}", f"{number}000.00", date(2026, 11, number))
    before = AwardLine.objects.count()
    body = {**BRAND_RULE, "valid_from": "2027-01-01", "caps": [{"points": "700", "per": "month", "for": "member"}]}
    draft = services.read_draft(body=body, rule_id=Rule.objects.get().pk)
    found = preview(draft=draft)
    assert found.looked_through == 12
    assert [row.number for row in found.rows] == [f"F/{number}" for number in range(12, 2, -1)]
    # in the order of acceptance: F/3 120, F/4 160, F/5 200, F/6 220 of 240, then the cap is used up
    assert [str(row.by_draft) for row in reversed(found.rows)] == ["120.00", "160.00", "200.00", "220.00"] + [
        "0.00"
    ] * 6
    assert [str(row.by_this_rule) for row in found.rows][:2] == ["480.00", "440.00"]
    assert found.rows[0].given == found.rows[0].by_this_rule
    assert (AwardLine.objects.count(), Rule.objects.count()) == (before, 1)


def test_points_mature(kruczek: Member) -> None:
    body = {key: value for key, value in BRAND_RULE.items() if key != "boosts"} | {"matures_after_days": 14}
    published(body)
    today = clock.local_today()
    bought("F/1", "1000.00", today - timedelta(days=14))
    bought("F/2", "1000.00", today - timedelta(days=13))
    owner = Owner("member", kruczek.pk)
    standing = ledger.balances([owner])[owner]
    assert (str(standing.available), str(standing.pending)) == ("20.00", "20.00")


@pytest.mark.parametrize(
    ("change", "field", "reason"),
    [
        ({"award": {"kind": "per_amount", "points": "0", "per": "1"}}, "rule.award.points", "positive_expected"),
        ({"award": {"kind": "fixed", "points": "5", "each": "month"}}, "rule.award.each", "unknown_each"),
        ({"award": {"kind": "fixed", "points": "5", "least": "9"}}, "rule.award.least", "unknown_key"),
        ({"award": {"kind": "multiplier", "times": "1"}}, "rule.award.times", "times_expected"),
        ({"award": {"kind": "multiplier", "times": "2"}}, "rule.boosts", "boosts_not_here"),
        ({"when": {"field": "month", "in": ["13"]}}, "rule.when.in", "out_of_range"),
        ({"when": {"field": "brand", "in": ["obca"]}}, "rule.when.in", "unknown_brand"),
        ({"when": {"field": "value", "at_least": "-1"}}, "rule.when.at_least", "positive_expected"),
        ({"caps": [{"points": "5", "per": "week", "for": "member"}]}, "rule.caps[0].per", "unknown_cap"),
        ({"caps": [{"points": "5", "per": "day", "for": "member"}] * 2}, "rule.caps", "duplicate_cap"),
        ({"boosts": [{"times": "2"}]}, "rule.boosts[0]", "boost_expected"),
        ({"boosts": [{"times": "11", "when": {"all": []}}]}, "rule.boosts[0].times", "times_expected"),
        ({"budget": "1.001"}, "rule.budget", "too_precise"),
        ({"matures_after_days": 400}, "rule.matures_after_days", "days_expected"),
        ({"matures_after_days": "3"}, "rule.matures_after_days", "days_expected"),
        ({"name": ""}, "rule.name", "names_expected"),
    ],
)
def test_refusals_name_field_and_reason(kruczek: Member, change: dict[str, Any], field: str, reason: str) -> None:
    with pytest.raises(DomainError) as refused:
        services.save_draft(body={**BRAND_RULE, **change})
    assert (refused.value.code, refused.value.field, refused.value.data["reason"]) == ("BAD_RULE", field, reason)
    polish, english = (text("BAD_RULE", refused.value.data, language) for language in ("pl", "en"))
    assert polish != english
    assert reason not in polish + english
    assert Rule.objects.count() == 0


def test_sentences_of_every_kind(kruczek: Member) -> None:
    def read(**rule: Any) -> tuple[str, str]:
        return selectors.sentences(services.read_draft(body={"name": "x", **rule}).spec)

    assert read(award={"kind": "multiplier", "times": "1.5"}, when={"field": "weekday", "in": ["6", "7"]}) == (
        "Punkty z pozostałych reguł × 1,5 za zakupy: w soboty i niedziele.",
        "Points of the other rules × 1.5 on Saturdays and Sundays.",
    )
    assert read(award={"kind": "fixed", "points": "100", "each": "document", "least": "1000"}, budget="1000") == (
        "100 punktów za każdy dokument o wartości co najmniej 1\u00a0000 zł netto za wszystkie zakupy; "
        "do wyczerpania puli 1\u00a0000 pkt.",
        "100 points for each document worth at least 1,000 zł net on everything; until a pool of 1,000 points is used up.",
    )
    assert read(award={"kind": "per_unit", "points": "1"}, matures_after_days=1) == (
        "1 punkt za każdą jednostkę sprzedaży za wszystkie zakupy; do wykorzystania po 1 dniu.",
        "1 point per unit sold on everything; to be spent after 1 day.",
    )


def test_decimals_are_kept_as_written(kruczek: Member) -> None:
    spec = services.read_draft(body={**BRAND_RULE, "budget": 1000, "award": {"kind": "per_unit", "points": 2.50}}).spec
    assert (spec["budget"], spec["award"]["points"]) == ("1000", "2.5")
    assert Decimal(spec["caps"][0]["points"]) == 500
