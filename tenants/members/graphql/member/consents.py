"""The member's consents."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import MEMBER
from kolektor.api.permissions import is_member
from kolektor.api.schema import Type
from kolektor.kernel.language import reader_language
from tenants.members import consents as texts
from tenants.members import selectors
from tenants.members.graphql.viewer import member_of
from tenants.members.models import Consent as ConsentRow
from tenants.members.models import Member
from tenants.program import selectors as program


class ConsentDecision(Type):
    """One decision of the past."""

    class Meta:
        kit = MEMBER

    given = graphene.Boolean(required=True)
    at = graphene.DateTime(required=True)
    text_version = graphene.String(required=True)
    text = graphene.String(required=True, description="The sentence of that version, in the reader's language.")
    channel = graphene.String(required=True, description="app, console or import.")


class Consent(Type):
    """One kind of consent: how it stands, the sentence to agree to, and every decision, youngest first."""

    class Meta:
        kit = MEMBER

    kind = graphene.String(required=True, description="email, sms, push or profiling.")
    given = graphene.Boolean(required=True)
    at = graphene.DateTime(description="When it was last decided; null if never.")
    text = graphene.String(required=True)
    text_version = graphene.String(required=True)
    history = graphene.List(graphene.NonNull(ConsentDecision), required=True)


def consent_types(member: Member) -> list[Consent]:
    """All kinds, also those that were never decided; in two queries."""
    name = program.settings().name
    language = reader_language()
    decided: dict[str, list[ConsentRow]] = {}
    for row in selectors.consent_history(member.pk):
        decided.setdefault(row.kind, []).append(row)

    def sentence(kind: str, version: str) -> str:
        return texts.text(kind, version=version, program=name, language=language)

    return [
        Consent(
            kind=kind,
            given=bool(rows) and rows[0].given,
            at=rows[0].at if rows else None,
            text=sentence(kind, texts.CURRENT),
            text_version=texts.CURRENT,
            history=[
                ConsentDecision(
                    given=row.given,
                    at=row.at,
                    text_version=row.text_version,
                    text=sentence(kind, row.text_version),
                    channel=row.channel,
                )
                for row in rows
            ],
        )
        for kind, rows in ((kind, decided.get(kind, [])) for kind in ConsentRow.Kind.values)
    ]


@MEMBER.query(graphene.NonNull(graphene.List(graphene.NonNull(Consent))), permission=is_member)
def consents(info: Any) -> list[Consent]:
    """The member's consents at this wholesaler."""
    return consent_types(member_of(info))
