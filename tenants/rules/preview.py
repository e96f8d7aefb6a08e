"""What a rule would give for the latest invoices, before it is published: the real awarding, rolled back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q, Sum

from kolektor.kernel.points import Points
from tenants.program import selectors as program
from tenants.rules.compiler import awardable, compiled
from tenants.rules.granting import insert_awards
from tenants.rules.models import AwardLine, Rule, RuleVersion
from tenants.rules.spec import RuleDraft
from tenants.sales.models import SalesDocument
from tenants.sales.sql_import import AWARDED_KINDS

INVOICES = 10
# how many of the latest invoices are looked through for those that the rule fits
LOOKED_THROUGH = 400


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One invoice: what all rules gave for it, what of that this rule gave, and what the draft would give instead."""

    document_id: UUID
    number: str
    sale_date: date
    member_id: UUID
    given: Points
    by_this_rule: Points
    by_draft: Points


@dataclass(frozen=True, slots=True)
class Preview:
    """The latest invoices that the draft fits, and how many were looked through."""

    rows: tuple[PreviewRow, ...]
    looked_through: int


class _RolledBack(Exception):
    """Ends the trial's transaction."""


def preview(*, draft: RuleDraft) -> Preview:
    """Award the latest invoices by the draft, in a transaction that is rolled back. The draft's period is left aside, so that
    a rule of next month can be tried; its caps and budget start unused.
    """
    latest = SalesDocument.objects.filter(
        member_id__isnull=False, kind__in=AWARDED_KINDS, reverted_at__isnull=True
    ).order_by("-sale_date", "-accept_seq")[:LOOKED_THROUGH]
    documents = {row.pk: row for row in latest}
    rows: list[PreviewRow] = []
    try:
        with transaction.atomic():
            rows = _try(draft, documents)
            raise _RolledBack
    except _RolledBack:
        pass
    return Preview(tuple(rows), len(documents))


def _try(draft: RuleDraft, documents: dict[UUID, SalesDocument]) -> list[PreviewRow]:
    known = Rule.objects.filter(code=draft.code).first()
    # a code that no rule can have
    rule = Rule.objects.create(code="?", name_pl="", name_en="")
    version = RuleVersion.objects.create(rule=rule, number=1, state=RuleVersion.State.DRAFT, spec=draft.spec)
    rounding = program.settings().rounding
    fitting = set(compiled(version, awardable(list(documents)), rounding).values_list("document_id", flat=True))
    chosen = [row for key, row in documents.items() if key in fitting][:INVOICES]
    insert_awards(version, compiled(version, awardable([row.pk for row in chosen]), rounding), run="")
    ids = [row.pk for row in chosen]
    sums = {
        row["document_id"]: row
        for row in AwardLine.objects.filter(document_id__in=ids)
        .values("document_id")
        .annotate(
            given=Sum("units", filter=~Q(version=version)),
            mine=Sum("units", filter=Q(version__rule=known) if known else Q(pk=None)),
            draft=Sum("units", filter=Q(version=version)),
        )
    }
    return [
        PreviewRow(
            document_id=row.pk,
            number=row.number,
            sale_date=row.sale_date,
            member_id=row.member_id or row.pk,
            given=Points(sums[row.pk]["given"] or 0),
            by_this_rule=Points(sums[row.pk]["mine"] or 0),
            by_draft=Points(sums[row.pk]["draft"] or 0),
        )
        for row in chosen
    ]
