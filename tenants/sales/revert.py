"""Take a whole import back: its documents stay, marked; what they gave and took is undone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import connection, transaction

from kolektor.audit import services as audit
from kolektor.kernel import clock, statistics
from kolektor.kernel.binding import bound
from kolektor.kernel.errors import DomainError, NotFound
from kolektor.kernel.outbox.services import emit
from kolektor.kernel.points import ZERO, Points
from tenants.ledger import selectors as ledger_reads
from tenants.ledger import services as ledger
from tenants.ledger.services import Owner
from tenants.sales import services
from tenants.sales.models import ImportBatch, ReturnTake, SalesDocument, SalesLine
from tenants.sales.ports import Awarder, AwardOutcome

_NAMED: Final = 5
# what an event carries is read into memory by its handler
_PER_EVENT: Final = 5000

# documents of other batches that correct these, or take returns from them
_USERS: Final = """
WITH mine AS (SELECT id FROM sales_salesdocument WHERE batch_id = %(batch)s AND reverted_at IS NULL),
lines AS (SELECT l.id FROM sales_salesline l JOIN mine ON mine.id = l.document_id),
users AS (
  SELECT d.id FROM sales_salesdocument d JOIN mine ON mine.id = d.corrects_id
  UNION SELECT l.document_id FROM sales_salesline l JOIN lines ON lines.id = l.corrects_id
  UNION SELECT l.document_id FROM sales_returntake t JOIN lines ON lines.id = t.sold_id
    JOIN sales_salesline l ON l.id = t.line_id
)
SELECT d.number FROM sales_salesdocument d JOIN users ON users.id = d.id
WHERE d.batch_id <> %(batch)s AND d.reverted_at IS NULL ORDER BY d.accept_seq LIMIT %(limit)s
"""


class _RolledBack(Exception):
    """Ends a preview's transaction."""


@dataclass(frozen=True, slots=True)
class Consequences:
    """What taking an import back would do. `taken` is what members lose, `given` what corrections and returns had taken."""

    documents: int
    members: int
    taken: Points
    given: Points
    debtors: int
    debt: Points
    used_by: tuple[str, ...] = ()
    used_by_more: bool = False


def preview(*, batch_id: UUID) -> Consequences:
    """The consequences, found by doing it and rolling it back. Raises NotFound, DomainError IMPORT_NOT_READY."""
    batch = ImportBatch.objects.filter(pk=batch_id).first()
    if batch is None:
        raise NotFound("id")
    if batch.state not in {ImportBatch.State.DONE, ImportBatch.State.STOPPED}:
        raise DomainError("IMPORT_NOT_READY", field="id")
    documents = SalesDocument.objects.filter(batch=batch, reverted_at__isnull=True)
    members = set(documents.filter(member_id__isnull=False).values_list("member_id", flat=True).distinct())
    owners = [Owner("member", key) for key in members if key is not None]
    users = _users(batch_id)
    if users:
        return Consequences(
            documents.count(), len(owners), ZERO, ZERO, 0, ZERO, tuple(users[:_NAMED]), len(users) > _NAMED
        )
    before = ledger_reads.balances(owners)
    after = before
    count, outcome = 0, AwardOutcome(0, 0)
    try:
        with transaction.atomic():
            count, outcome = _take_back(batch_id)
            after = ledger_reads.balances(owners)
            raise _RolledBack
    except _RolledBack:
        pass
    deeper = [after[owner].debt.units - before[owner].debt.units for owner in owners]
    fallen = [units for units in deeper if units > 0]
    return Consequences(
        documents=count,
        members=len(owners),
        taken=Points(outcome.reversed_units),
        given=Points(outcome.awarded_units),
        debtors=len(fallen),
        debt=Points(sum(fallen)),
    )


@transaction.atomic
def request(*, batch_id: UUID, actor: UUID) -> ImportBatch:
    """Ask for an import to be taken back; asking twice does it once.

    Raises NotFound, DomainError IMPORT_NOT_READY, BATCH_IN_USE (with the numbers of the documents that need it).
    """
    batch = ImportBatch.objects.select_for_update().filter(pk=batch_id).first()
    if batch is None:
        raise NotFound("id")
    if batch.state in {ImportBatch.State.REVERTING, ImportBatch.State.REVERTED}:
        return batch
    if batch.state not in {ImportBatch.State.DONE, ImportBatch.State.STOPPED}:
        raise DomainError("IMPORT_NOT_READY", field="id")
    _refuse_use(batch_id)
    batch.state = ImportBatch.State.REVERTING
    batch.failure = ""
    batch.save(update_fields=["state", "failure"])
    audit.record(action="import.revert_asked", object_type="import", object_id=batch.pk, actor=actor)
    emit("sales.import_revert_asked", {"batch": str(batch.pk), "actor": str(actor)})
    return batch


@transaction.atomic
def revert(*, batch_id: UUID, actor: UUID | None = None) -> AwardOutcome:
    """Take an import back: mark its documents, undo their points, tell headquarters. Again changes nothing.

    Takes the bulk lane's lock. Raises NotFound, DomainError IMPORT_NOT_READY, BATCH_IN_USE.
    """
    ledger.lock_bulk_lane()
    batch = ImportBatch.objects.select_for_update().filter(pk=batch_id).first()
    if batch is None:
        raise NotFound("id")
    if batch.state == ImportBatch.State.REVERTED:
        return AwardOutcome(0, 0)
    if batch.state not in {ImportBatch.State.DONE, ImportBatch.State.STOPPED, ImportBatch.State.REVERTING}:
        raise DomainError("IMPORT_NOT_READY", field="id")
    count, outcome = _take_back(batch_id)
    batch.state = ImportBatch.State.REVERTED
    batch.failure = ""
    batch.save(update_fields=["state", "failure"])
    services.clear_staging(batch=batch)
    audit.record(
        action="import.reverted",
        object_type="import",
        object_id=batch.pk,
        actor=actor,
        documents=count,
        taken=str(Points(outcome.reversed_units)),
        given=str(Points(outcome.awarded_units)),
    )
    return outcome


def _take_back(batch_id: UUID) -> tuple[int, AwardOutcome]:
    """In the caller's transaction: how many documents, and what was undone. Raises DomainError BATCH_IN_USE."""
    ledger.lock_bulk_lane()
    _refuse_use(batch_id)
    rows = SalesDocument.objects.filter(batch=batch_id, reverted_at__isnull=True)
    ids = list(rows.order_by("accept_seq").values_list("id", flat=True))
    if not ids:
        return 0, AwardOutcome(0, 0)
    rows.update(reverted_at=clock.now())
    statistics.refresh(SalesDocument, SalesLine, ReturnTake)
    outcome = bound(Awarder).revert(ids)
    for start in range(0, len(ids), _PER_EVENT):
        emit("sales.accepted", {"documents": [str(key) for key in ids[start : start + _PER_EVENT]]})
    return len(ids), outcome


def _users(batch_id: UUID) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(_USERS, {"batch": batch_id, "limit": _NAMED + 1})
        return [row[0] for row in cursor.fetchall()]


def _refuse_use(batch_id: UUID) -> None:
    users = _users(batch_id)
    if users:
        named = ", ".join(users[:_NAMED]) + ("…" if len(users) > _NAMED else "")
        raise DomainError("BATCH_IN_USE", field="id", numbers=named)
