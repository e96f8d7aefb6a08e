"""A wholesaler from nothing to live: restartable, refuses bad names, and migrations that fail alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from kolektor.kernel.errors import DomainError
from kolektor.network import provisioning
from kolektor.network.models import Domain, Wholesaler
from tenants.program.models import ProgramSettings
from tenants.program.onboarding import create_wholesaler
from tests import conftest


@pytest.mark.parametrize(
    ("slug", "code"),
    [
        ("", "BAD_SLUG"), ("Alfa", "BAD_SLUG"), ("1a", "BAD_SLUG"), ("a_b", "BAD_SLUG"), ("a-", "BAD_SLUG"),
        ('x"; DROP SCHEMA public; --', "BAD_SLUG"), ("a" * 41, "BAD_SLUG"), ("id", "SLUG_RESERVED"),
        ("hq", "SLUG_RESERVED"), ("public", "SLUG_RESERVED"), ("alfa\n", "BAD_SLUG"),
    ],
)  # fmt: skip
def test_bad_slugs_are_refused(db: None, slug: str, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        provisioning.provision(slug=slug, network="proba", name="X")
    assert refused.value.code == code
    assert not Wholesaler.objects.filter(slug=slug).exists()


def test_a_slug_of_another_network_is_taken(db: None) -> None:
    with pytest.raises(DomainError) as refused:
        provisioning.provision(slug="gamma", network="proba", name="X")
    assert refused.value.code == "SLUG_TAKEN"


def test_creating_again_changes_nothing(fresh: Callable[..., Any]) -> None:
    first = fresh("raz")
    again = fresh("raz")
    assert (first.pk, again.state) == (again.pk, "live")
    assert Domain.objects.filter(tenant=first).count() == 1


@pytest.mark.parametrize("step", ["build_schema", "grant_rights", "go_live"])
def test_a_creation_that_was_cut_off_is_finished_by_the_next(
    fresh: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    real = getattr(provisioning, step)
    calls = []

    def dies(*args: Any, **kwargs: Any) -> Any:
        calls.append(step)
        # grant_rights runs for `public` first: die in the wholesaler's own schema
        if step == "grant_rights" and connection.schema_name == "public":  # type: ignore[attr-defined]
            return real(*args, **kwargs)
        raise RuntimeError("power cut")

    monkeypatch.setattr(provisioning, step, dies)
    slug = f"ciety-{step.replace('_', '-')}"
    with pytest.raises(RuntimeError, match="power cut"):
        fresh(slug)
    assert calls
    monkeypatch.undo()
    wholesaler = fresh(slug)
    assert wholesaler.state == "live"
    from kolektor.kernel.tenant import tenant_context

    with tenant_context(wholesaler):
        assert ProgramSettings.objects.count() == 1


def test_one_failing_tenant_stops_no_other(fresh: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    fresh("dobry")
    fresh("zepsuty")
    real = provisioning.migrate_schema

    def migrate(schema: str) -> None:
        if schema == "w_zepsuty":
            raise RuntimeError("broken")
        real(schema)

    monkeypatch.setattr(provisioning, "migrate_schema", migrate)
    told: list[str] = []
    conftest._as_role("owner")
    try:
        failed = provisioning.migrate_all(say=told.append)
    finally:
        conftest._as_role("app")
    assert failed == ["zepsuty"]
    assert any("dobry: done" in line for line in told)
    assert any("zepsuty: FAILED" in line for line in told)


def test_bad_nip_is_refused_before_anything_is_made(db: None) -> None:
    with pytest.raises(DomainError) as refused:
        create_wholesaler(slug="nowy", network="proba", name="Nowy", nip="1234567890")
    assert refused.value.code == "BAD_NIP"
    assert not Wholesaler.objects.filter(slug="nowy").exists()
