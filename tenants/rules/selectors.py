"""Reads of rules and receipts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Sum

from kolektor.kernel import clock
from kolektor.kernel.language import reader_language
from kolektor.kernel.points import Points
from kolektor.kernel.tenant import public_context, require_tenant
from kolektor.network import selectors as network
from tenants.program import selectors as program
from tenants.rules.models import AwardLine, AwardShare, CapUsage, RuleVersion
from tenants.rules.receipts import Receipt, receipt_sentence
from tenants.rules.sentences import rule_sentence
from tenants.sales.models import Product, SalesDocument, SalesLine


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule version as the console shows it. `state` is what it is today: a published version that has not begun is
    SCHEDULED, one whose last day is over ENDED. `spent` is what its budget has given.
    """

    id: UUID
    rule_id: UUID
    code: str
    name: str
    version: int
    state: str
    valid_from: date | None
    valid_until: date | None
    sentence: str
    points_given: Points
    budget: Points | None
    spent: Points
    body: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a line gave points, in the reader's language."""

    rule_name: str
    rule_version: int
    sentence: str
    points: Points


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """One line of a document with its reasons."""

    document_id: UUID
    position: int
    product_name: str
    sku: str | None
    quantity: Decimal
    unit: str | None
    net: Decimal
    currency: str
    points: Points
    reasons: tuple[Reason, ...]


def _names() -> dict[str, str]:
    wholesaler = require_tenant()
    with public_context():
        rows = network.brands_of(wholesaler.network_id)
    return {str(row.id): row.name for row in rows} | {str(row.supplier_id): row.supplier_name for row in rows}


_ORDER = {"LIVE": 0, "SCHEDULED": 1, "DRAFT": 2, "ENDED": 3, "RETIRED": 4}


def rules() -> list[RuleRow]:
    """Every rule's versions, the live ones first, with their sentence and what they gave so far (corrections taken off)."""
    versions = list(RuleVersion.objects.select_related("rule").order_by("rule__code", "-number"))
    return sorted(rows_of(versions), key=lambda row: (_ORDER[row.state], row.code, -row.version))


def rows_of(versions: list[RuleVersion]) -> list[RuleRow]:
    """Versions as rows, in their order, in four queries."""
    language = reader_language()
    given = dict(
        AwardLine.objects.filter(version__in=versions)
        .values_list("version_id")
        .annotate(total=Sum("units"))
        .values_list("version_id", "total")
    )
    spent = dict(CapUsage.objects.filter(version__in=versions, cap=0).values_list("version_id", "units"))
    names = _names()
    currency = program.settings().currency
    today = clock.local_today()
    return [
        RuleRow(
            id=version.pk,
            rule_id=version.rule_id,
            code=version.rule.code,
            name=version.rule.name_en if language == "en" else version.rule.name_pl,
            version=version.number,
            state=state_on(version, today),
            valid_from=version.valid_from,
            valid_until=version.valid_until,
            sentence=rule_sentence(version.spec, currency=currency, names=names, language=language),
            points_given=Points(given.get(version.pk, 0)),
            budget=Points(int(Decimal(version.spec["budget"]) * 100)) if "budget" in version.spec else None,
            spent=Points(spent.get(version.pk, 0)),
            body=body_of(version),
        )
        for version in versions
    ]


def version_rows(version_id: UUID) -> list[RuleRow]:
    """One version as a list of one row, or an empty one."""
    return rows_of(list(RuleVersion.objects.select_related("rule").filter(pk=version_id)))


@dataclass(frozen=True, slots=True)
class Options:
    """What conditions can be made of: (slug, name) pairs, and categories of the wholesaler's products."""

    brands: tuple[tuple[str, str], ...]
    suppliers: tuple[tuple[str, str], ...]
    categories: tuple[str, ...]


def options() -> Options:
    """Brands and suppliers of the network by name, categories of this wholesaler."""
    wholesaler = require_tenant()
    with public_context():
        rows = network.brands_of(wholesaler.network_id)
    categories = Product.objects.exclude(category="").values_list("category", flat=True).distinct()
    return Options(
        brands=tuple((row.slug, row.name) for row in rows),
        suppliers=tuple(sorted({(row.supplier_slug, row.supplier_name) for row in rows}, key=lambda pair: pair[1])),
        categories=tuple(sorted(categories)),
    )


def state_on(version: RuleVersion, day: date) -> str:
    """What a version is on a day."""
    if version.state == RuleVersion.State.LIVE:
        if version.valid_from and version.valid_from > day:
            return "SCHEDULED"
        if version.valid_until and version.valid_until < day:
            return "ENDED"
    return str(version.state).upper()


def body_of(version: RuleVersion) -> dict[str, Any]:
    """A version in the JSON form of docs/rules.md."""
    body: dict[str, Any] = {
        "code": version.rule.code,
        "name": {"pl": version.rule.name_pl, "en": version.rule.name_en},
        **without_ids(version.spec),
    }
    for key in ("valid_from", "valid_until"):
        if day := getattr(version, key):
            body[key] = day.isoformat()
    return body


def without_ids(node: Any) -> Any:
    """A spec without the ids that were found for its slugs."""
    if isinstance(node, list):
        return [without_ids(child) for child in node]
    if isinstance(node, dict):
        return {key: without_ids(child) for key, child in node.items() if key != "ids"}
    return node


def sentences(spec: dict[str, Any]) -> tuple[str, str]:
    """A rule read back, in Polish and in English."""
    names, currency = _names(), program.settings().currency
    polish, english = (
        rule_sentence(spec, currency=currency, names=names, language=language) for language in ("pl", "en")
    )
    return polish, english


def receipts(document_ids: Iterable[UUID]) -> dict[UUID, list[ReceiptRow]]:
    """The lines of several documents with why each gave points, in three queries."""
    ids = list(document_ids)
    language = reader_language()
    currency = program.settings().currency
    reasons: dict[int, list[Reason]] = {}
    awards = AwardLine.objects.filter(document_id__in=ids).select_related("version__rule").order_by("id")
    for award in awards:
        rule = award.version.rule
        reasons.setdefault(award.line_id, []).append(
            Reason(
                rule_name=rule.name_en if language == "en" else rule.name_pl,
                rule_version=award.version.number,
                sentence=receipt_sentence(
                    Receipt(award.template, award.inputs, award.version.spec, award.units, award.wanted, currency),
                    language=language,
                ),
                points=Points(award.units),
            )
        )
    found: dict[UUID, list[ReceiptRow]] = {key: [] for key in ids}
    for line in SalesLine.objects.filter(document_id__in=ids).order_by("document_id", "position", "id"):
        why = tuple(reasons.get(line.pk, ()))
        found[line.document_id].append(
            ReceiptRow(
                document_id=line.document_id,
                position=line.position,
                product_name=line.name,
                sku=line.sku,
                quantity=(line.quantity or Decimal(0)) * (-1 if line.before else 1),
                unit=line.unit,
                net=line.value or Decimal(0),
                currency=currency,
                points=Points(sum(reason.points.units for reason in why)),
                reasons=why,
            )
        )
    return found


def shares(document_ids: Iterable[UUID]) -> dict[UUID, dict[UUID, Points]]:
    """What fitters got of the points of several documents, by document and member; corrections by their own document."""
    ids = list(document_ids)
    rows = (
        AwardShare.objects.filter(award_line__document_id__in=ids)
        .values_list("award_line__document_id", "member_id")
        .annotate(total=Sum("units"))
        .order_by("award_line__document_id", "member_id")
    )
    found: dict[UUID, dict[UUID, Points]] = {}
    for document_id, member_id, units in rows if ids else ():
        found.setdefault(document_id, {})[member_id] = Points(units)
    return found


def documents(document_ids: Iterable[UUID]) -> dict[UUID, SalesDocument]:
    """Documents by id."""
    return SalesDocument.objects.in_bulk(list(document_ids))
