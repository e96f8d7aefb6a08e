"""Headquarters: wholesalers side by side by month."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import NETWORK
from kolektor.api.permissions import actor_of, works_at_headquarters
from kolektor.api.scalars import Money, money
from kolektor.api.scalars import Points as PointsScalar
from kolektor.api.schema import Type
from kolektor.kernel.errors import DomainError, NotFound
from kolektor.kernel.points import Points
from kolektor.reporting import selectors
from kolektor.reporting.selectors import CutMonth, Month


class Viewer(Type):
    """Who is signed in at headquarters."""

    class Meta:
        kit = NETWORK

    name = graphene.String(required=True)
    email = graphene.String(required=True)
    roles = graphene.List(graphene.NonNull(graphene.String), required=True)
    language = graphene.String(required=True)


class Network(Type):
    """The network of this host."""

    class Meta:
        kit = NETWORK

    name = graphene.String(required=True)
    slug = graphene.String(required=True)
    wholesaler_count = graphene.Int(required=True)


class MonthFigures(Type):
    """One month of one wholesaler, or of all."""

    class Meta:
        kit = NETWORK

    month = graphene.String(required=True, description='YYYY-MM, or "total".')
    sales = graphene.Field(Money, required=True, description="Net, corrections taken off.")
    documents = graphene.Int(required=True)
    lines = graphene.Int(required=True)
    points_awarded = graphene.Field(PointsScalar, required=True)
    points_reversed = graphene.Field(PointsScalar, required=True)
    points_spent = graphene.Field(PointsScalar, required=True, description="Fulfilled orders, by the day of the order.")
    orders = graphene.Int(required=True, description="Fulfilled orders, by the day of the order.")
    buyers = graphene.Int(description="Distinct members; null in totals, where people cannot be added up.")


class WholesalerFigures(Type):
    """One wholesaler's months."""

    class Meta:
        kit = NETWORK

    id = graphene.ID(required=True)
    name = graphene.String(required=True)
    slug = graphene.String(required=True)
    color = graphene.String(required=True)
    months = graphene.List(graphene.NonNull(MonthFigures), required=True)
    total = graphene.Field(MonthFigures, required=True)
    as_of = graphene.DateTime()


class Overview(Type):
    """The network by month, oldest month first."""

    class Meta:
        kit = NETWORK

    months = graphene.List(graphene.NonNull(graphene.String), required=True, description="Calendar months as YYYY-MM.")
    wholesalers = graphene.List(graphene.NonNull(WholesalerFigures), required=True)
    totals = graphene.List(graphene.NonNull(MonthFigures), required=True)
    as_of = graphene.DateTime(description="When the youngest figure was pushed by a wholesaler.")


class CutFigures(Type):
    """One month of one brand or supplier, or of all."""

    class Meta:
        kit = NETWORK

    month = graphene.String(required=True, description='YYYY-MM, or "total".')
    sales = graphene.Field(Money, required=True, description="Net, corrections taken off.")
    lines = graphene.Int(required=True)
    points_awarded = graphene.Field(PointsScalar, required=True)
    points_reversed = graphene.Field(PointsScalar, required=True)


class CutRow(Type):
    """A brand's or a supplier's months; without id and name: goods that have none."""

    class Meta:
        kit = NETWORK

    id = graphene.ID()
    name = graphene.String()
    more = graphene.String(description="A brand's supplier.")
    months = graphene.List(graphene.NonNull(CutFigures), required=True)
    total = graphene.Field(CutFigures, required=True)


class Cut(Type):
    """Sales and points by brand or supplier, the largest sales first."""

    class Meta:
        kit = NETWORK

    months = graphene.List(graphene.NonNull(graphene.String), required=True, description="Calendar months as YYYY-MM.")
    rows = graphene.List(graphene.NonNull(CutRow), required=True)
    totals = graphene.List(graphene.NonNull(CutFigures), required=True)


@NETWORK.query(graphene.NonNull(Viewer), permission=works_at_headquarters)
def viewer(info: Any) -> Viewer:
    """Who is signed in."""
    user = info.context.user
    return Viewer(
        name=user.get_full_name(),
        email=user.email,
        roles=sorted(actor_of(info.context).roles),
        language=user.language,
    )


@NETWORK.query(graphene.NonNull(Network), permission=works_at_headquarters)
def network(info: Any) -> Network:
    """The network of this host."""
    row = info.context.network
    return Network(name=row.name, slug=row.slug, wholesaler_count=selectors.wholesaler_count(row.pk))


@NETWORK.query(graphene.NonNull(Overview), permission=works_at_headquarters, months=graphene.Int())
def overview(info: Any, months: int | None = None) -> Overview:
    """The last `months` calendar months (1 to 24, Europe/Warsaw), oldest first."""
    count = 12 if months is None else months
    if not 1 <= count <= 24:
        raise DomainError("BAD_INPUT", field="months")
    found = selectors.overview(info.context.network.pk, months=count)
    return Overview(
        months=list(found.months),
        wholesalers=[
            WholesalerFigures(
                id=str(row.id),
                name=row.name,
                slug=row.slug,
                color=row.color,
                months=[_month(month) for month in row.months],
                total=_month(row.total),
                as_of=row.as_of,
            )
            for row in found.wholesalers
        ],
        totals=[_month(month) for month in found.totals],
        as_of=found.as_of,
    )


@NETWORK.query(
    graphene.NonNull(Cut),
    permission=works_at_headquarters,
    by=graphene.String(required=True, description="brand or supplier"),
    months=graphene.Int(),
    wholesaler=graphene.String(description="The slug of one wholesaler; the whole network if left out."),
)
def cut(info: Any, by: str, months: int | None = None, wholesaler: str | None = None) -> Cut:
    """Sales and points by brand or supplier, over the last `months` calendar months (1 to 24, Europe/Warsaw)."""
    count = 12 if months is None else months
    if not 1 <= count <= 24:
        raise DomainError("BAD_INPUT", field="months")
    network_id = info.context.network.pk
    owner = None
    if wholesaler is not None:
        owner = selectors.wholesaler_of(network_id, wholesaler)
        if owner is None:
            raise NotFound("wholesaler")
    found = selectors.cut(network_id, by=by, months=count, wholesaler_id=owner.pk if owner else None)
    return Cut(
        months=list(found.months),
        rows=[
            CutRow(
                id=str(row.id) if row.id else None,
                name=row.name or None,
                more=row.more or None,
                months=[_cut_month(month) for month in row.months],
                total=_cut_month(row.total),
            )
            for row in found.rows
        ],
        totals=[_cut_month(month) for month in found.totals],
    )


def _cut_month(month: CutMonth) -> CutFigures:
    return CutFigures(
        month=month.month,
        sales=money(month.sales, "PLN"),
        lines=month.lines,
        points_awarded=Points(month.units_awarded),
        points_reversed=Points(month.units_reversed),
    )


def _month(month: Month) -> MonthFigures:
    awarded, reversed_, spent = month.points()
    return MonthFigures(
        month=month.month,
        sales=money(month.sales, "PLN"),
        documents=month.documents,
        lines=month.lines,
        points_awarded=awarded,
        points_reversed=reversed_,
        points_spent=spent,
        orders=month.orders,
        buyers=month.buyers,
    )
