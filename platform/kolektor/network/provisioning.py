"""A new wholesaler: one restartable operation. Each step looks first whether it is already done.

Runs as the role `owner`: it makes a schema. After a crash anywhere, the same call goes on where it stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import structlog
from django.core.management import call_command
from django.db import connection, transaction

from kolektor.audit import services as audit
from kolektor.identity.clients import ensure_client
from kolektor.kernel.append_only import append_only_tables
from kolektor.kernel.errors import DomainError
from kolektor.kernel.statistics import bulk_loaded_tables
from kolektor.kernel.tenant import PUBLIC, public_context, tenant_context
from kolektor.network.hosts import network_host, wholesaler_host
from kolektor.network.models import Domain, Network, Wholesaler
from kolektor.network.selectors import NO_SCHEMA
from kolektor.network.services import check_slug, ensure_network

log = structlog.get_logger(__name__)

APP_ROLE = "kolektor_app"
HQ_ROLE = "kolektor_hq"
# what headquarters may read in `public`: its own read models and who belongs to the network
HQ_TABLES = (
    "network_network",
    "network_wholesaler",
    "network_supplier",
    "network_brand",
    "network_networkrole",
    "reporting_dayfact",
    "reporting_daystamp",
    "reporting_monthstamp",
)


# one at a time makes schemas, takes requests back or restores
_KEY = "hashtext('kolektor provisioner')"


@contextmanager
def provisioner_turn() -> Iterator[bool]:
    """Hold the provisioner's place, for as long as it takes; False where somebody else has it."""
    with public_context(), connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_try_advisory_lock({_KEY})")
        (mine,) = cursor.fetchone()
    try:
        yield mine
    finally:
        if mine:
            with public_context(), connection.cursor() as cursor:
                cursor.execute(f"SELECT pg_advisory_unlock({_KEY})")


def provisioner_rests(cursor: Any) -> bool:
    """Whether nobody has the provisioner's place; then nobody gets it until the end of this transaction."""
    cursor.execute(f"SELECT pg_try_advisory_xact_lock({_KEY})")
    return bool(cursor.fetchone()[0])


def schema_name(slug: str) -> str:
    """The schema of a wholesaler: prefix and slug, so that no slug can name a system schema."""
    return "w_" + slug.replace("-", "_")


def provision(*, slug: str, network: str, name: str, actor: UUID | None = None) -> Wholesaler:
    """Create a wholesaler with its host, schema, tables and rights, or finish one that was begun.

    Raises DomainError BAD_SLUG, SLUG_RESERVED, or SLUG_TAKEN when another network has it.
    """
    check_slug(slug, "slug")
    if not name.strip():
        raise DomainError("NAME_MISSING", field="name")
    with public_context():
        with transaction.atomic():
            owner = ensure_network(slug=network)
            wholesaler: Wholesaler | None = Wholesaler.objects.filter(slug=slug).first()
            if wholesaler is None:
                wholesaler = Wholesaler(network=owner, slug=slug, name=name.strip(), schema_name=schema_name(slug))
                wholesaler.save()
                wholesaler.refresh_from_db()
                audit.record(
                    action="wholesaler.requested", object_type="wholesaler", object_id=wholesaler.pk, actor=actor
                )
            elif wholesaler.network_id != owner.pk:
                raise DomainError("SLUG_TAKEN", field="slug", value=slug)
            if not wholesaler.never_opened:
                return wholesaler
            host = wholesaler_host(slug)
            Domain.objects.get_or_create(domain=host, defaults={"tenant": wholesaler, "is_primary": True})
            ensure_client(host=host, name=name)
            ensure_client(host=network_host(network), name=owner.name)
        build_schema(wholesaler)
        with transaction.atomic():
            # it may have been taken back meanwhile
            requested = Wholesaler.objects.filter(pk=wholesaler.pk, state=Wholesaler.State.REQUESTED)
            requested.update(state=Wholesaler.State.PROVISIONED)
            wholesaler.refresh_from_db(fields=["state"])
    return wholesaler


def build_schema(wholesaler: Wholesaler) -> None:
    """Schema, tables and rights; safe to run again."""
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE SCHEMA IF NOT EXISTS "{wholesaler.schema_name}"')
    migrate_schema(wholesaler.schema_name)
    with tenant_context(wholesaler):
        grant_rights()


def migrate_schema(schema: str) -> None:
    """Bring one schema's tables to the present code."""
    call_command("migrate_schemas", schema_name=schema, interactive=False, verbosity=0)


def migrate_public() -> None:
    """Bring `public` to the present code, with its rights."""
    call_command("migrate_schemas", shared=True, interactive=False, verbosity=0)
    with public_context():
        call_command("createcachetable", verbosity=0)
        grant_rights()


def migrate_all(*, say: Callable[[str], None]) -> list[str]:
    """Bring every schema to the present code, `public` first. Returns the slugs that failed; the others are done."""
    migrate_public()
    say("public: done")
    failed = []
    with public_context():
        present = list(Wholesaler.objects.exclude(state__in=NO_SCHEMA).order_by("slug"))
    for number, wholesaler in enumerate(present, start=1):
        try:
            migrate_schema(wholesaler.schema_name)
            with tenant_context(wholesaler):
                grant_rights()
        except Exception as error:
            log.exception("migrate.failed", tenant=wholesaler.schema_name)
            failed.append(wholesaler.slug)
            say(f"{number}/{len(present)} {wholesaler.slug}: FAILED ({type(error).__name__})")
        else:
            say(f"{number}/{len(present)} {wholesaler.slug}: done")
    return failed


def register_hosts() -> None:
    """Register every host of ours at the sign-on provider, as this process would name it (the port may have changed)."""
    with public_context():
        for domain in Domain.objects.select_related("tenant").order_by("domain"):
            ensure_client(host=domain.domain, name=domain.tenant.name)
        for network in Network.objects.order_by("slug"):
            ensure_client(host=network_host(network.slug), name=network.name)


def go_live(wholesaler: Wholesaler, *, actor: UUID | None = None) -> None:
    """Open the wholesaler's host."""
    with public_context(), transaction.atomic():
        waiting = (Wholesaler.State.REQUESTED, Wholesaler.State.PROVISIONED)
        if not Wholesaler.objects.filter(pk=wholesaler.pk, state__in=waiting).update(state=Wholesaler.State.LIVE):
            return
        wholesaler.state = Wholesaler.State.LIVE
        audit.record(action="wholesaler.live", object_type="wholesaler", object_id=wholesaler.pk, actor=actor)
        audit.record(
            action="wholesaler.opened",
            object_type="network",
            object_id=wholesaler.network_id,
            actor=actor,
            name=wholesaler.name,
        )


def grant_rights() -> None:
    """Give `app` its rights on the schema in force, take back the ones on append-only tables, let it analyze the
    bulk-loaded ones, and let `hq` into its own.

    Idempotent; run after every migration, because new tables come without rights.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        schema = cursor.fetchone()[0]
        cursor.execute(
            f"""
            GRANT USAGE ON SCHEMA "{schema}" TO {APP_ROLE};
            GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA "{schema}" TO {APP_ROLE};
            GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA "{schema}" TO {APP_ROLE};
            GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA "{schema}" TO {APP_ROLE};
            """
        )
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [schema])
        present = {row[0] for row in cursor.fetchall()}
        for table in append_only_tables():
            if table in present:
                cursor.execute(f'REVOKE UPDATE, DELETE, TRUNCATE ON "{schema}"."{table}" FROM {APP_ROLE}')
        for table in bulk_loaded_tables():
            if table in present:
                cursor.execute(f'GRANT MAINTAIN ON "{schema}"."{table}" TO {APP_ROLE}')
        cursor.execute(f'REVOKE INSERT, UPDATE, DELETE ON "{schema}".django_migrations FROM {APP_ROLE}')
        if schema == PUBLIC:
            cursor.execute(f"GRANT USAGE ON SCHEMA {PUBLIC} TO {HQ_ROLE}")
            for table in HQ_TABLES:
                if table in present:
                    cursor.execute(f'GRANT SELECT ON {PUBLIC}."{table}" TO {HQ_ROLE}')
