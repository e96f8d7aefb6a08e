"""What tests of claims and merging share: somebody with an account, members made at the counter, the code that was sent."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import time_machine
from django.core import mail

from kolektor.identity.services import ensure_person
from kolektor.kernel import clock
from kolektor.kernel.outbox import services as outbox
from kolektor.kernel.points import Points
from kolektor.kernel.tenant import public_context
from kolektor.mailing.models import DevelopmentMessage
from tenants.ledger import selectors as ledger
from tenants.ledger import services as ledger_services
from tenants.ledger.services import Owner
from tenants.members import counter
from tenants.members.models import Member

PHONE = "+48600100200"


def at_counter(contact: str) -> Member:
    row = counter.enter(contact=contact, actor=ensure_person(email="kasa@example.com").pk)
    outbox.drain()
    row.refresh_from_db()
    assert row.member is not None
    return row.member


def code_sent() -> str:
    """The code of the last message, by mail or SMS."""
    outbox.drain()
    with public_context():
        texts = [row.text for row in DevelopmentMessage.objects.filter(channel="sms").order_by("id")]
    texts += [str(message.body) for message in mail.outbox]
    found = [match[1] for text in texts if (match := re.search(r"Kod: (\d{6})", text))]
    assert found, texts
    return found[-1]


def give(member: Member, points: int, key: str = "reklamacja-1") -> None:
    ledger_services.adjust(
        owner=Owner("member", member.pk),
        points=Points(points),
        reason="Próba",
        key=key,
        expires_at=None,
        actor=member.pk,
    )


def standing(member_id: UUID) -> ledger.Balance:
    owner = Owner("member", member_id)
    return ledger.balances([owner])[owner]


def later(minutes: float = 1) -> Any:
    return time_machine.travel(clock.now() + timedelta(minutes=minutes), tick=False)
