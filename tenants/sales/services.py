"""Import sales: receive → parse → stage → check (dry run) → commit. All or nothing per document, never per file.

A commit works chunk by chunk, each chunk in one transaction under the bulk lane's lock; after a crash the same call goes
on with the documents that are still new. The dry run is the same code in a transaction that is rolled back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import structlog
from django.conf import settings as django_settings
from django.db import connection, transaction

from kolektor.audit import services as audit
from kolektor.kernel import clock, faultpoints, statistics
from kolektor.kernel.binding import bound
from kolektor.kernel.errors import DomainError
from kolektor.kernel.outbox.services import emit
from kolektor.kernel.points import Points
from tenants.ledger import services as ledger
from tenants.members import services as members
from tenants.members.services import Buyer
from tenants.program import selectors as program
from tenants.sales import fixes
from tenants.sales import sql_import as sql
from tenants.sales.models import (
    ImportBatch,
    ImportProblem,
    ImportProgress,
    ReturnTake,
    SalesDocument,
    SalesLine,
    StagedDocument,
    StagedLine,
)
from tenants.sales.ports import Awarder, AwardOutcome, Feeds
from tenants.sales.progress import Reporter, Stopped
from tenants.sales.staging import Stager

log = structlog.get_logger(__name__)

# ISO 4217 codes that the schema of FA(3) and our CSV feeds may carry
CURRENCIES = [
    "PLN",
    "EUR",
    "USD",
    "GBP",
    "CHF",
    "CZK",
    "SEK",
    "NOK",
    "DKK",
    "HUF",
    "RON",
    "BGN",
    "UAH",
    "TRY",
    "JPY",
    "CNY",
    "CAD",
    "AUD",
    "ISK",
    "RSD",
    "ALL",
    "AED",
    "ILS",
    "INR",
    "KRW",
    "MXN",
    "NZD",
    "SGD",
    "ZAR",
]


_CLOSED = frozenset(
    {
        ImportBatch.State.DONE,
        ImportBatch.State.DISCARDED,
        ImportBatch.State.REVERTING,
        ImportBatch.State.REVERTED,
    }
)


class _RolledBack(Exception):
    """Ends a dry run's transaction."""


@dataclass(slots=True)
class Tally:
    """What one run found. Units are hundredths of a point."""

    accepted: int = 0
    duplicates: int = 0
    rejected: int = 0
    lines: int = 0
    matched_lines: int = 0
    units_awarded: int = 0
    units_reversed: int = 0


def create_batch(
    *,
    format: str,
    file_name: str,
    storage_key: str = "",
    mapping: str = "",
    header_key: str = "",
    any_seller: bool = False,
    enroll_buyers: bool = False,
    mapped_later: bool = False,
    actor: UUID | None = None,
) -> ImportBatch:
    """Open a batch; `mapped_later`: its mapping is still to be chosen. Raises DomainError UNKNOWN_FORMAT, MAPPING_MISSING or
    BAD_MAPPING.
    """
    if not mapped_later:
        bound(Feeds).open(format, mapping or None)
    with transaction.atomic():
        batch = ImportBatch(
            format=format,
            file_name=file_name[:255],
            storage_key=storage_key,
            mapping=mapping,
            header_key=header_key,
            any_seller=any_seller,
            enroll_buyers=enroll_buyers,
            created_by=actor,
        )
        batch.save()
        batch.refresh_from_db()
        ImportProgress.objects.create(batch=batch)
        audit.record(action="import.created", object_type="import", object_id=batch.pk, actor=actor)
    return batch


def stage(*, batch: ImportBatch, paths: Iterable[tuple[Path, str]]) -> None:
    """Parse files into the staging tables, in one transaction, with the cells that were corrected; staging again replaces what
    was staged before. Raises Stopped.
    """
    files = list(paths)
    corrected = fixes.of_batch(batch.pk)
    with Reporter(batch.pk, ImportProgress.Phase.READING, total=len(files)) as report, transaction.atomic():
        clear_staging(batch=batch)
        ImportProblem.objects.filter(batch=batch).delete()
        stager = Stager(batch.pk)
        for index, (path, name) in enumerate(files):
            feed = bound(Feeds).open(
                batch.format, batch.mapping or None, fixes=corrected, progress=partial(_share, report, index)
            )
            stager.add_all(feed.read(path, file=name))
            report(index + 1)
        stager.flush()
        statistics.refresh(StagedDocument, StagedLine)
        batch.total = stager.documents
        batch.documents = stager.documents + len(stager.unreadable)
        batch.rejected = len(stager.unreadable)
        batch.processed = 0
        batch.save(update_fields=["total", "documents", "rejected", "processed"])


def _share(report: Reporter, index: int, share: float) -> None:
    report(index + share)


def check(*, batch: ImportBatch) -> None:
    """The dry run: everything that a commit would do, rolled back; the findings are kept on the batch. Raises Stopped."""
    unreadable = batch.documents - batch.total
    tally = Tally()
    problems: list[ImportProblem] = []
    try:
        with Reporter(batch.pk, ImportProgress.Phase.CHECKING, total=batch.total) as report, transaction.atomic():

            def checked(step: Callable[[], None]) -> None:
                report(tally.accepted + tally.duplicates + tally.rejected)
                step()

            _run(batch, tally, each=checked)
            problems = list(ImportProblem.objects.filter(batch=batch, stage=ImportProblem.Stage.CHECK).order_by("id"))
            raise _RolledBack
    except _RolledBack:
        pass
    with transaction.atomic():
        ImportProblem.objects.filter(batch=batch, stage=ImportProblem.Stage.CHECK).delete()
        for problem in problems:
            problem.pk = None
        ImportProblem.objects.bulk_create(problems)
        _keep(batch, tally, unreadable)
        batch.state = ImportBatch.State.CHECKED
        batch.save()
        audit.record(action="import.checked", object_type="import", object_id=batch.pk)


def commit(*, batch: ImportBatch, actor: UUID | None = None) -> None:
    """Accept the staged documents, chunk by chunk; goes on where an earlier call was cut off. Stops between two chunks when
    that was asked for (state STOPPED). Raises DomainError IMPORT_CLOSED.
    """
    with transaction.atomic():
        row = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if row.state in _CLOSED:
            raise DomainError("IMPORT_CLOSED")
        if row.state != ImportBatch.State.COMMITTING:
            restart_counts(row)
    batch.refresh_from_db()
    try:
        _run(batch, Tally(), each=partial(_committed, batch))
    except Stopped:
        stopped(batch, ImportBatch.State.STOPPED)
        return
    with transaction.atomic():
        if ImportBatch.objects.select_for_update().get(pk=batch.pk).state == ImportBatch.State.DONE:
            return  # another worker came to the end at the same time
        batch.refresh_from_db()
        batch.state = ImportBatch.State.DONE
        batch.finished_at = clock.now()
        batch.save()
        clear_staging(batch=batch)
        audit.record(
            action="import.done",
            object_type="import",
            object_id=batch.pk,
            actor=actor,
            accepted=batch.accepted,
            rejected=batch.rejected,
            duplicates=batch.duplicates,
            awarded=str(Points(batch.units_awarded)),
            reversed=str(Points(batch.units_reversed)),
        )


def stopped(batch: ImportBatch, state: str) -> None:
    """Note that work on a batch was stopped as asked."""
    with transaction.atomic():
        batch.refresh_from_db()
        batch.state = state
        batch.save(update_fields=["state"])
        ImportProgress.objects.filter(batch=batch).update(stop_asked=False, phase="")
        audit.record(
            action="import.stopped", object_type="import", object_id=batch.pk, done=batch.processed, total=batch.total
        )


def restart_counts(row: ImportBatch) -> None:
    """From findings of a dry run to counts of what is really done."""
    ImportProblem.objects.filter(batch=row, stage=ImportProblem.Stage.CHECK).delete()
    _keep(row, Tally(), row.documents - row.total)
    row.processed = 0
    row.state = ImportBatch.State.COMMITTING
    row.save()


def _keep(batch: ImportBatch, tally: Tally, unreadable: int) -> None:
    batch.accepted = tally.accepted
    batch.duplicates = tally.duplicates
    batch.rejected = tally.rejected + unreadable
    batch.lines = tally.lines
    batch.matched_lines = tally.matched_lines
    batch.units_awarded = tally.units_awarded
    batch.units_reversed = tally.units_reversed


def _committed(batch: ImportBatch, step: Callable[[], None]) -> None:
    if ImportProgress.objects.filter(batch=batch, stop_asked=True).exists():
        raise Stopped
    with transaction.atomic():
        step()
        faultpoints.reach("import.before_chunk_commit")


def _run(batch: ImportBatch, tally: Tally, *, each: Callable[[Callable[[], None]], None]) -> None:
    more = True

    def step() -> None:
        nonlocal more
        more = _chunk(batch, tally)

    while more:
        each(step)


def _chunk(batch: ImportBatch, tally: Tally) -> bool:
    """One chunk in the open transaction. Returns whether there may be more."""
    ledger.lock_bulk_lane()
    settings = program.settings()
    arguments: dict[str, Any] = {
        "batch": batch.pk,
        "limit": django_settings.IMPORT_CHUNK_DOCUMENTS,
        "any_seller": batch.any_seller,
        "nip": settings.nip,
        "currency": settings.currency,
        "known": CURRENCIES,
    }
    with connection.cursor() as cursor:
        cursor.execute(sql.NEXT_CHUNK, arguments)
        seqs = [row[0] for row in cursor.fetchall()]
        if not seqs:
            return False
        arguments["seqs"] = seqs
        for statement in (sql.WRONG_SELLER, sql.WRONG_CURRENCY, sql.SAME_NUMBER):
            cursor.execute(statement, arguments)
        while True:  # a correction of a refused correction is refused as well
            cursor.execute(sql.NO_ORIGINAL, arguments)
            if cursor.rowcount == 0:
                break
        for statement in (sql.INSERT_DOCUMENTS, sql.INSERT_LINES):
            cursor.execute(statement, arguments)
        statistics.refresh(SalesDocument, SalesLine)
        for statement in (sql.LINK_CORRECTIONS, sql.LINK_LINES, sql.PAIR_LINES):
            cursor.execute(statement, arguments)
        while True:  # a correction of a correction, both in this chunk
            cursor.execute(sql.FOLLOW_LINES, arguments)
            if cursor.rowcount == 0:
                break
        cursor.execute(sql.MATCH_BUYERS, arguments)
        if batch.enroll_buyers and _enroll_unknown(cursor, arguments):
            cursor.execute(sql.MATCH_BUYERS, arguments)
        cursor.execute(sql.KEEP_SPLITS, arguments)
        cursor.execute(sql.TAKE_RETURNS, arguments)
        statistics.refresh(ReturnTake)
        for statement in (sql.REJECTED, sql.SPREAD, sql.UNLINKED_LINES, sql.UNTAKEN_RETURNS, sql.UNMATCHED_BUYERS):
            cursor.execute(statement, arguments)
        cursor.execute(sql.CHUNK_SUMMARY, arguments)
        counts = cursor.fetchone()
    outcome = _award(batch, seqs)
    faultpoints.reach("import.after_award")
    tally.accepted += counts[0]
    tally.duplicates += counts[1]
    tally.rejected += counts[2]
    tally.lines += counts[3]
    tally.matched_lines += counts[4]
    tally.units_awarded += outcome.awarded_units
    tally.units_reversed += outcome.reversed_units
    _advance(batch, counts, outcome, len(seqs))
    return len(seqs) == django_settings.IMPORT_CHUNK_DOCUMENTS


def _enroll_unknown(cursor: Any, arguments: dict[str, Any]) -> int:
    cursor.execute(sql.UNKNOWN_BUYERS, arguments)
    unknown = cursor.fetchall()
    for nip, code, email, phone, name, first_sale in unknown:
        buyer = Buyer(nip=nip, customer_code=code, email=email, phone=phone, name=name or "")
        try:
            members.enroll_buyer(buyer=buyer, joined_on=first_sale)
        except DomainError as error:  # a mistyped tax number, say: the document waits as one of an unknown buyer
            log.info("import.buyer_not_enrolled", code=error.code)
    return len(unknown)


def _award(batch: ImportBatch, seqs: list[int]) -> AwardOutcome:
    rows = StagedDocument.objects.filter(batch=batch, seq__in=seqs, state=StagedDocument.State.ACCEPTED)
    accepted = list(rows.order_by("seq").values_list("document_id", "sale_date", "issue_date"))
    if not accepted:
        return AwardOutcome(0, 0)
    ids = [key for key, _, _ in accepted if key is not None]
    outcome = bound(Awarder).award(ids)
    emit("sales.accepted", {"documents": [str(key) for key in ids]})
    return outcome


def _advance(batch: ImportBatch, counts: tuple[int, ...], outcome: AwardOutcome, processed: int) -> None:
    row = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    row.processed += processed
    row.accepted += counts[0]
    row.duplicates += counts[1]
    row.rejected += counts[2]
    row.lines += counts[3]
    row.matched_lines += counts[4]
    row.units_awarded += outcome.awarded_units
    row.units_reversed += outcome.reversed_units
    row.save()


def forget(*, batch: ImportBatch) -> None:
    """Drop a batch that was only a dry run from the command line."""
    with transaction.atomic():
        clear_staging(batch=batch)
        batch.delete()


def clear_staging(*, batch: ImportBatch) -> None:
    """Nothing of a refused document stays, nor a second copy of an accepted one. In the caller's transaction."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM sales_stagedline WHERE batch_id = %s", [batch.pk])
        cursor.execute("DELETE FROM sales_stageddocument WHERE batch_id = %s", [batch.pk])
