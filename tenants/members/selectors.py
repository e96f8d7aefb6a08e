"""Reads of members and roles."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import connection
from django.db.models import F, Func, Q, QuerySet, TextField, Value

from kolektor.identity import selectors as identity
from kolektor.kernel.fields import same_address
from kolektor.kernel.prepared import Prepared, Slot
from tenants.members.models import Consent, Member, StaffMember, StaffRole

MEMBER = "member"

# both are asked at nearly every request
_OF_PERSON = Prepared(lambda: Member.objects.filter(person_id=Slot("person")))
_ROLES = """
SELECT role FROM (
  SELECT 0 AS place, %s AS role FROM members_member WHERE person_id = %s
  UNION ALL SELECT 1, role FROM members_staffrole WHERE person_id = %s
) roles ORDER BY place, role
"""


def roles_of(person_id: UUID) -> tuple[str, ...]:
    """Everything a person is here: "member" and staff roles. One query: each signed-in request asks it."""
    with connection.cursor() as cursor:
        cursor.execute(_ROLES, [MEMBER, person_id, person_id])
        return tuple(row[0] for row in cursor.fetchall())


def member_of(person_id: UUID) -> Member | None:
    """The membership of a person here; its firm is loaded when asked for."""
    return _OF_PERSON.first(person=person_id)


def consents_of(member_id: UUID) -> dict[str, Consent]:
    """The latest decision of each kind; a kind that was never decided is absent."""
    latest = Consent.objects.filter(member_id=member_id).order_by("kind", "-id").distinct("kind")
    return {row.kind: row for row in latest}


def consent_history(member_id: UUID) -> QuerySet[Consent]:
    """Every decision, youngest first."""
    return Consent.objects.filter(member_id=member_id).order_by("-id")


def has_consent(member_id: UUID, kind: str) -> bool:
    """Whether the member's last word on it was yes."""
    last = Consent.objects.filter(member_id=member_id, kind=kind).order_by("-id").values_list("given", flat=True)
    return bool(last.first())


def staff_names(person_ids: Iterable[UUID]) -> dict[str, str]:
    """Names, by person id, of those of the people who work or worked here, as they are written down here; of nobody else."""
    wanted = set(person_ids)
    known = dict(StaffMember.objects.filter(person_id__in=wanted).values_list("person_id", "name"))
    # roles that were given before staff had rows of their own
    older = StaffRole.objects.filter(person_id__in=wanted - set(known)).values_list("person_id", flat=True)
    return identity.names(list(older)) | {str(person_id): name for person_id, name in known.items()}


def present_members() -> QuerySet[Member]:
    """Everybody but those who turned out to be another member."""
    return Member.objects.filter(merged_into__isnull=True)


def search_members(text: str) -> QuerySet[Member]:
    """Members whose name, firm, e-mail, phone, tax number or customer code holds the text; newest first. Without merged ones."""
    rows = present_members().select_related("firm").order_by("-created_at", "-id")
    text = text.strip()
    if not text:
        return rows
    hit = (
        Q(email__icontains=text)
        | Q(phone__icontains=text)
        | Q(contact_phone__icontains=text)
        | Q(customer_code__iexact=text)
    )
    hit |= Q(firm__name__icontains=text)
    digits = text.replace("-", "").replace(" ", "")
    if digits.isdigit():
        hit |= Q(firm__nip__startswith=digits)
    name = Q()
    for word in text.split():
        name &= Q(first_name__icontains=word) | Q(last_name__icontains=word)
    return rows.filter(hit | name)


def _digits(number: F | Value) -> Func:
    return Func(number, function="members_phone", output_field=TextField())


def with_contact(kind: str, contact: str) -> QuerySet[Member]:
    """Members with that address ("email") or number ("phone", however either is written) as it is known from enrollment, the
    oldest first; merged ones too, which keep what they were found by.
    """
    if kind == "email":
        rows = Member.objects.filter(same_address(contact))
    else:
        rows = Member.objects.alias(digits=_digits(F("phone"))).filter(digits=_digits(Value(contact)))
    return rows.order_by("created_at", "pk")


def known_by(kind: str, contact: str) -> Member | None:
    """The member who has that address or number, or has had it."""
    found = with_contact(kind, contact).select_related("merged_into").first()
    return found and (found.merged_into or found)


def merged_into(member_id: UUID) -> list[UUID]:
    """Members who turned out to be this one."""
    return list(Member.objects.filter(merged_into=member_id).order_by("pk").values_list("pk", flat=True))


def names_of(member_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Names of several members, in one query."""
    rows = Member.objects.select_related("firm").filter(pk__in=set(member_ids))
    return {row.pk: row.name for row in rows}
