"""Rules: the list, one version, what conditions can be made of, and a draft tried out."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import CONSOLE
from kolektor.api.permissions import reads_offer
from kolektor.api.scalars import uuid_of
from tenants.members import selectors as members
from tenants.rules import selectors, services
from tenants.rules.graphql.console.types import (
    Rule,
    RuleOption,
    RuleOptions,
    RulePreview,
    RulePreviewRow,
    body_of,
    rule_types,
)
from tenants.rules.preview import preview


@CONSOLE.query(graphene.NonNull(graphene.List(graphene.NonNull(Rule))), permission=reads_offer)
def rules(_info: Any) -> list[Rule]:
    """Every rule's versions, the live ones first."""
    return rule_types(selectors.rules())


@CONSOLE.query(Rule, permission=reads_offer, id=graphene.ID(required=True))
def rule(_info: Any, id: str) -> Rule | None:
    """One version, or null."""
    found = rule_types(selectors.version_rows(uuid_of(id)))
    return found[0] if found else None


@CONSOLE.query(graphene.NonNull(RuleOptions), permission=reads_offer)
def rule_options(_info: Any) -> RuleOptions:
    """Brands and suppliers of the network, categories of the wholesaler's own products."""
    found = selectors.options()
    return RuleOptions(
        brands=[RuleOption(value=value, label=label) for value, label in found.brands],
        suppliers=[RuleOption(value=value, label=label) for value, label in found.suppliers],
        categories=[RuleOption(value=value, label=value) for value in found.categories],
    )


@CONSOLE.query(
    graphene.NonNull(RulePreview),
    permission=reads_offer,
    body=graphene.String(required=True, description="JSON text, in the form of docs/rules.md; without a code."),
    rule_id=graphene.ID(),
)
def rule_preview(_info: Any, body: str, rule_id: str | None = None) -> RulePreview:
    """What a draft would give for the latest invoices that it fits. Writes nothing."""
    draft = services.read_draft(body=body_of(body), rule_id=uuid_of(rule_id, "ruleId") if rule_id else None)
    found = preview(draft=draft)
    polish, english = selectors.sentences(draft.spec)
    buyers = members.names_of(row.member_id for row in found.rows)
    return RulePreview(
        sentence_pl=polish,
        sentence_en=english,
        looked_through=found.looked_through,
        rows=[
            RulePreviewRow(
                document_id=str(row.document_id),
                number=row.number,
                sale_date=row.sale_date,
                buyer=buyers.get(row.member_id, "—"),
                given=row.given,
                by_this_rule=row.by_this_rule,
                by_draft=row.by_draft,
            )
            for row in found.rows
        ],
    )
