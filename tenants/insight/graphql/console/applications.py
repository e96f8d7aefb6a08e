"""Who asks to join by themselves."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api import timeline
from kolektor.api.kits import CONSOLE, ConsoleTimelineEvent
from kolektor.api.permissions import reads_members
from kolektor.api.schema import Type
from kolektor.audit.selectors import timelines
from tenants.insight import registering
from tenants.insight.registering import Weighed
from tenants.members import selectors as members


class Application(Type):
    """Somebody who asks to join, with what the wholesaler knows of the firm."""

    class Meta:
        kit = CONSOLE

    id = graphene.ID(required=True)
    state = graphene.String(required=True, description="waiting, accepted, declined or withdrawn.")
    name = graphene.String(required=True)
    email = graphene.String(required=True)
    phone = graphene.String(required=True)
    nip = graphene.String(required=True)
    firm_name = graphene.String(required=True)
    criteria = graphene.String(required=True, description="What was confirmed, as it read then.")
    terms_version = graphene.Int(description="That was agreed to.")
    invoice_number = graphene.String(required=True, description="The invoice that was named as a proof; may be empty.")
    invoice_found = graphene.Boolean(required=True, description="It is an invoice of ours for that tax number.")
    documents = graphene.Int(required=True, description="Our invoices for that tax number within a year.")
    owner = graphene.String(required=True, description="Who owns that firm here already; empty for nobody.")
    reason = graphene.String(required=True)
    member_id = graphene.ID()
    created_at = graphene.DateTime(required=True)
    decided_at = graphene.DateTime()
    timeline = graphene.List(graphene.NonNull(ConsoleTimelineEvent), required=True)

    def resolve_timeline(self, _info: Any) -> list[dict[str, Any]]:
        """Loaded when asked for."""
        events: list[dict[str, Any]] = self.timeline()
        return events


def application_types(rows: list[Weighed]) -> list[Application]:
    """Applications as the console reads them."""
    entries = timeline.shared(
        lambda: timelines("application", [item.row.pk for item in rows]),
        names=lambda actors: {
            **{str(item.row.person_id): f"{item.row.first_name} {item.row.last_name}" for item in rows},
            **members.staff_names(actors),
        },
    )
    return [_application(item, entries(item.row.pk)) for item in rows]


def _application(item: Weighed, events: Any) -> Application:
    row = item.row
    return Application(
        id=str(row.pk),
        state=row.state,
        name=f"{row.first_name} {row.last_name}",
        email=row.email,
        phone=row.phone,
        nip=row.nip,
        firm_name=row.firm_name,
        criteria=row.criteria,
        terms_version=row.terms_version,
        invoice_number=row.invoice_number,
        invoice_found=item.proved,
        documents=item.documents,
        owner=item.owner,
        reason=row.reason,
        member_id=str(row.member_id) if row.member_id else None,
        created_at=row.created_at,
        decided_at=row.decided_at,
        timeline=events,
    )


@CONSOLE.query(
    graphene.NonNull(graphene.List(graphene.NonNull(Application))), permission=reads_members, state=graphene.String()
)
def applications(_info: Any, state: str | None = None) -> list[Application]:
    """At most 200 of a state, or "decided" for all that do not wait; who waits longest comes first, else the youngest."""
    return application_types(registering.weigh(registering.listed(state or None)))
