"""The program's terms: published by version, in Polish and English; what was published never changes."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.db import transaction

from kolektor.audit import services as audit
from kolektor.kernel.errors import DomainError
from tenants.program.models import Terms
from tenants.program.services import locked

MAX_TEXT: Final = 100_000


def current() -> Terms | None:
    """The version in force; None while none was published."""
    return Terms.objects.order_by("-number").first()


def versions() -> list[Terms]:
    """All of them, the newest first."""
    return list(Terms.objects.order_by("-number"))


@transaction.atomic
def publish(*, text_pl: str, text_en: str, actor: UUID | None) -> Terms:
    """A new version, in force at once: members are asked before they spend again. Locks the settings.

    Raises DomainError TEXT_MISSING, TEXT_TOO_LONG, TERMS_SAME, PROGRAM_NOT_SET_UP.
    """
    polish, english = _text(text_pl, "textPl"), _text(text_en, "textEn")
    locked()
    before = Terms.objects.order_by("-number").first()
    if before is not None and (before.text_pl, before.text_en) == (polish, english):
        raise DomainError("TERMS_SAME")
    row = Terms(number=before.number + 1 if before else 1, text_pl=polish, text_en=english, published_by=actor)
    row.save(force_insert=True)
    row.refresh_from_db()
    audit.record(action="program.terms_published", object_type="program", object_id=1, actor=actor, number=row.number)
    return row


def _text(text: str, field: str) -> str:
    clean = text.replace("\r\n", "\n").strip()
    if not clean:
        raise DomainError("TEXT_MISSING", field=field)
    if len(clean) > MAX_TEXT:
        raise DomainError("TEXT_TOO_LONG", field=field, length=MAX_TEXT)
    return clean
