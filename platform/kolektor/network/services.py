"""Deeds of the network: networks, brands, HQ roles, the public face of a wholesaler, the Passport."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from kolektor.audit import services as audit
from kolektor.kernel.errors import DomainError
from kolektor.kernel.points import Points
from kolektor.kernel.tenant import public_context
from kolektor.kernel.wording import PointForms
from kolektor.network.models import COLOR, SLUG, Brand, Network, NetworkRole, Passport, Supplier, Wholesaler


def check_slug(slug: str, field: str) -> None:
    """Slugs become host names and schema names. Raises DomainError BAD_SLUG."""
    try:
        SLUG(slug)
    except ValidationError as error:
        raise DomainError("BAD_SLUG", field=field, value=slug) from error
    if slug in {"id", "hq", "www", "public", "static", "api"} or slug.startswith(("pg-", "hq-")):
        raise DomainError("SLUG_RESERVED", field=field, value=slug)


def ensure_network(*, slug: str, name: str | None = None) -> Network:
    """The network of that slug, made if it is missing. Raises DomainError BAD_SLUG."""
    check_slug(slug, "network")
    network, made = Network.objects.get_or_create(slug=slug, defaults={"name": name or slug.replace("-", " ").title()})
    if made:
        audit.record(action="network.created", object_type="network", object_id=network.pk)
    return network


def ensure_brand(*, network: Network, supplier: tuple[str, str], brand: tuple[str, str]) -> Brand:
    """A brand and its supplier, each given as (slug, name), made if missing."""
    supplier_row, _ = Supplier.objects.get_or_create(network=network, slug=supplier[0], defaults={"name": supplier[1]})
    row, _ = Brand.objects.get_or_create(
        network=network, slug=brand[0], defaults={"name": brand[1], "supplier": supplier_row}
    )
    return row


@transaction.atomic
def grant_network_role(*, network: Network, person_id: UUID, role: str, actor: UUID | None = None) -> None:
    """Give a person a role at headquarters; granting twice changes nothing. Raises DomainError UNKNOWN_ROLE."""
    if role not in NetworkRole.Role.values:
        raise DomainError("UNKNOWN_ROLE", field="role", value=role)
    _, made = NetworkRole.objects.get_or_create(network=network, person_id=person_id, role=role)
    if made:
        audit.record(action="network.role_granted", object_type="person", object_id=person_id, actor=actor, role=role)


@transaction.atomic
def revoke_network_role(*, network: Network, person_id: UUID, role: str, actor: UUID | None = None) -> None:
    """Take a role at headquarters away; the next request is refused. Twice changes nothing. Raises DomainError UNKNOWN_ROLE."""
    if role not in NetworkRole.Role.values:
        raise DomainError("UNKNOWN_ROLE", field="role", value=role)
    gone, _ = NetworkRole.objects.filter(network=network, person_id=person_id, role=role).delete()
    if gone:
        audit.record(action="network.role_revoked", object_type="person", object_id=person_id, actor=actor, role=role)


@dataclass(frozen=True, slots=True)
class Look:
    """Colors as #rrggbb, the drawn logo's letters and shape, and the digest of the uploaded logo or ""."""

    primary_color: str
    accent_color: str
    surface_color: str
    logo_text: str
    logo_shape: str
    logo: str


def publish_face(*, wholesaler: Wholesaler, name: str, point_forms: PointForms, look: Look) -> None:
    """Copy what the switcher shows of a wholesaler into `public`. Raises DomainError BAD_COLOR."""
    for field in ("primary_color", "accent_color", "surface_color"):
        try:
            COLOR(getattr(look, field))
        except ValidationError as error:
            raise DomainError("BAD_COLOR", field=field, value=getattr(look, field)) from error
    Wholesaler.objects.filter(pk=wholesaler.pk).update(name=name, point_forms=point_forms.as_dict(), **asdict(look))


def stamp_passport_roles(*, wholesaler_id: UUID, person_id: UUID, roles: Sequence[str]) -> None:
    """Set what a person is at a wholesaler; makes the passport entry if it is missing. Who is no member there has no balance."""
    kept: dict[str, Any] = {"roles": list(roles)}
    if "member" not in roles:
        kept |= {"balance": None, "as_of": None}
    with public_context():
        Passport.objects.update_or_create(person_id=person_id, wholesaler_id=wholesaler_id, defaults=kept)


def stamp_passport_balances(*, wholesaler_id: UUID, balances: Mapping[UUID, Points], as_of: datetime) -> None:
    """Push balances (person id → points) as of a moment. An older push never overwrites a younger one."""
    with public_context():
        for person_id in sorted(balances):
            rows = Passport.objects.filter(person_id=person_id, wholesaler_id=wholesaler_id)
            rows.exclude(as_of__gt=as_of).update(balance=balances[person_id].units, as_of=as_of)
