"""Reads across the apps of one wholesaler."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Max

from tenants.sales.models import SalesDocument


def last_purchases(member_ids: Iterable[UUID]) -> dict[UUID, date]:
    """Each member's last sale date, in one query."""
    rows = SalesDocument.objects.filter(member_id__in=list(member_ids)).exclude(kind__endswith="correction")
    pairs = rows.values_list("member_id").annotate(last=Max("sale_date")).values_list("member_id", "last")
    return {member_id: last for member_id, last in pairs if member_id is not None}
