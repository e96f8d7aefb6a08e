"""The program's terms, for a member."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import MEMBER
from kolektor.api.permissions import is_member
from kolektor.api.schema import Type
from kolektor.kernel.language import reader_language
from tenants.members import terms as standing_of
from tenants.members.graphql.viewer import member_of
from tenants.members.terms import Standing


class Terms(Type):
    """The version in force, and whether the member agreed to it."""

    class Meta:
        kit = MEMBER

    version = graphene.Int(required=True)
    text = graphene.String(required=True, description="Plain, in the reader's language.")
    published_at = graphene.DateTime(required=True)
    accepted_at = graphene.DateTime(description="Null: not yet; points cannot be spent before.")


def terms_type(standing: Standing) -> Terms:
    """The terms as the app reads them."""
    row = standing.terms
    english = reader_language() == "en"
    return Terms(
        version=row.number,
        text=row.text_en if english else row.text_pl,
        published_at=row.published_at,
        accepted_at=standing.accepted_at,
    )


@MEMBER.query(Terms, permission=is_member)
def terms(info: Any) -> Terms | None:
    """The program's terms; null while none were published."""
    found = standing_of.standing(member_of(info).pk)
    return terms_type(found) if found is not None else None
