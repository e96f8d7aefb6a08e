"""Say something to a member; send what was said; keep the wholesaler's own templates and sender.

A message is written in the transaction of its cause and sent by the outbox worker. Sending is at least once: a worker that dies
between sending and its mark sends once more, with the same Message-ID.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final
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
# Liquid and MJML as written, in characters
PART_LENGTHS: Final = {"subject": 300, "text": 10_000, "mjml": 20_000, "action": 100}
NAME_LENGTH: Final = 120


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


@transaction.atomic
def queue_to_guest(
    *,
    kind: str,
    address: str,
    first_name: str,
    language: str,
    params: Mapping[str, Any],
    dedupe_key: str,
    path: str,
    by: str = Channel.EMAIL,
    until: datetime | None = None,
) -> Message | None:
    """Write a mail, or an SMS, to somebody who is no member. Said again under the same key, the first message is returned; None
    where no mail can go. Address and text are forgotten once it is sent. For what the program owes them only, never marketing.
    After `until` (UTC) it is not sent any more.

    Raises DomainError UNKNOWN_MESSAGE_KIND, BAD_MESSAGE; TemplateRefused.
    """
    declared = kind_of(kind)
    declared.check(params)
    if not dedupe_key or len(dedupe_key) > 120 or declared.purpose is not Purpose.TRANSACTIONAL:
        raise DomainError("BAD_MESSAGE", kind=kind, params="dedupe_key")
    known = Message.objects.filter(member__isnull=True, kind=kind, dedupe_key=dedupe_key).first()
    channel = Channel.EMAIL if by == Channel.EMAIL else Channel.SMS
    if known is not None or (channel == Channel.EMAIL and not can_receive_mail(address)):
        return known
    template = rendering.template_of(kind, language)
    said = rendering.say(template, declared, params, language=language, first_name=first_name, path=path)
    message = Message(
        address=address,
        kind=kind,
        channel=channel,
        language=language,
        dedupe_key=dedupe_key,
        subject=said.subject,
        body=said.mail_text if channel == Channel.EMAIL else said.text,
        html=said.html if channel == Channel.EMAIL else "",
        action=said.action[:100],
        path=path,
    )
    message.save(force_insert=True)
    emit("messaging.queued", {"message": str(message.pk), **({"until": until.isoformat()} if until else {})})
    return message


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
    # who gave a number at the counter waits for a sign of life on it; an import's numbers are not written to
    member = Member.objects.filter(pk=member_id, path=Member.Path.COUNTER).exclude(phone="").first()
    if member is not None and not can_receive_mail(member.email):
        queue(kind="welcome_sms", member_id=member_id, params={}, dedupe_key="enrolled")


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

    Raises DomainError UNKNOWN_MESSAGE_KIND, UNKNOWN_LANGUAGE, TEXT_TOO_LONG; TemplateRefused with part and line: what was
    there stays.
    """
    trial(kind=kind, language=language, template=template)
    before, after = rendering.template_of(kind, language), asdict(template)
    changed = {part: value for part, value in after.items() if getattr(before, part) != value}
    row, _ = TemplateOverride.objects.update_or_create(kind=kind, language=language, defaults=after)
    if changed:
        audit.record(
            action="template.overridden",
            object_type="template",
            object_id=f"{kind}.{language}",
            actor=actor,
            before={part: getattr(before, part) for part in changed},
            after=changed,
        )
    return row


def trial(*, kind: str, language: str, template: Template) -> rendering.Said:
    """What a template says with sample values. It must also do for a member whose first name is not known.

    Raises DomainError UNKNOWN_MESSAGE_KIND, UNKNOWN_LANGUAGE, TEXT_TOO_LONG; TemplateRefused with part and line.
    """
    declared = kind_of(kind)
    if language not in Language.values:
        raise DomainError("UNKNOWN_LANGUAGE", field="language", value=language)
    for part, length in PART_LENGTHS.items():
        if len(getattr(template, part)) > length:
            raise DomainError("TEXT_TOO_LONG", field=part, length=length)
    said = {
        name: rendering.say(template, declared, declared.sample, language=language, first_name=name, path=declared.path)
        for name in ("", rendering.SAMPLE_NAME)
    }
    return said[rendering.SAMPLE_NAME]


@transaction.atomic
def restore_template(*, kind: str, language: str, actor: UUID | None = None) -> None:
    """Go back to the platform's template; the own one stays in the audit. Raises UNKNOWN_MESSAGE_KIND, UNKNOWN_LANGUAGE."""
    kind_of(kind)
    if language not in Language.values:
        raise DomainError("UNKNOWN_LANGUAGE", field="language", value=language)
    own = TemplateOverride.objects.filter(kind=kind, language=language).first()
    if own is None:
        return
    before = {part: getattr(own, part) for part in PART_LENGTHS}
    own.delete()
    audit.record(
        action="template.restored", object_type="template", object_id=f"{kind}.{language}", actor=actor, before=before
    )


@transaction.atomic
def set_sender(*, name: str, address: str, actor: UUID | None = None) -> Sender | None:
    """From whom this wholesaler's mail comes; both empty: from the platform again. The mail carrier must allow the domain.

    Raises DomainError BAD_EMAIL, NAME_MISSING, NAME_TOO_LONG; nothing is changed then.
    """
    clean, address = " ".join(name.split()), address.strip().lower()
    before = _sender_as_dict(Sender.objects.first())
    if not clean and not address:
        Sender.objects.all().delete()
        row = None
    else:
        _check_sender(clean, address)
        row, _ = Sender.objects.update_or_create(id=1, defaults={"name": clean, "address": address})
    after = _sender_as_dict(row)
    if before != after:
        audit.record(
            action="sender.changed" if row else "sender.restored",
            object_type="sender",
            object_id=1,
            actor=actor,
            before=before,
            after=after,
            **after,
        )
    return row


def _check_sender(name: str, address: str) -> None:
    try:
        validate_email(address)
    except ValidationError as error:
        raise DomainError("BAD_EMAIL", field="address") from error
    if not can_receive_mail(address) or len(address) > 254:
        raise DomainError("BAD_EMAIL", field="address")
    if not name:
        raise DomainError("NAME_MISSING", field="name")
    if len(name) > NAME_LENGTH:
        raise DomainError("NAME_TOO_LONG", field="name", limit=NAME_LENGTH)


def _sender_as_dict(row: Sender | None) -> dict[str, str]:
    return {"name": row.name, "address": row.address} if row else {}
