"""One wholesaler as one file: dumped while everybody works, restored onto another server, equal row by row.

The file is a tar with the schema (pg_dump), the people and the network that it refers to, its files, and a manifest with a
digest of each part and of each table's content. Passwords and second factors of people are the platform's and stay there; what
the vault has encrypted stays encrypted: the other server needs the same master key. Runs as the role `owner`.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any, Final
from uuid import UUID

from django.core.files import File
from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction

from kolektor.audit import services as audit
from kolektor.embedded import postgres
from kolektor.identity.clients import ensure_client, forget_client
from kolektor.identity.models import Person
from kolektor.identity.oidc.outside_clients import forget_clients_of
from kolektor.kernel import vault
from kolektor.kernel.append_only import append_only_tables
from kolektor.kernel.errors import DomainError
from kolektor.kernel.tenant import public_context, tenant_context
from kolektor.network.hosts import network_host, wholesaler_host
from kolektor.network.models import Brand, Domain, Network, Opening, Supplier, Wholesaler
from kolektor.network.provisioning import grant_rights, migrate_schema, provisioner_turn
from kolektor.network.selectors import NO_SCHEMA

FORMAT: Final = 1
_MANIFEST: Final = "manifest.json"
_SCHEMA: Final = "schema.dump"
_FILES: Final = "files/"
_TABLES: Final = """
SELECT table_name FROM information_schema.tables
WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY 1
"""
# how the columns are called that name people of the sign-on
_PEOPLE: Final = """
SELECT table_name, column_name FROM information_schema.columns
WHERE table_schema = current_schema() AND data_type = 'uuid'
  AND (column_name IN ('person_id', 'actor') OR column_name LIKE '%%\\_by')
ORDER BY 1, 2
"""
_DIGEST: Final = """
SELECT count(*), coalesce(encode(sha256(string_agg(row_hash, ''::bytea ORDER BY row_hash)), 'hex'), '')
FROM (SELECT sha256(convert_to(t::text, 'UTF8')) AS row_hash FROM "{table}" t) hashed
"""
_CHUNK: Final = 1 << 20

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore brought: the wholesaler, and how many people it knows under another id here."""

    wholesaler: Wholesaler
    tables: int
    rows: int
    files: int
    people: int
    renamed: int


def content(wholesaler: Wholesaler) -> dict[str, tuple[int, str]]:
    """Rows and digest of each table of the wholesaler; the same for the same content, on any server."""
    with tenant_context(wholesaler), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL TimeZone = 'UTC'")
        return _content(cursor)


def _content(cursor: Any) -> dict[str, tuple[int, str]]:
    found = {}
    for table in _tables(cursor):
        cursor.execute(_DIGEST.format(table=table))
        rows, digest = cursor.fetchone()
        found[table] = (int(rows), str(digest))
    return found


def _tables(cursor: Any) -> list[str]:
    cursor.execute(_TABLES)
    return [row[0] for row in cursor.fetchall()]


def _person_columns(cursor: Any) -> list[tuple[str, str]]:
    cursor.execute(_PEOPLE, [])
    return [(row[0], row[1]) for row in cursor.fetchall()]


def dump(*, wholesaler: Wholesaler, target: Path) -> dict[str, Any]:
    """Write the file; readers and writers go on meanwhile. Returns the manifest. An existing file is not overwritten.

    Raises DomainError DUMP_EXISTS, NO_SCHEMA.
    """
    if target.exists():
        raise DomainError("DUMP_EXISTS", path=target.name)
    if wholesaler.state in NO_SCHEMA:
        raise DomainError("NO_SCHEMA")
    with TemporaryDirectory(dir=target.parent, prefix=".dump-") as folder:
        work = Path(folder)
        with tenant_context(wholesaler), transaction.atomic(), connection.cursor() as cursor:
            # one moment for everything: the schema, what it refers to, the digests
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SET LOCAL TimeZone = 'UTC'")
            cursor.execute("SELECT pg_export_snapshot()")
            (snapshot,) = cursor.fetchone()
            _run(
                "pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--schema={wholesaler.schema_name}",
                f"--snapshot={snapshot}", f"--file={work / _SCHEMA}",
            )  # fmt: skip
            manifest = _manifest(cursor, wholesaler)
        manifest["schema_sha256"] = _sha256(work / _SCHEMA)
        partial = work / "whole.tar"
        with tarfile.open(partial, "w") as tar:
            tar.add(work / _SCHEMA, _SCHEMA)
            manifest["files"] = _add_files(tar, wholesaler.schema_name, work)
            (work / _MANIFEST).write_text(json.dumps(manifest, cls=DjangoJSONEncoder, indent=1), "utf-8")
            tar.add(work / _MANIFEST, _MANIFEST)
        partial.replace(target)
    target.chmod(0o600)
    with public_context():
        audit.record(
            action="wholesaler.dumped", object_type="wholesaler", object_id=wholesaler.pk, rows=manifest["rows"]
        )
    return manifest


def _manifest(cursor: Any, wholesaler: Wholesaler) -> dict[str, Any]:
    tables = _content(cursor)
    cursor.execute("SELECT app, name FROM django_migrations ORDER BY id")
    applied = [list(row) for row in cursor.fetchall()]
    people: set[str] = set()
    for table, column in _person_columns(cursor):
        cursor.execute(f'SELECT DISTINCT "{column}" FROM "{table}" WHERE "{column}" IS NOT NULL')
        people.update(str(row[0]) for row in cursor.fetchall())
    network = wholesaler.network
    return {
        "format": FORMAT,
        "wholesaler": _row(wholesaler),
        "network": _row(network),
        "suppliers": [_row(row) for row in Supplier.objects.filter(network=network).order_by("slug")],
        "brands": [_row(row) for row in Brand.objects.filter(network=network).order_by("slug")],
        "people": list(
            Person.objects.filter(pk__in=people)
            .order_by("pk")
            .values("id", "email", "first_name", "last_name", "phone", "language", "created_at")
        ),
        "migrations": applied,
        "vault": vault.marks(wholesaler.pk)[0],
        "tables": {name: list(found) for name, found in tables.items()},
        "rows": sum(rows for rows, _ in tables.values()),
    }


def _row(row: Any) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


@contextmanager
def _part(name: str, folder: Path) -> Iterator[Path]:
    path = folder / hashlib.sha256(name.encode()).hexdigest()
    yield path
    path.unlink(missing_ok=True)


def _add_files(tar: tarfile.TarFile, prefix: str, work: Path) -> dict[str, str]:
    found = {}
    for key in stored_files(prefix):
        with _part(key, work) as path:
            with default_storage.open(key) as stored, path.open("wb") as copy:
                shutil.copyfileobj(stored, copy, _CHUNK)
            tar.add(path, f"{_FILES}{key}")
            found[key] = _sha256(path)
    return found


def stored_files(prefix: str) -> list[str]:
    """Keys of everything below a prefix of the object storage."""
    found: list[str] = []
    waiting = [prefix]
    while waiting:
        folder = waiting.pop()
        try:
            folders, files = default_storage.listdir(folder)
        except FileNotFoundError:
            continue
        found += [f"{folder}/{name}" for name in files if name]
        waiting += [f"{folder}/{name}" for name in folders if name]
    return sorted(found)


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _run(program: str, *arguments: str) -> None:
    """A program of PostgreSQL at this connection's database. Raises DomainError DATABASE_PROGRAM_FAILED."""
    found = postgres.client_program(program) or shutil.which(program)
    if found is None:
        raise DomainError("DATABASE_PROGRAM_MISSING", program=program)
    target = connection.settings_dict
    environment = {
        **os.environ, "PGHOST": str(target["HOST"]), "PGPORT": str(target["PORT"] or 5432), "PGUSER": str(target["USER"]),
        "PGPASSWORD": str(target["PASSWORD"] or ""), "PGDATABASE": str(target["NAME"]), "PGTZ": "UTC",
    }  # fmt: skip
    done = subprocess.run([str(found), *arguments], env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        # what the program says may quote a row
        last = done.stderr.strip().splitlines()[-1:] or [""]
        raise DomainError("DATABASE_PROGRAM_FAILED", program=program, said=last[0][:300])


def restore(*, source: Path, say: Say) -> Restored:
    """Bring the wholesaler of a file to this server, suspended, and compare it table by table with what was dumped.

    A restore that fails leaves no schema, host or file behind; people and brands that came with it may stay.

    Raises DomainError PROVISIONER_BUSY, DUMP_UNREADABLE, DUMP_DAMAGED, DUMP_NEWER, DUMP_OTHER_KEY, SLUG_TAKEN, BRAND_CONFLICT,
    DUMP_DIFFERS, DATABASE_PROGRAM_FAILED.
    """
    with TemporaryDirectory(prefix="restore-") as folder, provisioner_turn() as mine:
        if not mine:
            raise DomainError("PROVISIONER_BUSY")
        work = Path(folder)
        manifest = _unpack(source, work)
        say("The file is whole.")
        with public_context():
            _check_place(manifest)
        schema = manifest["wholesaler"]["schema_name"]
        # all or nothing; what fails here has left nothing to clear
        _run(
            "pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction",
            f"--dbname={connection.settings_dict['NAME']}", str(work / _SCHEMA),
        )  # fmt: skip
        try:
            with transaction.atomic():
                wholesaler, renamed = _place(manifest)
                _compare(wholesaler, manifest)
                say(f"Equal to what was dumped: {len(manifest['tables'])} tables, {manifest['rows']} rows.")
                _rename(wholesaler, renamed)
            migrate_schema(schema)
            with tenant_context(wholesaler):
                grant_rights()
            _put_files(manifest, work)
        except BaseException:
            _clear(manifest)
            raise
    with public_context():
        audit.record(action="wholesaler.restored", object_type="wholesaler", object_id=wholesaler.pk)
    return Restored(
        wholesaler=wholesaler,
        tables=len(manifest["tables"]),
        rows=manifest["rows"],
        files=len(manifest["files"]),
        people=len(manifest["people"]),
        renamed=len(renamed),
    )


def _unpack(source: Path, work: Path) -> dict[str, Any]:
    try:
        with tarfile.open(source, "r:") as tar:
            tar.extractall(work, filter="data")
        manifest: dict[str, Any] = json.loads((work / _MANIFEST).read_text("utf-8"))
        known = manifest["format"]
    except (OSError, tarfile.TarError, ValueError, KeyError) as error:
        raise DomainError("DUMP_UNREADABLE", path=source.name) from error
    if known != FORMAT:
        raise DomainError("DUMP_NEWER", path=source.name)
    parts = {
        _SCHEMA: manifest["schema_sha256"],
        **{f"{_FILES}{key}": value for key, value in manifest["files"].items()},
    }
    for name, digest in parts.items():
        path = work / PurePosixPath(name)
        if not path.is_file() or _sha256(path) != digest:
            raise DomainError("DUMP_DAMAGED", part=name)
    return manifest


def _check_place(manifest: dict[str, Any]) -> None:
    """Whether there is room: the slug is free or its own, the key is the same, the code knows its migrations."""
    from django.db.migrations.loader import MigrationLoader

    row = manifest["wholesaler"]
    there = Wholesaler.objects.filter(slug=row["slug"]).first()
    if there is not None and (str(there.pk) != str(row["id"]) or there.state != Wholesaler.State.ERASED):
        raise DomainError("SLUG_TAKEN", field="slug", value=row["slug"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regnamespace(%s) IS NOT NULL", [row["schema_name"]])
        if cursor.fetchone()[0]:
            raise DomainError("SLUG_TAKEN", field="slug", value=row["slug"])
    known = set(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)
    if {(app, name) for app, name in manifest["migrations"]} - known:
        raise DomainError("DUMP_NEWER", path=row["slug"])
    if manifest["vault"] not in vault.marks(UUID(str(row["id"]))):
        raise DomainError("DUMP_OTHER_KEY")
    network = Network.objects.filter(slug=manifest["network"]["slug"]).first()
    if network is None:
        return
    for model, rows in _brands(manifest):
        here = {item.slug: str(item.pk) for item in model.objects.filter(network=network)}
        for item in rows:
            if here.get(item["slug"], str(item["id"])) != str(item["id"]):
                raise DomainError("BRAND_CONFLICT", value=item["slug"])


def _brands(manifest: dict[str, Any]) -> list[tuple[Any, list[dict[str, Any]]]]:
    return [(Supplier, manifest["suppliers"]), (Brand, manifest["brands"])]


def _place(manifest: dict[str, Any]) -> tuple[Wholesaler, dict[str, str]]:
    """The rows of `public` that the schema refers to. Returns the wholesaler, and people whose address has another id here."""
    with public_context():
        network = Network.objects.filter(slug=manifest["network"]["slug"]).first()
        if network is None:
            network = Network(**manifest["network"])
            network.save(force_insert=True)
        moved = {"network_id": network.pk}
        for model, rows in _brands(manifest):
            known = set(map(str, model.objects.filter(network=network).values_list("pk", flat=True)))
            model.objects.bulk_create(model(**{**row, **moved}) for row in rows if row["id"] not in known)
        row = {**manifest["wholesaler"], **moved, "state": Wholesaler.State.SUSPENDED}
        if not Wholesaler.objects.filter(pk=row["id"]).update(**{key: row[key] for key in row if key != "id"}):
            Wholesaler.objects.bulk_create([Wholesaler(**row)])
        wholesaler = Wholesaler.objects.select_related("network").get(pk=row["id"])
        host = wholesaler_host(wholesaler.slug)
        Domain.objects.update_or_create(domain=host, defaults={"tenant": wholesaler, "is_primary": True})
        ensure_client(host=host, name=wholesaler.name)
        ensure_client(host=network_host(network.slug), name=network.name)
        return wholesaler, _people(manifest["people"])


def _people(rows: list[dict[str, Any]]) -> dict[str, str]:
    known = set(map(str, Person.objects.filter(pk__in=[row["id"] for row in rows]).values_list("pk", flat=True)))
    addresses = {
        str(email).lower(): str(key)
        for key, email in Person.objects.filter(email__in=[row["email"].lower() for row in rows]).values_list(
            "pk", "email"
        )
    }
    renamed: dict[str, str] = {}
    new = []
    for row in rows:
        here = addresses.get(row["email"].lower())
        if row["id"] in known:
            continue
        if here is not None:
            renamed[row["id"]] = here
            continue
        person = Person(**row)
        person.set_unusable_password()
        new.append(person)
    Person.objects.bulk_create(new)
    return renamed


def _compare(wholesaler: Wholesaler, manifest: dict[str, Any]) -> None:
    found = {name: list(values) for name, values in content(wholesaler).items()}
    if found != manifest["tables"]:
        different = sorted(
            name for name in {*found, *manifest["tables"]} if found.get(name) != manifest["tables"].get(name)
        )
        raise DomainError("DUMP_DIFFERS", tables=", ".join(different[:5]))


def _rename(wholesaler: Wholesaler, renamed: dict[str, str]) -> None:
    """What is append-only keeps the ids of its time: no name is shown for them here."""
    locked = set(append_only_tables())
    with tenant_context(wholesaler), connection.cursor() as cursor:
        for table, column in _person_columns(cursor) if renamed else []:
            if table not in locked:
                cursor.executemany(
                    f'UPDATE "{table}" SET "{column}" = %s WHERE "{column}" = %s',
                    [(new, old) for old, new in renamed.items()],
                )


def _put_files(manifest: dict[str, Any], work: Path) -> None:
    for key in manifest["files"]:
        default_storage.delete(key)
        if not default_storage.exists(key):
            with (work / PurePosixPath(f"{_FILES}{key}")).open("rb") as stream:
                default_storage.save(key, File(stream))


def _clear(manifest: dict[str, Any]) -> None:
    """After a failure that came when the schema was there already: it goes again, so that the next try begins anew."""
    row = manifest["wholesaler"]
    with public_context(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f'DROP SCHEMA IF EXISTS "{row["schema_name"]}" CASCADE')
        Domain.objects.filter(tenant_id=row["id"]).delete()
        forget_client(host=wholesaler_host(row["slug"]))
        Wholesaler.objects.filter(pk=row["id"]).update(state=Wholesaler.State.ERASED)
    for key in manifest["files"]:
        default_storage.delete(key)


def erase(*, wholesaler: Wholesaler, slug: str) -> None:
    """Delete a closed wholesaler's schema and files for good. Its name stays taken. `slug` is typed to confirm.

    Again deletes what files stayed. Headquarters keep their own figures. Raises DomainError WRONG_STATE, SLUG_MISTYPED.
    """
    if wholesaler.state not in (Wholesaler.State.CLOSED, Wholesaler.State.ERASED):
        raise DomainError("WRONG_STATE", field="slug")
    if slug.strip().lower() != wholesaler.slug:
        raise DomainError("SLUG_MISTYPED", field="slug")
    with public_context():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f'DROP SCHEMA IF EXISTS "{wholesaler.schema_name}" CASCADE')
            wholesaler.passports.all().delete()
            for domain in wholesaler.domains.all():
                forget_client(host=domain.domain)
            forget_clients_of(owner=wholesaler.pk)
            wholesaler.domains.all().delete()
            Opening.objects.filter(pk=wholesaler.pk).delete()
            Wholesaler.objects.filter(pk=wholesaler.pk).update(state=Wholesaler.State.ERASED)
            audit.record(action="wholesaler.erased", object_type="wholesaler", object_id=wholesaler.pk)
        for key in stored_files(wholesaler.schema_name):
            default_storage.delete(key)
