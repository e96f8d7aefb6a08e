"""Faults 28 to 32, 35 and 49 of the design: the wall between wholesalers when something goes wrong on one side of it."""

from __future__ import annotations

import base64
import secrets
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, connections, transaction
from django.test import override_settings

from kolektor.config.tasks import TaskWithoutTenant, drain
from kolektor.identity.services import ensure_person
from kolektor.kernel import vault
from kolektor.kernel.errors import DomainError
from kolektor.kernel.tenant import PUBLIC, current_schema, tenant_context
from kolektor.network import provisioning
from kolektor.network.models import Wholesaler
from tenants.members import services as members
from tenants.members.models import Firm, Member

NAMES = [
    "w_alfa; DROP SCHEMA w_beta",
    'w_alfa"',
    "w_alfa'--",
    "w_alfa, w_beta",
    "pg_catalog",
    "W_ALFA ",
    "w_" + "a" * 80,
    "",
]


@pytest.fixture
def member(alfa: Any) -> Member:
    with tenant_context(alfa):
        return members.enroll(person=ensure_person(email="jan@example.com", first_name="Jan"))


@pytest.mark.parametrize("name", NAMES)
def test_28_a_schema_name_is_never_a_statement(alfa: Any, beta: Any, name: str) -> None:
    with pytest.raises((ValidationError, DatabaseError)), transaction.atomic():
        Wholesaler(slug="x", name="X", network=alfa.network, schema_name=name).save()
    with pytest.raises(DomainError):
        provisioning.provision(slug=name, network="proba", name="X")
    with tenant_context(beta):
        assert Member.objects.count() == 0


def test_29_a_savepoint_that_is_rolled_back_after_a_switch_leaves_the_schema_right(
    member: Member, alfa: Any, beta: Any
) -> None:
    with tenant_context(alfa):
        with pytest.raises(RuntimeError), transaction.atomic():
            Firm.objects.create(name="Cofnięta")
            with tenant_context(beta), transaction.atomic():
                Firm.objects.create(name="U sąsiada, cofnięta")
                raise RuntimeError
        assert current_schema() == alfa.schema_name
        assert Member.objects.get().email == "jan@example.com"
        assert not Firm.objects.exists()
        Firm.objects.create(name="U siebie")
    with tenant_context(beta):
        assert not Firm.objects.exists()


@pytest.mark.parametrize("failing", ["python", "database"])
def test_30_a_connection_that_is_used_again_after_an_exception_is_nobodys(
    member: Member, alfa: Any, beta: Any, failing: str
) -> None:
    with pytest.raises((RuntimeError, DatabaseError)), transaction.atomic(), tenant_context(alfa):
        if failing == "python":
            raise RuntimeError
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1/0")
    assert current_schema() == PUBLIC
    with pytest.raises(DatabaseError), transaction.atomic():
        Member.objects.count()
    with tenant_context(beta):
        assert not Member.objects.exists()


def test_31_a_task_without_a_tenant_fails_closed(alfa: Any) -> None:
    for schema in ("", PUBLIC, "w_nie_ma"):
        with pytest.raises(TaskWithoutTenant):
            drain(schema)


def test_32_cache_thread_and_lazy_query_see_nothing_of_another(member: Member, alfa: Any, beta: Any) -> None:
    with tenant_context(alfa):
        cache.set("balance", "of alfa")
        lazy = Member.objects.all()
        assert cache.get("balance") == "of alfa"
    with tenant_context(beta):
        assert cache.get("balance") is None
        # read where it is used, not where it was made
        assert list(lazy) == []
    assert cache.get("balance") is None

    def elsewhere() -> str:
        try:
            return current_schema()
        finally:
            connection.close()

    with tenant_context(alfa), ThreadPoolExecutor(1) as threads:
        assert threads.submit(elsewhere).result() == PUBLIC


@pytest.mark.django_db(databases=["default", "hq"])
@pytest.mark.parametrize("table", ["members_member", "ledger_transfer", "sales_document", "audit_auditentry"])
def test_35_the_role_of_headquarters_opens_no_tenants_schema(alfa: Any, table: str) -> None:
    with pytest.raises(DatabaseError, match="permission denied for schema"), transaction.atomic(using="hq"):
        connections["hq"].cursor().execute(f"SELECT count(*) FROM {alfa.schema_name}.{table}")


class TestFault49:
    """A stolen dump: what is sealed stays sealed, and a new master key loses nothing."""

    def key(self) -> str:
        return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()

    def test_49_without_the_master_key_nothing_opens(self, alfa: Any) -> None:
        with tenant_context(alfa):
            sealed = vault.encrypt("KOD-1234")
        assert b"KOD-1234" not in sealed
        with override_settings(MASTER_KEYS=(self.key(),)), tenant_context(alfa), pytest.raises(DomainError) as refused:
            vault.decrypt(sealed)
        assert refused.value.code == "VAULT_UNREADABLE"

    def test_49_another_wholesalers_key_opens_nothing(self, alfa: Any, beta: Any) -> None:
        with tenant_context(alfa):
            sealed = vault.encrypt("KOD-1234")
        with tenant_context(beta), pytest.raises(DomainError):
            vault.decrypt(sealed)

    def test_49_a_new_key_is_put_first_and_nothing_is_lost(self, alfa: Any, settings: Any) -> None:
        with tenant_context(alfa):
            before = vault.encrypt("stary")
            kept = settings.MASTER_KEYS
            with override_settings(MASTER_KEYS=(self.key(), *kept)):
                after = vault.encrypt("nowy")
                assert (vault.decrypt(before), vault.decrypt(after)) == ("stary", "nowy")
            # what the new key sealed, the old one alone does not open
            with pytest.raises(DomainError):
                vault.decrypt(after)
