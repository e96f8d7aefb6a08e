"""What members change about themselves: name, phone, language, consents. Each change is in the timeline, without the data."""

from __future__ import annotations

from typing import Final
from uuid import UUID

import phonenumbers
from django.db import transaction

from kolektor.audit import services as audit
from kolektor.identity import services as identity
from kolektor.kernel.errors import DomainError
from tenants.members import consents, selectors
from tenants.members.models import Consent, Member

_HOME: Final = "PL"
_NAME_LENGTH: Final = 80


def phone_number(text: str) -> str:
    """A phone number as +48600100200; a number without a country is Polish. Empty stays empty. Raises DomainError BAD_PHONE."""
    if not text.strip():
        return ""
    try:
        parsed = phonenumbers.parse(text, _HOME)
    except phonenumbers.NumberParseException as error:
        raise DomainError("BAD_PHONE", field="phone") from error
    if not phonenumbers.is_valid_number(parsed):
        raise DomainError("BAD_PHONE", field="phone")
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def _same_writing(phone: str) -> str:
    """A stored number in the form that `phone_number` gives, or as it is."""
    try:
        return phone_number(phone)
    except DomainError:
        return phone


def _name(text: str, field: str) -> str:
    clean = " ".join(text.split())
    if not clean:
        raise DomainError("NAME_MISSING", field=field)
    if len(clean) > _NAME_LENGTH:
        raise DomainError("NAME_TOO_LONG", field=field, limit=_NAME_LENGTH)
    return clean


@transaction.atomic
def update(
    *, member: Member, first_name: str, last_name: str, phone: str, language: str, actor: UUID | None = None
) -> Member:
    """Change name, phone and language. Name and phone are this wholesaler's own; the language is the person's, at every host.

    The phone is one to be called at: it never decides whose sales these are, or anybody could take another's points.

    Raises DomainError NAME_MISSING, NAME_TOO_LONG, BAD_PHONE, UNKNOWN_LANGUAGE; nothing is changed then. Locks the member.
    """
    wanted = {
        "first_name": _name(first_name, "firstName"),
        "last_name": _name(last_name, "lastName"),
        "contact_phone": phone_number(phone),
    }
    if language not in identity.LANGUAGES:
        raise DomainError("UNKNOWN_LANGUAGE", field="language", value=language[:10])
    row = Member.objects.select_for_update().get(pk=member.pk)
    if not row.contact_phone and wanted["contact_phone"] == _same_writing(row.phone):
        wanted.pop("contact_phone")
    changed = [name for name, value in wanted.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, wanted[name])
    if changed:
        row.save(update_fields=changed)
        audit.record(
            action="member.profile_changed", object_type="member", object_id=row.pk, actor=actor, fields=changed
        )
    identity.set_language(person_id=row.person_id, language=language)
    identity.introduce(person_id=row.person_id, first_name=row.first_name, last_name=row.last_name)
    return row


@transaction.atomic
def decide(
    *, member: Member, kind: str, given: bool, text_version: str, channel: str, actor: UUID | None = None
) -> Consent:
    """Give or withdraw a consent. Saying the same again writes nothing. Locks the member.

    Raises DomainError UNKNOWN_CONSENT, or CONSENT_TEXT_CHANGED when a consent is given to a text that is no longer current;
    withdrawing is possible under any text.
    """
    if kind not in Consent.Kind.values:
        raise DomainError("UNKNOWN_CONSENT", field="kind", value=kind[:20])
    if given and text_version != consents.CURRENT:
        raise DomainError("CONSENT_TEXT_CHANGED", field="textVersion")
    Member.objects.select_for_update().get(pk=member.pk)
    last = selectors.consents_of(member.pk).get(kind)
    if last is None and not given:
        raise DomainError("CONSENT_NOT_GIVEN", field="given")
    if last is not None and last.given == given and (not given or last.text_version == text_version):
        return last
    row = Consent(
        member=member,
        kind=kind,
        given=given,
        text_version=text_version if given or last is None else last.text_version,
        channel=channel,
        actor=actor,
    )
    row.save(force_insert=True)
    row.refresh_from_db()
    audit.record(
        action=f"member.{kind}_consent_{'given' if given else 'withdrawn'}",
        object_type="member",
        object_id=member.pk,
        actor=actor,
        version=row.text_version,
        channel=channel,
    )
    return row
