"""What is said, to whom, in which words, and only once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives

from kolektor.kernel.errors import DomainError
from kolektor.kernel.models import OutboxDelivery
from kolektor.kernel.outbox import services as outbox
from kolektor.kernel.points import Points
from kolektor.kernel.tenant import tenant_context
from tenants.members import profile
from tenants.members.consents import CURRENT
from tenants.members.models import Member
from tenants.messaging import kinds, services
from tenants.messaging.kinds import Cash, Kind, Purpose
from tenants.messaging.models import Message, TemplateOverride
from tenants.program import services as program
from tenants.program.services import Face

Enroll = Callable[..., Member]
Mails = list[EmailMultiAlternatives]
EXPIRING: dict[str, Any] = {"points": Points(123_450), "date": date(2026, 12, 31), "days": 14}


def html_of(mail: EmailMultiAlternatives) -> str:
    ((content, kind),) = mail.alternatives
    assert kind == "text/html"
    return str(content)


@pytest.fixture
def marketing(monkeypatch: pytest.MonkeyPatch, in_alfa: Any) -> str:
    """A kind that needs consent, with a template of the wholesaler's own."""
    kind = Kind("sale", {}, {}, "/shop", purpose=Purpose.MARKETING)
    monkeypatch.setitem(kinds.KINDS, "sale", kind)
    for language in ("pl", "en"):
        TemplateOverride.objects.create(
            kind="sale", language=language, subject="Promocja", text="Taniej.", mjml="<mj-text>Taniej.</mj-text>"
        )
    return "sale"


def consent(member: Member, given: bool, kind: str = "email") -> None:
    profile.decide(member=member, kind=kind, given=given, text_version=CURRENT, channel="app")


def test_enrolling_welcomes_once(in_alfa: Any, enroll: Enroll, mails: Mails) -> None:
    member = enroll(welcome=True)
    outbox.drain()
    assert [(row.kind, row.channel, row.state) for row in member.messages.order_by("channel")] == [
        ("welcome", "email", "sent"), ("welcome", "inbox", "sent"),
    ]  # fmt: skip
    (mail,) = mails
    assert (mail.subject, mail.to) == ("Witaj w programie Alfa", ["jan@example.com"])
    assert mail.from_email == '"Alfa" <no-reply@kolektor.localhost>'
    assert "Dzień dobry, Jan!" in mail.body
    assert "http://alfa.kolektor.localhost:8000/auth/login?next=/" in mail.body
    assert "Dzień dobry, Jan!" in html_of(mail)
    services.on_enrolled({"member": str(member.pk)})
    outbox.drain()
    assert len(mails) == 1
    assert member.messages.count() == 2


def test_the_message_is_in_the_members_language(in_alfa: Any, enroll: Enroll, mails: Mails) -> None:
    for member in [enroll("jan"), enroll("eva", language="en")]:
        services.queue(kind="points_expiring", member_id=member.pk, params=EXPIRING, dedupe_key="2026-12-31")
    outbox.drain()
    assert [mail.subject.replace("\u00a0", " ") for mail in mails] == [
        "1 234,50 punktu: ważne tylko do 31 grudnia 2026", "1,234.50 points will expire on 31 December 2026",
    ]  # fmt: skip
    assert "Pozostało: 14 dni" in mails[0].body.replace("\u00a0", " ")
    assert '<html lang="pl"' in html_of(mails[0])
    assert '<html lang="en"' in html_of(mails[1])


def test_the_brand_is_the_wholesalers_and_readable(in_alfa: Any, enroll: Enroll, mails: Mails) -> None:
    program.set_up(
        name="Hurtownia <Żuraw>",
        face=Face(primary_color="#ffe600", logo_text="HŻ", logo_shape="square"),
        support_email="pomoc@zuraw.example",
        support_phone="+48 12 345 67 89",
    )
    member = enroll(welcome=True)
    outbox.drain()
    html = html_of(mails[0])
    assert member.email == mails[0].to[0]
    assert "background:#ffe600" in html or "background-color:#ffe600" in html
    # black on yellow, and yellow links would not be read on white
    assert "color:#000000" in html and 'style="color:#ffe600"' not in html
    assert "HŻ" in html and "Hurtownia &lt;Żuraw&gt;" in html and "<Żuraw>" not in html
    assert "mailto:pomoc@zuraw.example" in html and "tel:+48123456789" in html
    assert mails[0].reply_to == ["pomoc@zuraw.example"]
    assert "Masz pytanie? pomoc@zuraw.example, +48 12 345 67 89" in mails[0].body


def test_a_name_cannot_bring_markup(in_alfa: Any, enroll: Enroll, mails: Mails) -> None:
    member = enroll("x")
    Member.objects.filter(pk=member.pk).update(first_name="</mj-text><script>alert(1)</script>")
    services.queue(kind="welcome", member_id=member.pk, params={}, dedupe_key="again")
    outbox.drain()
    html = html_of(mails[0])
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_a_line_break_in_a_value_begins_no_header(in_alfa: Any, enroll: Enroll, mails: Mails) -> None:
    member = enroll()
    params = {"reward": "Karta\r\nBcc: x@example.com", "face_value": Cash(Decimal(50), "PLN"), "order_number": "Z-1"}
    services.queue(kind="order_fulfilled", member_id=member.pk, params=params, dedupe_key="order:1")
    outbox.drain()
    assert mails[0].subject == "Voucher Karta Bcc: x@example.com jest w portfelu"
    assert mails[0].bcc == []


def test_the_same_is_said_once(in_alfa: Any, enroll: Enroll, mails: Mails) -> None:
    member = enroll()
    first = services.queue(kind="points_expiring", member_id=member.pk, params=EXPIRING, dedupe_key="a")
    again = services.queue(kind="points_expiring", member_id=member.pk, params=EXPIRING | {"days": 3}, dedupe_key="a")
    assert [row.pk for row in again] == [row.pk for row in first]
    other = services.queue(kind="points_expiring", member_id=member.pk, params=EXPIRING, dedupe_key="b")
    assert {row.pk for row in other} & {row.pk for row in first} == set()
    outbox.drain()
    assert len(mails) == 2


@pytest.mark.parametrize(
    ("params", "named"),
    [({}, "date, days, points"), (EXPIRING | {"days": "14"}, "days"), (EXPIRING | {"more": 1}, "more")],
)
def test_wrong_parameters_are_refused(in_alfa: Any, enroll: Enroll, params: dict[str, Any], named: str) -> None:
    member = enroll()
    with pytest.raises(DomainError) as refused:
        services.queue(kind="points_expiring", member_id=member.pk, params=params, dedupe_key="a")
    assert (refused.value.code, refused.value.data["params"]) == ("BAD_MESSAGE", named)
    assert member.messages.count() == 0


def test_an_unknown_kind_and_a_member_of_elsewhere_are_refused(alfa: Any, beta: Any, enroll: Enroll) -> None:
    with tenant_context(beta):
        stranger = enroll("beata")
    with tenant_context(alfa):
        with pytest.raises(DomainError, match="UNKNOWN_MESSAGE_KIND"):
            services.queue(kind="nonsense", member_id=stranger.pk, params={}, dedupe_key="a")
        with pytest.raises(DomainError, match="NOT_FOUND"):
            services.queue(kind="welcome", member_id=stranger.pk, params={}, dedupe_key="a")
        assert not Message.objects.exists()


def test_nobody_at_invalid_gets_mail(in_alfa: Any, enroll: Enroll, mails: Mails) -> None:
    member = enroll("faktura", email="5260250274.ab12@members.invalid", welcome=True)
    outbox.drain()
    assert [row.channel for row in member.messages.all()] == ["inbox"]
    assert mails == []


def test_an_address_that_became_invalid_stops_the_send(in_alfa: Any, enroll: Enroll, mails: Mails) -> None:
    member = enroll(welcome=True)
    services.on_enrolled({"member": str(member.pk)})
    Member.objects.filter(pk=member.pk).update(email="gone@members.invalid")
    outbox.drain()
    row = member.messages.get(channel="email")
    assert (row.state, row.reason, row.sent_at) == ("skipped", "NO_ADDRESS", None)
    assert mails == []


def test_marketing_needs_consent(marketing: str, enroll: Enroll, mails: Mails) -> None:
    member = enroll()
    assert services.queue(kind=marketing, member_id=member.pk, params={}, dedupe_key="a") == []
    consent(member, True, kind="sms")  # of another channel
    assert services.queue(kind=marketing, member_id=member.pk, params={}, dedupe_key="a") == []
    consent(member, True)
    assert len(services.queue(kind=marketing, member_id=member.pk, params={}, dedupe_key="a")) == 2
    outbox.drain()
    assert [mail.subject for mail in mails] == ["Promocja"]


def test_consent_withdrawn_between_queue_and_send_stops_it(marketing: str, enroll: Enroll, mails: Mails) -> None:
    member = enroll()
    consent(member, True)
    services.queue(kind=marketing, member_id=member.pk, params={}, dedupe_key="a")
    services.queue(kind="points_expiring", member_id=member.pk, params=EXPIRING, dedupe_key="b")
    consent(member, False)
    outbox.drain()
    row = Message.objects.get(kind=marketing, channel="email")
    assert (row.state, row.reason, row.sent_at) == ("skipped", "NO_CONSENT", None)
    # what the program owes is sent all the same
    assert [mail.subject.split(":")[0].replace("\u00a0", " ") for mail in mails] == ["1 234,50 punktu"]
    assert not OutboxDelivery.objects.filter(state="pending").exists()


def test_the_senders_address_is_the_wholesalers(in_alfa: Any, enroll: Enroll, mails: Mails) -> None:
    for address in ("nonsense", "x@y.invalid"):
        with pytest.raises(DomainError, match="BAD_EMAIL"):
            services.set_sender(name="Alfa", address=address)
    with pytest.raises(DomainError, match="NAME_MISSING"):
        services.set_sender(name=" ", address="punkty@alfa.example")
    services.set_sender(name='Punkty "Alfa"', address="Punkty@alfa.example")
    enroll(welcome=True)
    outbox.drain()
    assert mails[0].from_email == '"Punkty Alfa" <punkty@alfa.example>'
