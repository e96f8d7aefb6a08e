"""Set a program up and change its settings."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from stdnum.pl import nip as nip_number

from kolektor.audit import services as audit
from kolektor.kernel.errors import DomainError
from kolektor.kernel.tenant import public_context, require_tenant
from kolektor.kernel.wording import PointForms
from kolektor.network import services as network
from kolektor.network.services import Look
from tenants.program.models import Branding, ProgramSettings


@dataclass(frozen=True, slots=True)
class Face:
    """Colors as #rrggbb, up to three letters and the shape of the drawn logo (circle, square, hexagon)."""

    primary_color: str = "#1f4e79"
    accent_color: str = "#e07a1f"
    surface_color: str = "#ffffff"
    logo_text: str = ""
    logo_shape: str = "circle"


@transaction.atomic
def set_up(
    *,
    name: str,
    nip: str = "",
    face: Face | None = None,
    point_forms: PointForms | None = None,
    support_email: str = "",
    support_phone: str = "",
    lot_life_months: int | None = 24,
    actor: UUID | None = None,
) -> ProgramSettings:
    """Write the program's settings and brand, or bring them up to date. Raises DomainError BAD_NIP, BAD_COLOR."""
    if nip and not nip_number.is_valid(nip):
        raise DomainError("BAD_NIP", field="nip", value=nip)
    chosen = face or Face()
    forms = point_forms or PointForms()
    row, _ = ProgramSettings.objects.update_or_create(
        id=1,
        defaults={
            "name": name,
            "nip": nip_number.compact(nip) if nip else "",
            "point_forms": forms.as_dict(),
            "support_email": support_email,
            "support_phone": support_phone,
            "lot_life_months": lot_life_months,
        },
    )
    branding, _ = Branding.objects.update_or_create(
        id=1,
        defaults={
            "primary_color": chosen.primary_color,
            "accent_color": chosen.accent_color,
            "surface_color": chosen.surface_color,
            "logo_text": (chosen.logo_text or name[:1]).upper()[:3],
            "logo_shape": chosen.logo_shape,
        },
    )
    publish(row, branding)
    audit.record(action="program.set_up", object_type="program", object_id=1, actor=actor)
    return row


def locked() -> ProgramSettings:
    """The settings, locked: they stand for the look as well, so that two admins' changes come one after the other.

    Raises DomainError PROGRAM_NOT_SET_UP.
    """
    row = ProgramSettings.objects.select_for_update().first()
    if row is None:
        raise DomainError("PROGRAM_NOT_SET_UP")
    return row


def publish(row: ProgramSettings, branding: Branding) -> None:
    """Tell the network's own pages how the program looks. Raises DomainError BAD_COLOR."""
    wholesaler = require_tenant()
    with public_context():
        network.publish_face(
            wholesaler=wholesaler,
            name=row.name,
            point_forms=PointForms(**row.point_forms),
            look=Look(
                primary_color=branding.primary_color,
                accent_color=branding.accent_color,
                surface_color=branding.surface_color,
                logo_text=branding.logo_text,
                logo_shape=branding.logo_shape,
                logo=branding.logo,
            ),
        )
