"""Reads of the network's own tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kolektor.kernel.points import Points
from kolektor.kernel.prepared import Prepared, Slot
from kolektor.kernel.wording import PointForms
from kolektor.network.models import Brand, Network, NetworkRole, Passport, Wholesaler

# their hosts answer
OPEN = (Wholesaler.State.LIVE, Wholesaler.State.SUSPENDED)
NO_SCHEMA = (Wholesaler.State.REQUESTED, Wholesaler.State.ERASED)


@dataclass(frozen=True, slots=True)
class ProgramCard:
    """One program on the switcher. `balance` is None for somebody who only works there."""

    slug: str
    name: str
    host: str
    primary_color: str
    accent_color: str
    surface_color: str
    logo: str
    point_forms: PointForms
    balance: Points | None
    as_of: datetime | None
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NetworkCard:
    """One headquarters on the switcher."""

    slug: str
    name: str
    roles: tuple[str, ...]


_AT_HOST: Prepared[Wholesaler] = Prepared(
    lambda: Wholesaler.objects.select_related("network").filter(domains__domain=Slot("host"))
)


def wholesaler_at(host: str) -> Wholesaler | None:
    """The wholesaler whose host this is."""
    return _AT_HOST.first(host=host)


def wholesaler_named(slug: str) -> Wholesaler | None:
    """The wholesaler of that slug."""
    row: Wholesaler | None = Wholesaler.objects.select_related("network").filter(slug=slug).first()
    return row


def live_wholesaler(*, slug: str = "", host: str = "") -> Wholesaler | None:
    """The wholesaler of that slug or host whose face is public: an open one, suspended or not."""
    found = wholesaler_at(host) if host else wholesaler_named(slug)
    return found if found is not None and found.state in OPEN else None


def active_wholesalers() -> Sequence[Wholesaler]:
    """Wholesalers that have a schema, by slug; closed ones too, until they are erased."""
    return list(Wholesaler.objects.exclude(state__in=NO_SCHEMA).order_by("slug"))


def network_named(slug: str) -> Network | None:
    """The network of that slug."""
    return Network.objects.filter(slug=slug).first()


def network_roles(person_id: UUID, network_id: UUID) -> tuple[str, ...]:
    """Roles of a person at a network's headquarters."""
    rows = NetworkRole.objects.filter(person_id=person_id, network_id=network_id)
    return tuple(rows.order_by("role").values_list("role", flat=True))


def people_of(network_id: UUID) -> set[UUID]:
    """Everybody who has a role at headquarters."""
    return set(NetworkRole.objects.filter(network_id=network_id).values_list("person_id", flat=True))


def passports_of(person_id: UUID) -> list[ProgramCard]:
    """The programs of one person, by name."""
    # somebody whose last role was taken away is nothing there any more
    rows = (
        Passport.objects.filter(person_id=person_id, wholesaler__state__in=OPEN)
        .exclude(roles=[])
        .select_related("wholesaler")
    )
    hosts = dict(
        Wholesaler.objects.filter(passports__person_id=person_id, domains__is_primary=True).values_list(
            "id", "domains__domain"
        )
    )
    return [
        ProgramCard(
            slug=row.wholesaler.slug,
            name=row.wholesaler.name,
            host=hosts[row.wholesaler_id],
            primary_color=row.wholesaler.primary_color,
            accent_color=row.wholesaler.accent_color,
            surface_color=row.wholesaler.surface_color,
            logo=row.wholesaler.logo,
            point_forms=PointForms(**row.wholesaler.point_forms),
            balance=None if row.balance is None else Points(row.balance),
            as_of=row.as_of,
            roles=tuple(row.roles),
        )
        for row in rows.order_by("wholesaler__name")
        if row.wholesaler_id in hosts
    ]


def networks_of(person_id: UUID) -> list[NetworkCard]:
    """The headquarters where a person has a role, by name."""
    found: dict[UUID, tuple[Network, list[str]]] = {}
    for row in NetworkRole.objects.filter(person_id=person_id).select_related("network").order_by("role"):
        found.setdefault(row.network_id, (row.network, []))[1].append(row.role)
    cards = [NetworkCard(network.slug, network.name, tuple(roles)) for network, roles in found.values()]
    return sorted(cards, key=lambda card: card.name)


@dataclass(frozen=True, slots=True)
class BrandRow:
    """A brand with its supplier, as tenants need it."""

    id: UUID
    slug: str
    name: str
    supplier_id: UUID
    supplier_slug: str
    supplier_name: str


def brands_of(network_id: UUID) -> list[BrandRow]:
    """All brands of a network, by name."""
    rows = Brand.objects.filter(network_id=network_id).select_related("supplier").order_by("name")
    return [BrandRow(row.id, row.slug, row.name, row.supplier_id, row.supplier.slug, row.supplier.name) for row in rows]
