"""Publish rules: a new version for changed content, the version before it retired or ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from kolektor.audit import services as audit
from kolektor.kernel import clock
from kolektor.kernel.tenant import public_context, require_tenant
from kolektor.network import selectors as network
from tenants.ledger import services as ledger
from tenants.rules.models import Rule, RuleVersion
from tenants.rules.spec import Resolver, RuleDraft, parse_file


@dataclass(frozen=True, slots=True)
class Applied:
    """What `apply` did with one rule: "published" or "unchanged"."""

    code: str
    version: int
    action: str


@transaction.atomic
def apply(*, body: Any, actor: UUID | None = None) -> list[Applied]:
    """Publish every rule of the JSON form at once; rules not named stay as they are. Raises DomainError BAD_RULE.

    Takes the bulk lane's lock, so that an import never sees two versions within one chunk.
    """
    drafts = parse_file(body, _resolver())
    ledger.lock_bulk_lane()
    return [_publish(draft, actor) for draft in drafts]


def _resolver() -> Resolver:
    wholesaler = require_tenant()
    with public_context():
        brands = network.brands_of(wholesaler.network_id)
    ids = {("brand", row.slug): str(row.id) for row in brands}
    ids |= {("supplier", row.supplier_slug): str(row.supplier_id) for row in brands}
    return lambda field, slug: ids.get((field, slug))


def _publish(draft: RuleDraft, actor: UUID | None) -> Applied:
    rule, _ = Rule.objects.get_or_create(code=draft.code, defaults={"name_pl": draft.name_pl, "name_en": draft.name_en})
    Rule.objects.filter(pk=rule.pk).update(name_pl=draft.name_pl, name_en=draft.name_en)
    last = rule.versions.order_by("-number").first()
    wanted = (RuleVersion.State.LIVE, draft.spec, draft.valid_from, draft.valid_until)
    if last is not None and (last.state, last.spec, last.valid_from, last.valid_until) == wanted:
        return Applied(draft.code, last.number, "unchanged")
    _end_before(rule, draft)
    version = RuleVersion.objects.create(
        rule=rule,
        number=(last.number if last else 0) + 1,
        state=RuleVersion.State.LIVE,
        spec=draft.spec,
        valid_from=draft.valid_from,
        valid_until=draft.valid_until,
        published_at=clock.now(),
        published_by=actor,
    )
    audit.record(action="rule.published", object_type="rule", object_id=rule.pk, actor=actor, version=version.number)
    return Applied(draft.code, version.number, "published")


def _end_before(rule: Rule, draft: RuleDraft) -> None:
    """A version that starts on a day leaves earlier sales to the versions before it; one without a start replaces them."""
    for version in rule.versions.filter(state=RuleVersion.State.LIVE):
        if draft.valid_from is None or (version.valid_from and version.valid_from >= draft.valid_from):
            RuleVersion.objects.filter(pk=version.pk).update(state=RuleVersion.State.RETIRED)
        elif version.valid_until is None or version.valid_until >= draft.valid_from:
            RuleVersion.objects.filter(pk=version.pk).update(valid_until=draft.valid_from - timedelta(days=1))
