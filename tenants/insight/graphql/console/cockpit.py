"""The first page of the console: what needs somebody today, and how the program stands."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import CONSOLE
from kolektor.api.permissions import is_staff
from kolektor.api.scalars import Points
from kolektor.api.schema import Type
from tenants.insight import cockpit as cockpit_


class Cockpit(Type):
    """Counts and sums of the program. Months are Poland's, by the day of the sale or order."""

    class Meta:
        kit = CONSOLE

    imports_to_decide = graphene.Int(required=True, description="Checked, and waiting for a yes or no.")
    imports_failed = graphene.Int(required=True)
    imports_running = graphene.Int(required=True)
    orders_unknown = graphene.Int(required=True, description="The partner gave no clear answer.")
    orders_waiting = graphene.Int(required=True, description="Placed or in issue.")
    unmatched_buyers = graphene.Int(
        required=True, description="Buyers who are no members and whose sales would still be awarded if they joined."
    )
    unmatched_goods = graphene.Int(
        required=True, description="Kinds of sold goods that the product list does not name."
    )
    liability = graphene.Field(Points, required=True, description="Available and pending points of everybody.")
    available = graphene.Field(Points, required=True)
    pending = graphene.Field(Points, required=True)
    held = graphene.Field(Points, required=True, description="Set aside for orders that are open.")
    month = graphene.Date(required=True, description="The first day of the present month.")
    awarded_this_month = graphene.Field(Points, required=True, description="Less what corrections took back.")
    awarded_last_month = graphene.Field(Points, required=True)
    spent_this_month = graphene.Field(Points, required=True)
    spent_last_month = graphene.Field(Points, required=True)
    members = graphene.Int(required=True)
    members_active = graphene.Int(required=True, description="Who bought within 90 days.")
    as_of = graphene.DateTime(required=True)


@CONSOLE.query(graphene.NonNull(Cockpit), permission=is_staff)
def cockpit(_info: Any) -> Cockpit:
    """What needs somebody today, and how the program stands."""
    row = cockpit_.cockpit()
    return Cockpit(
        imports_to_decide=row.imports_to_decide,
        imports_failed=row.imports_failed,
        imports_running=row.imports_running,
        orders_unknown=row.orders_unknown,
        orders_waiting=row.orders_waiting,
        unmatched_buyers=row.unmatched_buyers,
        unmatched_goods=row.unmatched_goods,
        liability=row.liability,
        available=row.available,
        pending=row.pending,
        held=row.held,
        month=row.month,
        awarded_this_month=row.this_month.awarded,
        awarded_last_month=row.last_month.awarded,
        spent_this_month=row.this_month.spent,
        spent_last_month=row.last_month.spent,
        members=row.members,
        members_active=row.members_active,
        as_of=row.as_of,
    )
