"""Headquarters: wholesalers side by side by month."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import NETWORK
from kolektor.api.permissions import actor_of, is_analyst
from kolektor.api.scalars import Money, Points, money
from kolektor.api.schema import Type
from kolektor.kernel.errors import DomainError
from kolektor.reporting import selectors
from kolektor.reporting.selectors import Month


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
    points_awarded = graphene.Field(Points, required=True)
    points_reversed = graphene.Field(Points, required=True)
    points_spent = graphene.Field(Points, required=True, description="Fulfilled orders, by the day of the order.")
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


@NETWORK.query(graphene.NonNull(Viewer), permission=is_analyst)
def viewer(info: Any) -> Viewer:
    """Who is signed in."""
    user = info.context.user
    return Viewer(
        name=user.get_full_name(),
        email=user.email,
        roles=sorted(actor_of(info.context).roles),
        language=user.language,
    )


@NETWORK.query(graphene.NonNull(Network), permission=is_analyst)
def network(info: Any) -> Network:
    """The network of this host."""
    row = info.context.network
    return Network(name=row.name, slug=row.slug, wholesaler_count=selectors.wholesaler_count(row.pk))


@NETWORK.query(graphene.NonNull(Overview), permission=is_analyst, months=graphene.Int())
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
