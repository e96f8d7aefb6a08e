"""What waits for a person: goods without a product and buyers without a member, grouped, the most valuable first.

`value` is net, in the program's currency. Days are Poland's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import CharField, Count, Exists, F, Func, Max, Min, OuterRef, Q, QuerySet, Sum

from kolektor.kernel import clock
from tenants.program import selectors as program
from tenants.sales.models import BuyerMatch, GoodsMatch, SalesDocument, SalesLine
from tenants.sales.sql_import import AWARDED_KINDS

SUGGESTIONS: Final = 3
_NEAREST: Final = 12
_LEAST_SCORE: Final = 0.3
# another cross-section, voltage or length is another product, however alike the names are
_OTHER_NUMBERS: Final = 0.6

Row = Mapping[str, Any]


def _goods_key(prefix: str = "") -> Func:
    names = ("ean", "sku", "producer_code", "name")
    return Func(*(F(prefix + name) for name in names), function="sales_goods_key", output_field=CharField())


def _buyer_key() -> Func:
    names = ("buyer_nip", "buyer_code", "buyer_email", "buyer_phone")
    return Func(*(F(name) for name in names), function="sales_buyer_key", output_field=CharField())


def goods(search: str = "", *, key: str | None = None) -> QuerySet[Any, Any]:
    """Sold goods without a product that nobody has said anything of: `key`, `name`, `sku`, `ean`, `producer_code`, `lines`,
    `documents`, `value`, `last_sale`.
    """
    rows = SalesLine.objects.filter(
        product_id__isnull=True,
        corrects__isnull=True,
        before=False,
        spread=False,
        document__reverted_at__isnull=True,
        document__kind__in=AWARDED_KINDS,
    ).alias(goods_key=_goods_key())
    if key is not None:
        rows = rows.filter(goods_key=key)
    rows = rows.exclude(Exists(GoodsMatch.objects.filter(pk=OuterRef("goods_key"))))
    for word in search.split():
        rows = rows.filter(
            Q(name__icontains=word)
            | Q(sku__istartswith=word)
            | Q(ean__startswith=word)
            | Q(producer_code__istartswith=word)
        )
    grouped = rows.values(key=F("goods_key")).annotate(
        goods_name=Max("name"),
        goods_sku=Max("sku"),
        goods_ean=Max("ean"),
        goods_code=Max("producer_code"),
        lines=Count("id"),
        documents=Count("document_id", distinct=True),
        worth=Sum("value"),
        last_sale=Max("sale_date"),
    )
    return grouped.order_by(F("worth").desc(nulls_last=True), "key")


def goods_of(key: str) -> dict[str, Any] | None:
    """One group of goods that waits, or None."""
    found = goods(key=key).first()
    return None if found is None else plain_goods(found)


def plain_goods(row: Row) -> dict[str, Any]:
    """A row of `goods` under plain names."""
    return {
        "key": row["key"],
        "name": row["goods_name"],
        "sku": row["goods_sku"],
        "ean": row["goods_ean"],
        "producer_code": row["goods_code"],
        "lines": row["lines"],
        "documents": row["documents"],
        "value": row["worth"] or 0,
        "last_sale": row["last_sale"],
    }


def buyers(search: str = "", *, key: str | None = None) -> QuerySet[Any, Any]:
    """Buyers that documents identify, without a member, whose purchases the program's limit for late matches still lets in, and
    of whom nobody has said anything: `key`, `name`, `nip`, `code`, `email`, `phone`, `documents`, `value`, `first_sale`,
    `last_sale`.
    """
    days = program.settings().late_match_days
    rows = (
        SalesDocument.objects.filter(
            member_id__isnull=True,
            reverted_at__isnull=True,
            sale_date__gte=clock.local_today() - timedelta(days=days),
        )
        .exclude(kind__endswith="correction")
        .alias(buyer_key=_buyer_key())
    )
    rows = rows.filter(buyer_key__isnull=False)
    if days == 0:
        rows = rows.none()
    if key is not None:
        rows = rows.filter(buyer_key=key)
    rows = rows.exclude(Exists(BuyerMatch.objects.filter(pk=OuterRef("buyer_key"))))
    for word in search.split():
        rows = rows.filter(
            Q(buyer_name__icontains=word)
            | Q(buyer_nip__startswith=word)
            | Q(buyer_code__istartswith=word)
            | Q(buyer_email__icontains=word)
            | Q(buyer_phone__contains=word)
        )
    grouped = rows.values(key=F("buyer_key")).annotate(
        name=Max("buyer_name"),
        nip=Max("buyer_nip"),
        code=Max("buyer_code"),
        email=Max("buyer_email"),
        phone=Max("buyer_phone"),
        documents=Count("id", distinct=True),
        value=Sum("lines__value"),
        first_sale=Min("sale_date"),
        last_sale=Max("sale_date"),
    )
    return grouped.order_by(F("value").desc(nulls_last=True), "key")


def buyer_of(key: str) -> dict[str, Any] | None:
    """One buyer who waits, or None."""
    found: dict[str, Any] | None = buyers(key=key).first()
    return found


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A product that goods may be; `score` from 0 to 1."""

    product_id: UUID
    sku: str
    name: str
    score: float


_NEAR: Final = """
SELECT g.key, p.id, p.sku, p.name, p.producer_code, public.similarity(p.name, g.name)
FROM unnest(%(keys)s::text[], %(names)s::text[]) AS g(key, name)
CROSS JOIN LATERAL (
  SELECT q.id, q.sku, q.name, q.producer_code FROM sales_product q
  ORDER BY q.name OPERATOR(public.<->) g.name LIMIT %(limit)s
) p
UNION
SELECT g.key, p.id, p.sku, p.name, p.producer_code, public.similarity(p.name, g.name)
FROM unnest(%(keys)s::text[], %(names)s::text[]) AS g(key, name)
JOIN sales_product p ON p.sku = ANY(string_to_array(g.name, ' ')) OR p.producer_code = ANY(string_to_array(g.name, ' '))
"""


def suggestions(goods: Iterable[Row]) -> dict[str, list[Suggestion]]:
    """For goods by key, up to three products, the likeliest first, in one query; none where nothing is alike."""
    wanted = {row["key"]: " ".join(row["name"].split()) for row in goods}
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_NEAR, {"keys": list(wanted), "names": list(wanted.values()), "limit": _NEAREST})
        rows = cursor.fetchall()
    found: dict[str, list[Suggestion]] = {}
    for key, product_id, sku, name, code, likeness in rows:
        score = _score(wanted[key], sku=sku, name=name, code=code, likeness=likeness)
        if score >= _LEAST_SCORE:
            found.setdefault(key, []).append(Suggestion(product_id, sku, name, score))
    return {key: sorted(each, key=lambda one: (-one.score, one.sku))[:SUGGESTIONS] for key, each in found.items()}


def _score(said: str, *, sku: str, name: str, code: str | None, likeness: float) -> float:
    words = {word.casefold() for word in said.split()}
    if sku.casefold() in words or (code and code.casefold() in words):
        return 1.0
    return likeness if _numbers(said) == _numbers(name) else likeness * _OTHER_NUMBERS


def _numbers(text: str) -> list[str]:
    """Its numbers with a point for the comma and without zeros in front, sorted: "3x1,5" and "3 x 1.5" have the same."""
    return sorted(number.replace(",", ".").lstrip("0") or "0" for number in re.findall(r"\d+(?:[.,]\d+)?", text))
