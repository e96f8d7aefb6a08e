"""The three database roles: what each may do to the database as such."""

from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest
from psycopg2 import errors

from kolektor.embedded import EmbeddedError, postgres
from tests.embedded.conftest import query, remove


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One server for this module: no test here changes what another sees."""
    folder = tmp_path_factory.mktemp("roles") / "state"
    postgres.ensure(folder)
    yield folder
    remove(folder)


def test_no_role_is_a_superuser_and_only_the_owner_makes_databases(home: Path) -> None:
    rows = query(
        postgres.superuser_dsn(home),
        "SELECT rolname::text, rolcanlogin, rolsuper, rolcreatedb, rolcreaterole, rolbypassrls "
        "FROM pg_roles WHERE rolname LIKE 'kolektor%' ORDER BY 1",
    )
    assert rows == [
        ("kolektor_app", True, False, False, False, False),
        ("kolektor_hq", True, False, False, False, False),
        ("kolektor_owner", True, False, True, False, False),
    ]


def test_the_owner_makes_schemas_and_tables(home: Path) -> None:
    owner = postgres.address(home).dsn(postgres.OWNER)
    query(owner, "CREATE SCHEMA tenant")
    query(owner, "CREATE TABLE tenant.row (n int)")
    query(owner, "CREATE TABLE shared_row (n int)")
    query(owner, "DROP TABLE shared_row")
    query(owner, "DROP SCHEMA tenant CASCADE")


@pytest.mark.parametrize("role", [postgres.APP, postgres.HQ])
@pytest.mark.parametrize(
    "statement",
    [
        "CREATE SCHEMA mine",
        "CREATE TABLE public.mine (n int)",
        "CREATE TEMP TABLE mine (n int)",
        "CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE DATABASE mine",
        "CREATE EXTENSION hstore",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "SELECT pg_read_file('PG_VERSION')",
        "SET ROLE kolektor_owner",
    ],
)
def test_the_other_roles_make_nothing(home: Path, role: str, statement: str) -> None:
    with pytest.raises(errors.InsufficientPrivilege):
        query(postgres.address(home).dsn(role), statement)


def test_a_role_that_is_not_of_the_three_may_not_connect(home: Path) -> None:
    query(postgres.superuser_dsn(home), "CREATE ROLE stranger LOGIN")
    with pytest.raises(psycopg2.OperationalError, match="permission denied for database"):
        query(postgres.address(home).dsn("stranger"), "SELECT 1")


def test_another_database_has_the_same_rights(home: Path) -> None:
    name = 'odd "name"'
    address = postgres.ensure_database(home, name)
    assert postgres.ensure_database(home, name) == address
    query(address.dsn(postgres.OWNER), "CREATE SCHEMA tenant")
    with pytest.raises(errors.InsufficientPrivilege):
        query(address.dsn(postgres.APP), "CREATE SCHEMA mine")
    assert query(address.url(postgres.HQ), "SELECT current_database()::text") == [(name,)]
    session = psycopg2.connect(address.dsn(postgres.APP))
    postgres.drop_database(home, name)
    with pytest.raises(psycopg2.OperationalError, match="does not exist"):
        query(address.dsn(postgres.OWNER), "SELECT 1")
    session.close()
    postgres.drop_database(home, name)


def test_the_main_database_is_not_dropped(home: Path) -> None:
    with pytest.raises(EmbeddedError, match="not one to drop"):
        postgres.drop_database(home, "kolektor")
    assert query(postgres.address(home).dsn(postgres.APP), "SELECT 1") == [(1,)]


def test_the_sql_takes_rights_back_that_someone_gave(home: Path) -> None:
    address = postgres.ensure_database(home, "loosened")
    superuser = postgres.superuser_dsn(home, "loosened")
    query(superuser, "GRANT CREATE ON DATABASE loosened TO PUBLIC, kolektor_app")
    query(superuser, "GRANT CREATE ON SCHEMA public TO PUBLIC, kolektor_app")
    query(superuser, postgres.roles_sql())
    for statement in ("CREATE SCHEMA mine", "CREATE TABLE public.mine (n int)"):
        with pytest.raises(errors.InsufficientPrivilege):
            query(address.dsn(postgres.APP), statement)


def test_preparing_again_leaves_the_roles_untouched(home: Path) -> None:
    """Roles belong to the whole server: two databases that are prepared at once must not both write them."""
    postgres.ensure(home)
    superuser = postgres.superuser_dsn(home)
    seen = "SELECT rolname, xmin::text FROM pg_authid WHERE rolname LIKE 'kolektor%' ORDER BY 1"
    before = query(superuser, seen)
    query(superuser, postgres.roles_sql())
    assert len(before) == 3
    assert query(superuser, seen) == before
