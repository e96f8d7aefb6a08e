"""Draft, publish and end rules. A published version is never edited: changed content is a new version, and the version
before it is retired or ended.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import chain, count
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify

from kolektor.audit import services as audit
from kolektor.kernel import clock
from kolektor.kernel.errors import DomainError, NotFound
from kolektor.kernel.tenant import public_context, require_tenant
from kolektor.network import selectors as network
from tenants.ledger import services as ledger
from tenants.rules.models import Rule, RuleVersion
from tenants.rules.spec import Resolver, RuleDraft, parse_file, parse_rule

# what a rule of the console is told its faults under
DRAFT = "rule"


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
    rule = _named(draft)
    last = rule.versions.exclude(state=RuleVersion.State.DRAFT).order_by("-number").first()
    wanted = (RuleVersion.State.LIVE, draft.spec, draft.valid_from, draft.valid_until)
    if last is not None and (last.state, last.spec, last.valid_from, last.valid_until) == wanted:
        return Applied(draft.code, last.number, "unchanged")
    version = _drafted(rule, draft)
    _go_live(version, actor)
    return Applied(draft.code, version.number, "published")


def _named(draft: RuleDraft) -> Rule:
    rule, _ = Rule.objects.update_or_create(
        code=draft.code, defaults={"name_pl": draft.name_pl, "name_en": draft.name_en}
    )
    return rule


def _drafted(rule: Rule, draft: RuleDraft) -> RuleVersion:
    """The rule's one draft, with this content."""
    version = rule.versions.filter(state=RuleVersion.State.DRAFT).first()
    if version is None:
        last = rule.versions.order_by("-number").first()
        version = RuleVersion(rule=rule, number=(last.number if last else 0) + 1, state=RuleVersion.State.DRAFT)
    version.spec, version.valid_from, version.valid_until = draft.spec, draft.valid_from, draft.valid_until
    version.save()
    version.refresh_from_db()
    return version


def _go_live(version: RuleVersion, actor: UUID | None) -> None:
    _end_before(version)
    version.state = RuleVersion.State.LIVE
    version.published_at = clock.now()
    version.published_by = actor
    version.save(update_fields=["state", "published_at", "published_by"])
    _record("published", version, actor)


def _record(verb: str, version: RuleVersion, actor: UUID | None, **data: Any) -> None:
    audit.record(
        action=f"rule.{verb}",
        object_type="rule",
        object_id=version.rule_id,
        actor=actor,
        version=version.number,
        **data,
    )


def _end_before(version: RuleVersion) -> None:
    """A version that starts on a day leaves earlier sales to the versions before it; one without a start replaces them."""
    for other in RuleVersion.objects.filter(rule_id=version.rule_id, state=RuleVersion.State.LIVE):
        if version.valid_from is None or (other.valid_from and other.valid_from >= version.valid_from):
            RuleVersion.objects.filter(pk=other.pk).update(state=RuleVersion.State.RETIRED)
        elif other.valid_until is None or other.valid_until >= version.valid_from:
            RuleVersion.objects.filter(pk=other.pk).update(valid_until=version.valid_from - timedelta(days=1))


def read_draft(*, body: Any, rule_id: UUID | None = None) -> RuleDraft:
    """Check a rule as the console sends it; a new one gets its code from its name. Raises NotFound, DomainError BAD_RULE."""
    if not isinstance(body, dict):
        raise DomainError("BAD_RULE", field="", reason="object_expected", value="")
    code = _rule(rule_id).code if rule_id else _free_code(body.get("name"))
    return parse_rule({**body, "code": code}, DRAFT, _resolver())


def _rule(rule_id: UUID) -> Rule:
    rule = Rule.objects.filter(pk=rule_id).first()
    if rule is None:
        raise NotFound("ruleId")
    return rule


def _free_code(name: Any) -> str:
    text = name.get("pl", "") if isinstance(name, dict) else name
    plain = str(text or "").translate({ord("ł"): "l", ord("Ł"): "L"})  # the one letter that does not fall apart
    base = slugify(plain)[:50].strip("-") or "regula"
    taken = set(Rule.objects.filter(code__startswith=base).values_list("code", flat=True))
    return next(code for code in chain([base], (f"{base}-{number}" for number in count(2))) if code not in taken)


@transaction.atomic
def save_draft(*, body: Any, rule_id: UUID | None = None, actor: UUID | None = None) -> RuleVersion:
    """Keep a draft: of a new rule, or the next version of a known one. A rule has at most one draft; it awards nothing.

    Raises NotFound, DomainError BAD_RULE with the path of the fault.
    """
    draft = read_draft(body=body, rule_id=rule_id)
    ledger.lock_bulk_lane()
    version = _drafted(_named(draft), draft)
    _record("drafted", version, actor)
    return version


def _version(version_id: UUID, *states: RuleVersion.State) -> RuleVersion:
    version = RuleVersion.objects.select_for_update(of=("self",)).select_related("rule").filter(pk=version_id).first()
    if version is None:
        raise NotFound("id")
    if version.state not in states:
        raise DomainError("RULE_NOT_READY", field="id")
    return version


@transaction.atomic
def publish(*, version_id: UUID, actor: UUID | None = None) -> RuleVersion:
    """Put a draft in force, from its first day on. Raises NotFound, DomainError RULE_NOT_READY."""
    ledger.lock_bulk_lane()
    version = _version(version_id, RuleVersion.State.DRAFT)
    _go_live(version, actor)
    return version


@transaction.atomic
def discard_draft(*, version_id: UUID, actor: UUID | None = None) -> None:
    """Drop a draft, and its rule if it never had anything else. Raises NotFound, DomainError RULE_NOT_READY."""
    version = _version(version_id, RuleVersion.State.DRAFT)
    _record("discarded", version, actor)
    version.delete()
    if not version.rule.versions.exists():
        version.rule.delete()


@transaction.atomic
def end(*, version_id: UUID, actor: UUID | None = None) -> RuleVersion:
    """Let a published version end: today is its last day; one that has not begun is retired. What it gave stays.

    Raises NotFound, DomainError RULE_NOT_READY.
    """
    ledger.lock_bulk_lane()
    version = _version(version_id, RuleVersion.State.LIVE)
    today = clock.local_today()
    if version.valid_from and version.valid_from > today:
        version.state = RuleVersion.State.RETIRED
    elif version.valid_until is None or version.valid_until > today:
        version.valid_until = today
    else:
        raise DomainError("RULE_NOT_READY", field="id")
    version.save(update_fields=["state", "valid_until"])
    _record("ended", version, actor)
    return version
