"""A rule version as set-based SQL, by ORM expressions. The same compiled form serves one invoice and a million lines."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    BigIntegerField,
    Case,
    DecimalField,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
    Window,
)
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, Coalesce, RowNumber

from tenants.rules.models import AwardLine, RuleVersion
from tenants.sales.models import SalesLine
from tenants.sales.sql_import import AWARDED_KINDS

_COLUMNS = {
    "brand": "brand_id",
    "supplier": "supplier_id",
    "category": "category",
    "sku": "sku",
    "month": "sale_date__month",
    "weekday": "sale_date__iso_week_day",
}
_CALENDAR = ("month", "weekday")
# no line that sales accept asks for more than this, so that sums stay inside the ledger's 64 bits
_MOST_UNITS = 10**17
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
    if "at_least" in node:
        return Q(**{f"{node['field']}__gte": Decimal(node["at_least"])})
    column = _COLUMNS[node["field"]]
    if node["field"] in _CALENDAR:
        return Q(**{f"{column}__in": [int(value) for value in node["in"]]})
    values = [UUID(value) for value in node["ids"]] if "ids" in node else node["in"]
    return Q(**{f"{column}__in": values})


def awardable(document_ids: list[UUID]) -> QuerySet[SalesLine]:
    """Lines that rules may award: of delivered sales with a known member, and what a correction adds anew."""
    added_anew = Q(
        document__kind__in=("correction", "settlement_correction"),
        corrects__isnull=True,
        before=False,
        value__isnull=False,
    ) & ~Exists(
        SalesLine.objects.filter(document_id=OuterRef("document_id"), position=OuterRef("position"), before=True)
    )
    # one array, and not a thousand parameters: each rule of each chunk would spend more on them than on its lines
    documents = RawSQL("SELECT unnest(%s::uuid[])", ["{" + ",".join(map(str, document_ids)) + "}"])
    rows = SalesLine.objects.filter(
        document_id__in=documents, document__member_id__isnull=False, document__reverted_at__isnull=True
    )
    return rows.filter(Q(document__kind__in=AWARDED_KINDS) | added_anew)


def compiled(version: RuleVersion, lines: QuerySet[SalesLine], rounding: str) -> QuerySet[SalesLine]:
    """Lines that the version awards. `units` is what the line asks for before caps and budget, `base` what it is counted
    from (net value, quantity, or points of the other rules), `times` the boost, `parts` the lines that share the award.
    """
    award = version.spec["award"]
    rows = lines.filter(condition(version.spec["when"]))
    if version.valid_from:
        rows = rows.filter(sale_date__gte=version.valid_from)
    if version.valid_until:
        rows = rows.filter(sale_date__lte=version.valid_until)
    measured: QuerySet[Any] = _MEASURES[award["kind"]](version.spec, rows, Value(rounding))
    return measured.filter(units__gt=0)


def _number(text: str) -> Value:
    return Value(Decimal(text), _NUMERIC)


def _rate(spec: dict[str, Any], rows: QuerySet[SalesLine], rounding: Value) -> QuerySet[SalesLine]:
    """Points per amount or per unit, times the best boost that fits the line."""
    award = spec["award"]
    base = "value" if award["kind"] == "per_amount" else "quantity"
    best_first = sorted(spec.get("boosts", ()), key=lambda boost: Decimal(boost["times"]), reverse=True)
    boosts = [When(condition(boost["when"]), then=_number(boost["times"])) for boost in best_first]
    times = Case(*boosts, default=_number("1"), output_field=_NUMERIC) if boosts else _number("1")
    points = Cast(F(base), _NUMERIC) * _number(award["points"])
    if boosts:
        points = points * times
    if award["kind"] == "per_amount":
        points = points / _number(award["per"])
    return rows.filter(**{f"{base}__gt": 0}).annotate(
        base=F(base), times=times, parts=_no_parts(), units=Units(points, rounding)
    )


def _fixed(spec: dict[str, Any], rows: QuerySet[SalesLine], rounding: Value) -> QuerySet[SalesLine]:
    """The same for every line; or once a document, on the first of its lines that fit."""
    award = spec["award"]
    units = Value(int(Decimal(award["points"]) * 100), BigIntegerField())
    rows = rows.filter(value__gt=0)
    if award["each"] == "line":
        return rows.annotate(base=F("value"), times=_number("1"), parts=_no_parts(), units=units)
    of_document = [F("document_id")]
    return (
        rows.filter(document__kind__in=AWARDED_KINDS)
        .annotate(
            base=Window(Sum("value"), partition_by=of_document),
            place=Window(RowNumber(), partition_by=of_document, order_by=["position", "id"]),
            times=_number("1"),
            parts=Window(ArrayAgg("id"), partition_by=of_document),
            units=units,
        )
        .filter(place=1, base__gte=Decimal(award.get("least", "0")))
    )


def _multiplied(spec: dict[str, Any], rows: QuerySet[SalesLine], rounding: Value) -> QuerySet[SalesLine]:
    """More of what the other rules gave for the line before their caps. They have run already."""
    others = AwardLine.objects.filter(line=OuterRef("pk"), adjusts__isnull=True).exclude(template="multiplier.1")
    asked = others.values("line").annotate(total=Sum(Coalesce("wanted", "units"))).values("total")
    more = Decimal(spec["award"]["times"]) - 1
    points = F("base") * Value(more, _NUMERIC)
    units = Func(Units(points, rounding), Value(_MOST_UNITS), function="least", output_field=BigIntegerField())
    base = Cast(Subquery(asked), _NUMERIC) / Value(Decimal(100), _NUMERIC)
    # least() of nothing is its other side: a line that nobody else awards asks for nothing
    return (
        rows.filter(value__gt=0)
        .annotate(base=base)
        .filter(base__gt=0)
        .annotate(
            times=_number(spec["award"]["times"]),
            parts=_no_parts(),
            units=units,
        )
    )


def _no_parts() -> Value:
    return Value(None, ArrayField(BigIntegerField()))


_MEASURES = {"per_amount": _rate, "per_unit": _rate, "fixed": _fixed, "multiplier": _multiplied}
