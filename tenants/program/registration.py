"""Whether people may ask to join by themselves, and what the program expects of them."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.db import transaction

from kolektor.audit import services as audit
from kolektor.kernel.errors import DomainError
from tenants.program.models import ProgramSettings
from tenants.program.services import locked

Mode = ProgramSettings.Registration
CRITERIA_LENGTH: Final = 2000


@transaction.atomic
def change(*, mode: str, criteria_pl: str, criteria_en: str, actor: UUID) -> ProgramSettings:
    """Open or close self-registration. Criteria are a statement that applicants confirm, in both languages or in none.

    Locks the settings. Raises DomainError UNKNOWN_REGISTRATION, TEXT_TOO_LONG, CRITERIA_IN_ONE_LANGUAGE, PROGRAM_NOT_SET_UP.
    """
    if mode not in Mode.values:
        raise DomainError("UNKNOWN_REGISTRATION", field="mode", value=mode[:20])
    wanted = {"registration": mode, "criteria_pl": criteria_pl.strip(), "criteria_en": criteria_en.strip()}
    for field, camel in (("criteria_pl", "criteriaPl"), ("criteria_en", "criteriaEn")):
        if len(wanted[field]) > CRITERIA_LENGTH:
            raise DomainError("TEXT_TOO_LONG", field=camel, length=CRITERIA_LENGTH)
    if bool(wanted["criteria_pl"]) != bool(wanted["criteria_en"]):
        missing = "criteriaEn" if wanted["criteria_pl"] else "criteriaPl"
        raise DomainError("CRITERIA_IN_ONE_LANGUAGE", field=missing)
    row = locked()
    before = {field: getattr(row, field) for field in wanted if getattr(row, field) != wanted[field]}
    if not before:
        return row
    after = {field: wanted[field] for field in before}
    for field, value in after.items():
        setattr(row, field, value)
    row.save(update_fields=list(after))
    audit.record(
        action="program.settings_changed", object_type="program", object_id=1, actor=actor, before=before, after=after
    )
    return row


def criteria(row: ProgramSettings, language: str) -> str:
    """The statement in the reader's language; empty for none."""
    return row.criteria_en if language == "en" else row.criteria_pl
