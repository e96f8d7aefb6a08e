"""The program's terms, for its staff."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import CONSOLE
from kolektor.api.permissions import reads_program
from kolektor.api.schema import Type
from tenants.members import terms as acceptance
from tenants.members.selectors import staff_names
from tenants.program import terms as published
from tenants.program.models import Terms


class TermsVersion(Type):
    """A published version of the terms."""

    class Meta:
        kit = CONSOLE

    number = graphene.Int(required=True)
    text_pl = graphene.String(required=True)
    text_en = graphene.String(required=True)
    published_at = graphene.DateTime(required=True)
    published_by = graphene.String()
    accepted = graphene.Int(required=True, description="How many members agreed to it.")


def versions() -> list[TermsVersion]:
    """All versions as the console reads them, the newest first; in three queries."""
    rows = published.versions()
    counts = acceptance.accepted_counts()
    names = staff_names(row.published_by for row in rows if row.published_by)
    return [_version(row, counts, names) for row in rows]


def _version(row: Terms, counts: dict[int, int], names: dict[str, str]) -> TermsVersion:
    return TermsVersion(
        number=row.number,
        text_pl=row.text_pl,
        text_en=row.text_en,
        published_at=row.published_at,
        published_by=names.get(str(row.published_by)),
        accepted=counts.get(row.number, 0),
    )


@CONSOLE.query(graphene.NonNull(graphene.List(graphene.NonNull(TermsVersion))), permission=reads_program)
def terms_versions(_info: Any) -> list[TermsVersion]:
    """Every version of the terms, the newest first."""
    return versions()
