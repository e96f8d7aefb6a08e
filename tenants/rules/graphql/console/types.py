"""Rules, their versions, and what a draft would give."""

from __future__ import annotations

import json
from typing import Any

import graphene

from kolektor.api import timeline
from kolektor.api.kits import CONSOLE, ConsoleTimelineEvent
from kolektor.api.scalars import Points
from kolektor.api.schema import Type
from kolektor.audit.selectors import timelines
from kolektor.kernel.errors import DomainError
from tenants.members.selectors import staff_names
from tenants.rules import selectors
from tenants.rules.models import RuleVersion
from tenants.rules.selectors import RuleRow


class Rule(Type):
    """One rule version: DRAFT, SCHEDULED (published, not begun), LIVE, ENDED (its last day is over), RETIRED"""

    class Meta:
        kit = CONSOLE

    id = graphene.ID(required=True, description="Of the version.")
    rule_id = graphene.ID(required=True)
    code = graphene.String(required=True)
    name = graphene.String(required=True)
    version = graphene.Int(required=True)
    state = graphene.String(required=True)
    valid_from = graphene.Date()
    valid_until = graphene.Date()
    sentence = graphene.String(required=True, description="The rule read back in the reader's language.")
    points_given = graphene.Field(Points, required=True, description="Corrections taken off.")
    budget = graphene.Field(Points)
    spent = graphene.Field(Points, required=True, description="Of the budget.")
    body = graphene.String(required=True, description="The rule as JSON text, in the form of docs/rules.md.")
    timeline = graphene.List(
        graphene.NonNull(ConsoleTimelineEvent), required=True, description="Of the rule, all versions."
    )


class RulePreviewRow(Type):
    """One invoice under a draft"""

    class Meta:
        kit = CONSOLE

    document_id = graphene.ID(required=True)
    number = graphene.String(required=True)
    sale_date = graphene.Date(required=True)
    buyer = graphene.String(required=True)
    given = graphene.Field(Points, required=True, description="By all rules, as it really was.")
    by_this_rule = graphene.Field(Points, required=True, description="Of that, by the rule that is drafted anew.")
    by_draft = graphene.Field(Points, required=True, description="What the draft would give.")


class RulePreview(Type):
    """A draft read back, and its effect on the latest invoices that it fits"""

    class Meta:
        kit = CONSOLE

    sentence_pl = graphene.String(required=True)
    sentence_en = graphene.String(required=True)
    looked_through = graphene.Int(required=True, description="How many of the latest invoices were looked through.")
    rows = graphene.List(graphene.NonNull(RulePreviewRow), required=True)


class RuleOption(Type):
    """A value that a condition may ask for"""

    class Meta:
        kit = CONSOLE

    value = graphene.String(required=True)
    label = graphene.String(required=True)


class RuleOptions(Type):
    """What conditions can be made of"""

    class Meta:
        kit = CONSOLE

    brands = graphene.List(graphene.NonNull(RuleOption), required=True)
    suppliers = graphene.List(graphene.NonNull(RuleOption), required=True)
    categories = graphene.List(graphene.NonNull(RuleOption), required=True)


def rule_types(rows: list[RuleRow]) -> list[Rule]:
    """Rows with the timelines of their rules, in two more queries."""
    entries = timelines("rule", {row.rule_id for row in rows})
    names = staff_names(entry.actor for trail in entries.values() for entry in trail if entry.actor)
    return [
        Rule(
            id=str(row.id),
            rule_id=str(row.rule_id),
            code=row.code,
            name=row.name,
            version=row.version,
            state=row.state,
            valid_from=row.valid_from,
            valid_until=row.valid_until,
            sentence=row.sentence,
            points_given=row.points_given,
            budget=row.budget,
            spent=row.spent,
            body=json.dumps(row.body, ensure_ascii=False),
            timeline=timeline.events(entries[str(row.rule_id)], names=names),
        )
        for row in rows
    ]


def rule_type(version: RuleVersion) -> Rule:
    """One version."""
    return rule_types(selectors.rows_of([version]))[0]


def body_of(text: str) -> Any:
    """A rule's JSON text. Raises DomainError BAD_JSON."""
    try:
        return json.loads(text)
    except ValueError as error:
        raise DomainError("BAD_JSON", field="body") from error
