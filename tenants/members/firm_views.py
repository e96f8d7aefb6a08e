"""Reads of firms: who belongs, with which share, since when; who belonged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from kolektor.kernel import clock
from tenants.members import firms
from tenants.members.models import Firm, FirmMembership, FirmShare, FirmSplit


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody's time in a firm in one role. `basis_points` is the share today, None for the owner and in the past."""

    member_id: UUID
    name: str
    role: str
    spending: str
    basis_points: int | None
    joined_at: datetime
    left_at: datetime | None


@dataclass(frozen=True, slots=True)
class SplitRow:
    """One split of the past, of today or of tomorrow. Shares in basis points, by the fitter's name."""

    id: int
    valid_from: date
    created_at: datetime
    shares: tuple[tuple[str, int], ...]


def places(firm: Firm) -> list[Place]:
    """Who is in the firm, the owner first, then those who left."""
    return _places([firm])[firm.pk]


def _places(found: Iterable[Firm]) -> dict[UUID, list[Place]]:
    rows = list(found)
    listed: dict[UUID, list[Place]] = {firm.pk: [] for firm in rows}
    shares: dict[UUID, dict[UUID, int]] = {}
    for firm in rows:
        split = firms.split_on(firm.pk, clock.local_today())
        shares[firm.pk] = firms.shares_of(split) if split else {}
    members = FirmMembership.objects.select_related("member__firm").filter(firm__in=rows)
    for row in members.order_by("left_at", "role", "joined_at", "id"):
        fitter = row.left_at is None and row.role == firms.FITTER
        listed[row.firm_id].append(
            Place(
                member_id=row.member_id,
                name=row.member.name,
                role=row.role,
                spending=row.spending,
                basis_points=shares[row.firm_id].get(row.member_id, 0) if fitter else None,
                joined_at=row.joined_at,
                left_at=row.left_at,
            )
        )
    for firm_id, rows_of in listed.items():
        listed[firm_id] = sorted(rows_of, key=_standing)
    return listed


def _standing(place: Place) -> tuple[bool, bool, float]:
    """The owner, the fitters by their coming, then those who left, the latest first."""
    gone = place.left_at is not None
    when = -place.left_at.timestamp() if place.left_at else place.joined_at.timestamp()
    return gone, place.role != firms.OWNER, when


def people(firm: Firm) -> dict[UUID, str]:
    """Names by person id of everybody who ever belonged to the firm."""
    rows = FirmMembership.objects.select_related("member__firm").filter(firm=firm)
    return {row.member.person_id: row.member.name for row in rows}


def search(text: str = "") -> QuerySet[Firm]:
    """Firms whose name or tax number holds the text, with how many belong now; by name."""
    rows = Firm.objects.annotate(people=Count("memberships", filter=Q(memberships__left_at__isnull=True)))
    text = text.strip()
    if text:
        digits = text.replace("-", "").replace(" ", "")
        hit = Q(name__icontains=text)
        if digits.isdigit():
            hit |= Q(nip__startswith=digits)
        rows = rows.filter(hit)
    return rows.order_by("name", "id")


def split_history(firm: Firm, *, limit: int = 50) -> list[SplitRow]:
    """The firm's splits, the latest first. One that another replaced on the day it began is listed too."""
    rows = list(firm.splits.order_by("-valid_from", "-id")[:limit])
    named: dict[int, list[tuple[str, int]]] = {row.pk: [] for row in rows}
    shares = FirmShare.objects.select_related("member__firm").filter(split__in=rows)
    for share in shares.order_by("-basis_points", "member_id"):
        named[share.split_id].append((share.member.name, share.basis_points))
    return [_split_row(row, named) for row in rows]


def _split_row(row: FirmSplit, named: dict[int, list[tuple[str, int]]]) -> SplitRow:
    return SplitRow(row.pk, row.valid_from, row.created_at, tuple(named[row.pk]))
