"""Tell people what happens to them here: a role, an invitation into a firm, an order that waits or was not approved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from catalog.orders.models import Order
from kolektor.identity import selectors as identity
from kolektor.kernel.points import Points
from kolektor.kernel.tenant import require_tenant
from tenants.members import selectors as members
from tenants.members.models import Application, FirmInvitation, Invitation, Member, StaffMember
from tenants.messaging import services as messaging
from tenants.messaging.kinds import Cash


def on_invited(payload: Mapping[str, Any]) -> None:
    """Handle `members.invited_to_firm`: a mail, and for a member also the inbox. It says nothing about who is known where."""
    row = FirmInvitation.objects.select_related("firm").filter(pk=UUID(payload["invitation"])).first()
    if row is None or row.state != FirmInvitation.State.PENDING:
        return
    params = {"firm": row.firm.name}
    key = f"invitation:{row.pk}"
    member = members.known_by("email", row.email)
    if member is not None:
        messaging.queue(kind="firm_invitation", member_id=member.pk, params=params, dedupe_key=key)
        return
    first_name = row.name.partition(" ")[0]
    # the inviter's: what the invited person set elsewhere is nobody's business here
    language = identity.language_of(row.invited_by) if row.invited_by else "pl"
    messaging.queue_to_guest(
        kind="firm_invitation", address=row.email, first_name=first_name, language=language,
        params=params, dedupe_key=key, path="/firm",
    )  # fmt: skip


def on_staff_added(payload: Mapping[str, Any]) -> None:
    """Handle `members.staff_added`: a mail in the language of who added them, also to somebody who is a member."""
    row = StaffMember.objects.filter(pk=UUID(payload["person"])).first()
    if row is None:
        return
    actor = UUID(payload["actor"])
    # the first of them is added by headquarters
    added_by = members.staff_names([actor]).get(str(actor)) or require_tenant().network.name
    messaging.queue_to_guest(
        kind="staff_added", address=row.email, first_name=row.name.partition(" ")[0],
        language=identity.language_of(actor), params={"admin": added_by},
        dedupe_key=f"staff:{row.pk}:{row.added_at.isoformat()}", path="/console",
    )  # fmt: skip


def on_invited_to_program(payload: Mapping[str, Any]) -> None:
    """Handle `members.invited_to_program`: the invitation by mail, in the representative's language."""
    row = Invitation.objects.filter(pk=UUID(payload["invitation"])).first()
    if row is None or row.state != Invitation.State.PENDING:
        return
    messaging.queue_to_guest(
        kind="program_invitation", address=row.email, first_name=row.name.partition(" ")[0],
        language=identity.language_of(row.invited_by),
        params={"representative": members.staff_names([row.invited_by]).get(str(row.invited_by), "—"), "firm": row.firm_name},
        dedupe_key=f"invited:{row.pk}", path="/",
    )  # fmt: skip


def on_application_declined(payload: Mapping[str, Any]) -> None:
    """Handle `insight.application_declined`: a no by mail, with its reason. A yes is told by the welcome."""
    row = Application.objects.get(pk=UUID(payload["application"]))
    messaging.queue_to_guest(
        kind="application_declined", address=row.email, first_name=row.first_name,
        language=identity.language_of(row.person_id), params={"firm": row.firm_name, "reason": row.reason},
        dedupe_key=f"application:{row.pk}", path="/",
    )  # fmt: skip


def _order(payload: Mapping[str, Any]) -> Order | None:
    return Order.objects.select_related("reward", "member").filter(pk=UUID(payload["order"])).first()


def on_approval_asked(payload: Mapping[str, Any]) -> None:
    """Handle `orders.approval_asked`: tell the firm's owner, while it waits."""
    order = _order(payload)
    if order is None or order.state != Order.State.AWAITING or order.member.firm_id is None:
        return
    owner = Member.objects.filter(firm_id=order.member.firm_id, firm_role=Member.FirmRole.OWNER).first()
    if owner is None:
        return
    messaging.queue(
        kind="order_awaiting",
        member_id=owner.pk,
        params={
            "fitter": order.member.name,
            "reward": order.reward.name,
            "face_value": Cash(order.face_value, order.currency),
            "points": Points(order.units),
        },
        dedupe_key=f"awaiting:{order.pk}",
    )


def on_approval_decided(payload: Mapping[str, Any]) -> None:
    """Handle `orders.approval_decided`: tell the fitter of a no that is not their own. A yes is told by the voucher."""
    order = _order(payload)
    if order is None or order.state != Order.State.DECLINED or order.failure == "withdrawn":
        return
    messaging.queue(
        kind="order_declined",
        member_id=order.member_id,
        params={
            "reward": order.reward.name,
            "face_value": Cash(order.face_value, order.currency),
            "order_number": order.number,
        },
        dedupe_key=f"declined:{order.pk}",
        path=f"/orders/{order.pk}",
    )
