"""Reads of rules and receipts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Sum
from django.utils.translation import get_language

from kolektor.kernel.points import Points
from kolektor.kernel.tenant import public_context, require_tenant
from kolektor.network import selectors as network
from tenants.program import selectors as program
from tenants.rules.models import AwardLine, RuleVersion
from tenants.rules.sentences import receipt_sentence, rule_sentence
from tenants.sales.models import SalesDocument, SalesLine


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule version as the console shows it."""

    id: UUID
    code: str
    name: str
    version: int
    state: str
    valid_from: date | None
    valid_until: date | None
    sentence: str
    points_given: Points


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


def _language() -> str:
    return "en" if (get_language() or "pl").startswith("en") else "pl"


def _names() -> dict[str, str]:
    wholesaler = require_tenant()
    with public_context():
        rows = network.brands_of(wholesaler.network_id)
    return {str(row.id): row.name for row in rows} | {str(row.supplier_id): row.supplier_name for row in rows}


def rules() -> list[RuleRow]:
    """Every rule's versions, the live ones first, with their sentence and what they gave so far (corrections taken off)."""
    language = _language()
    versions = list(RuleVersion.objects.select_related("rule").order_by("rule__code", "-number"))
    given = dict(
        AwardLine.objects.filter(version__in=versions)
        .values_list("version_id")
        .annotate(total=Sum("units"))
        .values_list("version_id", "total")
    )
    names = _names()
    currency = program.settings().currency
    rows = [
        RuleRow(
            id=version.pk,
            code=version.rule.code,
            name=version.rule.name_en if language == "en" else version.rule.name_pl,
            version=version.number,
            state=version.state.upper(),
            valid_from=version.valid_from,
            valid_until=version.valid_until,
            sentence=rule_sentence(version.spec, currency=currency, names=names, language=language),
            points_given=Points(given.get(version.pk, 0)),
        )
        for version in versions
    ]
    order = {"LIVE": 0, "SCHEDULED": 1, "DRAFT": 2, "RETIRED": 3}
    return sorted(rows, key=lambda row: (order[row.state], row.code, -row.version))


def receipts(document_ids: Iterable[UUID]) -> dict[UUID, list[ReceiptRow]]:
    """The lines of several documents with why each gave points, in three queries."""
    ids = list(document_ids)
    language = _language()
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
                    award.template, award.inputs, units=award.units, currency=currency, language=language
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


def documents(document_ids: Iterable[UUID]) -> dict[UUID, SalesDocument]:
    """Documents by id."""
    return SalesDocument.objects.in_bulk(list(document_ids))
