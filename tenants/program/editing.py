"""What the staff change of a program: its settings, its name and its look. Each change is in the timeline, before and after."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

import phonenumbers
from django.core.exceptions import ValidationError
from django.db import transaction
from stdnum.pl import nip as nip_number

from kolektor.audit import services as audit
from kolektor.kernel.entered import clean_email, clean_name
from kolektor.kernel.errors import DomainError
from kolektor.kernel.wording import PointForms
from kolektor.network.models import COLOR
from tenants.program import selectors
from tenants.program.models import Branding, ProgramSettings
from tenants.program.services import Face, locked, publish

NAME_LENGTH: Final = 120
FORM_LENGTH: Final = 24
LOGO_LENGTH: Final = 3
SHAPES: Final = ("circle", "square", "hexagon")
# a lot that lives longer than ten years is one that never ends, which is a choice of its own
LIFE_MONTHS: Final = (1, 120)
LATE_DAYS: Final = (0, 730)
CONFIRM_ABOVE: Final = (1, 10_000_000)


@transaction.atomic
def update_program(
    *,
    name: str,
    nip: str,
    support_email: str,
    support_phone: str,
    rounding: str,
    lot_life_months: int | None,
    late_match_days: int,
    confirm_above: int | None,
    actor: UUID,
) -> ProgramSettings:
    """Change how the program works. `lot_life_months` None: points never end; points that were given keep their end.
    `confirm_above`: whole points; None: nobody proves anew who they are before spending.

    Locks the settings. Raises DomainError NAME_MISSING, NAME_TOO_LONG, BAD_NIP, BAD_EMAIL, BAD_PHONE, UNKNOWN_ROUNDING,
    OUT_OF_RANGE, PROGRAM_NOT_SET_UP; nothing is changed then.
    """
    if rounding not in ProgramSettings.Rounding.values:
        raise DomainError("UNKNOWN_ROUNDING", field="rounding", value=rounding)
    wanted = {
        "name": clean_name(name, limit=NAME_LENGTH),
        "nip": _nip(nip),
        "support_email": clean_email(support_email, field="supportEmail") if support_email.strip() else "",
        "support_phone": _phone(support_phone),
        "rounding": rounding,
        "lot_life_months": None
        if lot_life_months is None
        else _within(lot_life_months, LIFE_MONTHS, field="lotLifeMonths"),
        "late_match_days": _within(late_match_days, LATE_DAYS, field="lateMatchDays"),
        "confirm_above": None if confirm_above is None else _within(confirm_above, CONFIRM_ABOVE, field="confirmAbove"),
    }
    row = locked()
    before, after = _write(row, wanted)
    if "name" in after:
        publish(row, selectors.branding())
    _note("program.settings_changed", before, after, actor)
    return row


@transaction.atomic
def update_branding(*, name: str, face: Face, point_forms: PointForms, actor: UUID) -> Branding:
    """Change name, look and what points are called, here and on the network's own pages, at once.

    Locks the settings. Raises DomainError NAME_MISSING, NAME_TOO_LONG, BAD_COLOR, BAD_LOGO_TEXT, UNKNOWN_SHAPE,
    POINT_FORM_MISSING, NAME_TOO_LONG, PROGRAM_NOT_SET_UP; nothing is changed then.
    """
    settings_wanted = {"name": clean_name(name, limit=NAME_LENGTH), "point_forms": _forms(point_forms)}
    wanted = {
        "primary_color": _color(face.primary_color, "primaryColor"),
        "accent_color": _color(face.accent_color, "accentColor"),
        "surface_color": _color(face.surface_color, "surfaceColor"),
        "logo_text": _logo_text(face.logo_text),
        "logo_shape": _shape(face.logo_shape),
    }
    row = locked()
    branding = selectors.branding()
    before, after = _write(row, settings_wanted)
    before_look, after_look = _write(branding, wanted)
    if after or after_look:
        publish(row, branding)
    _note("program.branding_changed", before | before_look, after | after_look, actor)
    return branding


def _write(row: Any, wanted: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Save what differs. Gives the old and the new values of it."""
    after = {field: value for field, value in wanted.items() if getattr(row, field) != value}
    before = {field: getattr(row, field) for field in after}
    for field, value in after.items():
        setattr(row, field, value)
    if after:
        row.save(update_fields=list(after))
    return before, after


def _note(action: str, before: dict[str, Any], after: dict[str, Any], actor: UUID) -> None:
    if after:
        audit.record(action=action, object_type="program", object_id=1, actor=actor, before=before, after=after)


def _nip(text: str) -> str:
    if not text.strip():
        return ""
    if not nip_number.is_valid(text):
        raise DomainError("BAD_NIP", field="nip", value=text[:40])
    return str(nip_number.compact(text))


def _phone(text: str) -> str:
    """As it was written, if it can be called: how the digits are grouped is the wholesaler's own way."""
    clean = " ".join(text.split())
    if not clean:
        return ""
    try:
        valid = len(clean) <= 20 and phonenumbers.is_valid_number(phonenumbers.parse(clean, "PL"))
    except phonenumbers.NumberParseException:
        valid = False
    if not valid:
        raise DomainError("BAD_PHONE", field="supportPhone")
    return clean


def _within(value: int, limits: tuple[int, int], *, field: str) -> int:
    least, most = limits
    if not least <= value <= most:
        raise DomainError("OUT_OF_RANGE", field=field, minimum=least, maximum=most)
    return value


def _color(text: str, field: str) -> str:
    color = text.strip().lower()
    try:
        COLOR(color)
    except ValidationError as error:
        raise DomainError("BAD_COLOR", field=field, value=text[:40]) from error
    return color


def _logo_text(text: str) -> str:
    letters = text.strip().upper()
    if not (1 <= len(letters) <= LOGO_LENGTH and letters.isalnum()):
        raise DomainError("BAD_LOGO_TEXT", field="logoText", limit=LOGO_LENGTH)
    return letters


def _shape(shape: str) -> str:
    if shape not in SHAPES:
        raise DomainError("UNKNOWN_SHAPE", field="logoShape", value=shape[:40])
    return shape


def _forms(forms: PointForms) -> dict[str, str]:
    found = {}
    for form, text in forms.as_dict().items():
        clean = " ".join(text.split())
        field = f"point{form.capitalize()}"
        if not clean:
            raise DomainError("POINT_FORM_MISSING", field=field)
        if len(clean) > FORM_LENGTH:
            raise DomainError("NAME_TOO_LONG", field=field, limit=FORM_LENGTH)
        found[form] = clean
    return found
