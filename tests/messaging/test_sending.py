"""Retries, what is given up, and a worker that dies between sending and its mark."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
import time_machine
from django.core.mail import EmailMultiAlternatives
from django.test import override_settings

from kolektor.kernel import clock
from kolektor.kernel.models import OutboxDelivery
from kolektor.kernel.outbox import services as outbox
from kolektor.mailing import channels
from kolektor.mailing.models import DevelopmentMessage
from tenants.members.models import Member
from tenants.messaging import delivery, kinds, services
from tenants.messaging.kinds import Kind
from tenants.messaging.models import Message

Enroll = Callable[..., Member]
Mails = list[EmailMultiAlternatives]


def queue(member: Member, key: str = "a") -> Message:
    rows = services.queue(kind="welcome", member_id=member.pk, params={}, dedupe_key=key)
    return next(row for row in rows if row.channel == "email")


def test_a_carrier_that_fails_is_tried_again(
    in_alfa: Any, enroll: Enroll, mails: Mails, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = queue(enroll())
    send, tries = channels.send_mail, []

    def fails_twice(mail: channels.Mail) -> None:
        tries.append(mail.reference)
        if len(tries) < 3:
            raise ConnectionError("secret@example.com refused")
        send(mail)

    monkeypatch.setattr(channels, "send_mail", fails_twice)
    outbox.drain()
    message.refresh_from_db()
    assert (message.state, mails) == ("queued", [])
    waiting = OutboxDelivery.objects.get(event__name="messaging.queued", state="pending")
    assert waiting.last_error == "ConnectionError"  # and no address
    for _ in range(2):
        with time_machine.travel(clock.now() + timedelta(hours=1), tick=False):
            OutboxDelivery.objects.filter(state="pending").update(available_at=clock.now())
            outbox.drain()
    message.refresh_from_db()
    assert message.state == "sent" and message.sent_at is not None
    assert len(mails) == 1
    assert len(set(tries)) == 1  # one reference for all


def test_a_refused_recipient_is_not_tried_again(in_alfa: Any, enroll: Enroll, monkeypatch: pytest.MonkeyPatch) -> None:
    message = queue(enroll())
    tries = []

    def refuses(mail: channels.Mail) -> None:
        tries.append(mail)
        raise SMTPRecipientsRefused({})

    monkeypatch.setattr(channels, "send_mail", refuses)
    outbox.drain()
    outbox.drain()
    message.refresh_from_db()
    assert (message.state, message.reason, len(tries)) == ("failed", "RECIPIENT_REFUSED", 1)


def test_it_is_given_up_after_ten_tries(in_alfa: Any, enroll: Enroll, monkeypatch: pytest.MonkeyPatch) -> None:
    message = queue(enroll())
    tries = []

    def fails(mail: channels.Mail) -> None:
        tries.append(mail)
        raise TimeoutError

    monkeypatch.setattr(channels, "send_mail", fails)
    for _ in range(delivery.MAX_ATTEMPTS + 3):
        OutboxDelivery.objects.filter(state="pending").update(available_at=clock.now())
        outbox.drain()
    message.refresh_from_db()
    assert (message.state, message.reason, len(tries)) == ("failed", "TimeoutError", 10)
    # visible on the message, and not a dead delivery that somebody might replay
    assert not OutboxDelivery.objects.exclude(state="done").exists()


def test_a_death_after_sending_sends_again_under_the_same_id(
    in_alfa: Any, enroll: Enroll, mails: Mails, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = queue(enroll())

    class Died(BaseException):
        pass

    def dies(point: str) -> None:
        assert point == "message.after_send"
        raise Died

    monkeypatch.setattr("tenants.messaging.delivery.faultpoints.reach", dies)
    with pytest.raises(Died):
        outbox.drain()
    monkeypatch.undo()
    message.refresh_from_db()
    assert (len(mails), message.state) == (1, "queued")
    OutboxDelivery.objects.filter(state="pending").update(claimed_until=None)  # the lease ran out
    outbox.drain()
    message.refresh_from_db()
    assert message.state == "sent"
    ids = [mail.extra_headers["Message-ID"] for mail in mails]
    assert ids == [f"<{message.pk}.alfa@kolektor.localhost>"] * 2
    # once it is marked, another event for it sends nothing
    for row in OutboxDelivery.objects.filter(event__name="messaging.queued"):
        OutboxDelivery.objects.filter(pk=row.pk).update(state="pending", attempts=0, available_at=clock.now())
    outbox.drain()
    assert len(mails) == 2


def test_sms_and_push_go_to_the_gateway(
    in_alfa: Any, enroll: Enroll, mails: Mails, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(kinds.KINDS, "welcome", Kind("welcome", {}, {}, "/", channels=("inbox", "sms", "push")))
    member = enroll()
    rows = services.queue(kind="welcome", member_id=member.pk, params={}, dedupe_key="a")
    assert [row.channel for row in rows] == ["inbox", "push"]  # no phone is known
    Member.objects.filter(pk=member.pk).update(contact_phone="+48600100200")
    with override_settings(DEVELOPMENT_OUTBOX=True):
        services.queue(kind="welcome", member_id=member.pk, params={}, dedupe_key="b")
        outbox.drain()
    kept = DevelopmentMessage.objects.order_by("-id")[:2]
    assert {(row.channel, row.recipient) for row in kept} == {("sms", "+48600100200"), ("push", str(member.pk))}
    assert set(member.messages.values_list("state", flat=True)) == {"sent"}
    assert mails == []


def test_no_mail_goes_to_invalid_whoever_asks() -> None:
    for address in ("a@members.invalid", "a@INVALID", "a@x.invalid.", ""):
        assert not channels.can_receive_mail(address)
        with pytest.raises(ValueError, match="no mail goes"):
            channels.send_mail(channels.Mail("a@b.pl", address, "s", "t", "h", "r"))
    assert channels.can_receive_mail("jan@invalid.pl")
