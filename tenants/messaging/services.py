"""Say something to a member; send what was said; keep the wholesaler's own templates and sender.

A message is written in the transaction of its cause and sent by the outbox worker. Sending is at least once: a worker that dies
between sending and its mark sends once more, with the same Message-ID.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from kolektor.audit import services as audit
from kolektor.identity import selectors as identity
from kolektor.kernel import clock
from kolektor.kernel.errors import DomainError, NotFound
from kolektor.kernel.outbox.services import emit
from kolektor.mailing.channels import can_receive_mail
from kolektor.mailing.templates import Template
from tenants.members import selectors as members
from tenants.members.models import Member
from tenants.messaging import rendering
from tenants.messaging.kinds import Kind, Purpose, kind_of
from tenants.messaging.models import Language, Message, Sender, TemplateOverride

Channel, State = Message.Channel, Message.State


@transaction.atomic
def queue(
    *, kind: str, member_id: UUID, params: Mapping[str, Any], dedupe_key: str, path: str | None = None
) -> list[Message]:
    """Say something to a member through the kind's channels, in the language the member reads.

    `params` as `kinds.KINDS[kind].params` declares them: Points, dates and cash as such, not as text. `dedupe_key` names what
    is said; said again under the same key, nothing happens and the first messages are returned. `path` is the page of the
    member app that the button opens, else the kind's. A marketing kind without consent is not written at all (empty list).
    Nothing is sent here: mail leaves with the worker once the caller's transaction is committed.

    Raises DomainError UNKNOWN_MESSAGE_KIND, BAD_MESSAGE; NotFound for a member of elsewhere; TemplateRefused.
    """
    declared = kind_of(kind)
    declared.check(params)
    if not dedupe_key or len(dedupe_key) > 120:
        raise DomainError("BAD_MESSAGE", kind=kind, params="dedupe_key")
    known = list(Message.objects.filter(member_id=member_id, kind=kind, dedupe_key=dedupe_key).order_by("channel"))
    if known:
        return known
    member = Member.objects.filter(pk=member_id).first()
    if member is None:
        raise NotFound("memberId")
    if not allowed(declared, member):
        return []
    try:
        with transaction.atomic():
            return _write(declared, member, params, dedupe_key, path or declared.path)
    except IntegrityError:  # somebody else said the same at the same moment
        return list(Message.objects.filter(member=member, kind=kind, dedupe_key=dedupe_key).order_by("channel"))


def allowed(kind: Kind, member: Member) -> bool:
    """Whether the member may be told: what the program owes them always, marketing with their consent to e-mail."""
    return kind.purpose is Purpose.TRANSACTIONAL or members.has_consent(member.pk, "email")


def _write(kind: Kind, member: Member, params: Mapping[str, Any], key: str, path: str) -> list[Message]:
    language = identity.language_of(member.person_id)
    template = rendering.template_of(kind.code, language)
    said = rendering.say(template, kind, params, language=language, first_name=member.first_name, path=path)
    written = []
    for channel in kind.channels:
        if not _reachable(channel, member):
            continue
        message = Message(
            member=member,
            kind=kind.code,
            channel=channel,
            language=language,
            dedupe_key=key,
            subject=said.subject,
            body=said.mail_text if channel == Channel.EMAIL else said.text,
            html=said.html if channel == Channel.EMAIL else "",
            action=said.action[:100],
            path=path,
            state=State.SENT if channel == Channel.INBOX else State.QUEUED,
            sent_at=clock.now() if channel == Channel.INBOX else None,
        )
        message.save(force_insert=True)
        written.append(message)
        if channel != Channel.INBOX:
            emit("messaging.queued", {"message": str(message.pk)})
    return sorted(written, key=lambda row: str(row.channel))


def _reachable(channel: str, member: Member) -> bool:
    if channel == Channel.EMAIL:
        return can_receive_mail(member.email)
    return channel != Channel.SMS or bool(member.reachable_phone)


def on_enrolled(payload: Mapping[str, Any]) -> None:
    """Handle `members.enrolled`: welcome the member."""
    member_id = UUID(payload["member"])
    queue(kind="welcome", member_id=member_id, params={}, dedupe_key="enrolled")


def mark_read(*, member_id: UUID, message_id: UUID) -> Message:
    """The member opened a message of the inbox; the first time counts. Raises NotFound."""
    mine = Message.objects.filter(pk=message_id, member_id=member_id, channel=Channel.INBOX)
    mine.filter(read_at__isnull=True).update(read_at=clock.now())
    message = mine.first()
    if message is None:
        raise NotFound("id")
    return message


@transaction.atomic
def override_template(*, kind: str, language: str, template: Template, actor: UUID | None = None) -> TemplateOverride:
    """Replace the platform's template by the wholesaler's own. It is rendered with sample values first.

    Raises DomainError UNKNOWN_MESSAGE_KIND, UNKNOWN_LANGUAGE; TemplateRefused with part and line: what was there stays.
    """
    declared = kind_of(kind)
    if language not in Language.values:
        raise DomainError("UNKNOWN_LANGUAGE", field="language", value=language)
    # a name that is missing must not break it either
    for name in ("Jan", ""):
        rendering.say(template, declared, declared.sample, language=language, first_name=name, path=declared.path)
    row, _ = TemplateOverride.objects.update_or_create(
        kind=kind,
        language=language,
        defaults={
            "subject": template.subject[:300],
            "text": template.text,
            "mjml": template.mjml,
            "action": template.action[:100],
        },
    )
    audit.record(action="template.overridden", object_type="template", object_id=f"{kind}.{language}", actor=actor)
    return row


@transaction.atomic
def restore_template(*, kind: str, language: str, actor: UUID | None = None) -> None:
    """Go back to the platform's template. Raises DomainError UNKNOWN_MESSAGE_KIND."""
    kind_of(kind)
    gone, _ = TemplateOverride.objects.filter(kind=kind, language=language).delete()
    if gone:
        audit.record(action="template.restored", object_type="template", object_id=f"{kind}.{language}", actor=actor)


@transaction.atomic
def set_sender(*, name: str, address: str, actor: UUID | None = None) -> Sender:
    """From whom this wholesaler's mail comes. The domain must be allowed by the mail carrier.

    Raises DomainError BAD_EMAIL, NAME_MISSING.
    """
    try:
        validate_email(address)
    except ValidationError as error:
        raise DomainError("BAD_EMAIL", field="address") from error
    if not can_receive_mail(address):
        raise DomainError("BAD_EMAIL", field="address")
    clean = " ".join(name.split())[:120]
    if not clean:
        raise DomainError("NAME_MISSING", field="name")
    row, _ = Sender.objects.update_or_create(id=1, defaults={"name": clean, "address": address.lower()})
    audit.record(action="sender.changed", object_type="program", object_id=1, actor=actor)
    return row
