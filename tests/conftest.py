"""Test databases: built once as the role `owner`, cloned per worker, used as the role `app` — what is tested is what is run.

Fixtures
- `alfa`, `beta`: two wholesalers of one network with settings; a test runs in a transaction that is rolled back.
- `fresh`: a factory of wholesalers with schemas of their own, for tests that commit; dropped afterwards.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg2
import pytest

from kolektor.embedded import home as embedded_home
from kolektor.embedded import postgres
from tests.shared_data import CHECKOUT

TEMPLATE = "test_template"


def pytest_configure(config: pytest.Config) -> None:
    """Suites may report how many cases they tried."""
    from tests.tally import Reporter

    reporter = Reporter()
    config.pluginmanager.register(reporter, "kolektor-tallies")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests run last and in one worker."""
    items.sort(key=lambda item: "e2e" in str(item.path))


def _migrations_stamp() -> str:
    """Changes with any file that shapes the database."""
    import hashlib

    digest = hashlib.sha256()
    for base in ("platform", "tenants", "catalog"):
        for path in sorted((CHECKOUT / base).rglob("*")):
            if path.suffix in {".py", ".sql"} and ("migrations" in path.parts or "sql" in path.parts or path.name in {
                "provisioning.py", "append_only.py", "models.py", "services.py", "settings.py"}):  # fmt: skip
                digest.update(path.read_bytes())
    return digest.hexdigest()


def _as_role(role: str) -> None:
    from django.db import connection

    connection.close()
    connection.settings_dict["USER"] = f"kolektor_{role}"


def _use_database(name: str) -> None:
    from django.db import connections

    for alias in connections:
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name


def _build_template(home: Path) -> None:
    """`public` and the two standard wholesalers, migrated once and kept until a migration changes."""
    stamp = home / "template.stamp"
    wanted = _migrations_stamp()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    postgres.drop_database(home, TEMPLATE)
    postgres.ensure_database(home, TEMPLATE)
    _use_database(TEMPLATE)
    _as_role("owner")
    from tenants.program.onboarding import create_wholesaler

    for slug, nip in (("alfa", "5260250274"), ("beta", "7740001454")):
        create_wholesaler(slug=slug, network="proba", name=slug.title(), nip=nip)
    create_wholesaler(slug="gamma", network="inna", name="Gamma")
    _use_database(TEMPLATE)
    stamp.write_text(wanted)


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[None]:
    """One database per xdist worker, cloned from the template."""
    home = embedded_home.state_home()
    name = os.environ["KOLEKTOR_DATABASE"]
    postgres.ensure(home)
    with django_db_blocker.unblock():
        with embedded_home.locked(home, "test-template"):
            _build_template(home)
            clone(name)
        _use_database(name)
        _as_role("app")
    yield
    with django_db_blocker.unblock():
        _use_database(name)
    postgres.drop_database(home, name)


def clone(name: str) -> None:
    """A new database with the template's content and rights."""
    home = embedded_home.state_home()
    postgres.drop_database(home, name)
    connection = psycopg2.connect(postgres.superuser_dsn(home, "postgres"))
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{TEMPLATE}" OWNER kolektor_owner')
            # a statement that would hang fails and is named
            cursor.execute(f"ALTER DATABASE \"{name}\" SET statement_timeout = '120s'")
    finally:
        connection.close()
    # rights on the database itself are not cloned
    roles = psycopg2.connect(postgres.superuser_dsn(home, name))
    roles.autocommit = True
    try:
        with roles.cursor() as cursor:
            cursor.execute(postgres.roles_sql())
    finally:
        roles.close()


@pytest.fixture
def superuser() -> Iterator[Any]:
    """A cursor of the database's superuser, autocommit, for tampering."""
    connection = psycopg2.connect(postgres.superuser_dsn(embedded_home.state_home(), os.environ["KOLEKTOR_DATABASE"]))
    connection.autocommit = True
    with connection.cursor() as cursor:
        yield cursor
    connection.close()


def _named(slug: str) -> Any:
    from kolektor.network.selectors import wholesaler_named

    wholesaler = wholesaler_named(slug)
    assert wholesaler is not None
    return wholesaler


@pytest.fixture
def alfa(db: None) -> Any:
    """A live wholesaler (NIP 5260250274). Enter it with `tenant_context`."""
    return _named("alfa")


@pytest.fixture
def beta(db: None) -> Any:
    """Its competitor in the same network (NIP 7740001454)."""
    return _named("beta")


@pytest.fixture
def in_alfa(alfa: Any) -> Iterator[Any]:
    """The test runs in alfa's schema."""
    from kolektor.kernel.tenant import tenant_context

    with tenant_context(alfa):
        yield alfa


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Database access without the rolled-back transaction. Use only with wholesalers made by `fresh`."""
    with django_db_blocker.unblock():
        yield
        from django.db import connection

        connection.set_schema_to_public()  # type: ignore[attr-defined]


@pytest.fixture
def fresh(committed: None) -> Iterator[Callable[..., Any]]:
    """Make wholesalers that really exist: `fresh("one", nip="…")`. Their schemas are dropped afterwards."""
    made: list[Any] = []

    def make(slug: str, *, nip: str = "", network: str = "swieza") -> Any:
        from tenants.program.onboarding import create_wholesaler

        _as_role("owner")
        try:
            wholesaler = create_wholesaler(slug=slug, network=network, name=slug.title(), nip=nip)
        finally:
            _as_role("app")
        made.append(wholesaler)
        return wholesaler

    yield make
    _drop(made)


def _drop(wholesalers: list[Any]) -> None:
    connection = psycopg2.connect(postgres.superuser_dsn(embedded_home.state_home(), os.environ["KOLEKTOR_DATABASE"]))
    connection.autocommit = True
    with connection.cursor() as cursor:
        for wholesaler in wholesalers:
            cursor.execute(f'DROP SCHEMA IF EXISTS "{wholesaler.schema_name}" CASCADE')
            for table in ("network_domain", "network_passport"):
                column = "tenant_id" if table == "network_domain" else "wholesaler_id"
                cursor.execute(f"DELETE FROM {table} WHERE {column} = %s", [str(wholesaler.pk)])
            cursor.execute("DELETE FROM network_wholesaler WHERE id = %s", [str(wholesaler.pk)])
    connection.close()
