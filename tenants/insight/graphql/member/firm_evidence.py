"""Who of the member's firm got what."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import MEMBER
from kolektor.api.permissions import is_member
from kolektor.kernel.errors import Forbidden
from tenants.insight import firm_evidence as evidence
from tenants.insight.graphql.evidence_types import evidence_type
from tenants.members import firms
from tenants.members.graphql.viewer import member_of

FirmEvidence, _convert = evidence_type(MEMBER)


@MEMBER.query(
    graphene.NonNull(graphene.List(graphene.NonNull(FirmEvidence))),
    permission=is_member,
    year=graphene.Int(required=True),
)
def firm_evidence(info: Any, year: int) -> list[Any]:
    """Who of the member's own firm got what in a calendar year (Poland). For its owner only."""
    member = member_of(info)
    if member.firm is None or member.firm_role != firms.OWNER:
        raise Forbidden()
    return [_convert(row) for row in evidence.of_year(member.firm, year)]
