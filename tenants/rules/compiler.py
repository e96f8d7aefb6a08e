"""A rule version as set-based SQL, by ORM expressions. The same compiled form serves one invoice and a million lines."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import BigIntegerField, DecimalField, Exists, F, Func, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast

from tenants.rules.models import RuleVersion
from tenants.sales.models import SalesLine
from tenants.sales.sql_import import AWARDED_KINDS

_COLUMNS = {"brand": "brand_id", "supplier": "supplier_id", "category": "category", "sku": "sku"}
_NUMERIC = DecimalField(max_digits=30, decimal_places=12)


class Units(Func):
    """`rules_units(points, mode)`: rounds once, to hundredths."""

    function = "rules_units"
    output_field = BigIntegerField()


def condition(node: dict[str, Any]) -> Q:
    """The condition tree as a Q over `SalesLine`. A line that lacks the fact matches only under `not`."""
    if "all" in node:
        # an empty Q disappears under NOT and OR, so that "everything" has to be said
        both = Q(pk__isnull=False)
        for child in node["all"]:
            both &= condition(child)
        return both
    if "any" in node:
        either = Q(pk__in=[])
        for child in node["any"]:
            either |= condition(child)
        return either
    if "not" in node:
        return ~condition(node["not"])
    column = _COLUMNS[node["field"]]
    values = [UUID(value) for value in node["ids"]] if "ids" in node else node["in"]
    return Q(**{f"{column}__in": values})


def awardable(document_ids: list[UUID]) -> QuerySet[SalesLine]:
    """Lines that rules may award: of delivered sales with a known member, and what a correction adds anew."""
    added_anew = Q(
        document__kind__in=("correction", "settlement_correction"), corrects__isnull=True, before=False
    ) & ~Exists(
        SalesLine.objects.filter(document_id=OuterRef("document_id"), position=OuterRef("position"), before=True)
    )
    rows = SalesLine.objects.filter(document_id__in=document_ids, document__member_id__isnull=False)
    return rows.filter(Q(document__kind__in=AWARDED_KINDS) | added_anew)


def compiled(version: RuleVersion, lines: QuerySet[SalesLine], rounding: str) -> QuerySet[SalesLine]:
    """Lines that the version awards, with `units` and `base` (net value, or quantity for points per unit)."""
    award = version.spec["award"]
    base = "value" if award["kind"] == "per_amount" else "quantity"
    rows = lines.filter(condition(version.spec["when"]), **{f"{base}__gt": 0})
    if version.valid_from:
        rows = rows.filter(sale_date__gte=version.valid_from)
    if version.valid_until:
        rows = rows.filter(sale_date__lte=version.valid_until)
    points = Cast(F(base), _NUMERIC) * Value(Decimal(award["points"]), _NUMERIC)
    if award["kind"] == "per_amount":
        points = points / Value(Decimal(award["per"]), _NUMERIC)
    rows = rows.annotate(base=F(base), units=Units(points, Value(rounding)))
    return rows.filter(units__gt=0)
