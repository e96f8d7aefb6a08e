"""A whole import is taken back: points, corrections, returns, facts; and the same file comes again."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from kolektor.audit.models import AuditEntry
from kolektor.kernel import clock
from kolektor.kernel.errors import DomainError, NotFound
from kolektor.kernel.models import OutboxEvent
from kolektor.kernel.outbox import services as outbox
from kolektor.kernel.points import Points
from tenants.insight.selectors import last_purchases
from tenants.ledger import services as ledger
from tenants.ledger.services import Owner, Source
from tenants.sales import console_imports, revert
from tenants.sales.models import ImportBatch, ReturnTake, SalesDocument
from tests.support.importing import (
    BUYER,
    Folder,
    apply_one_point_per_unit,
    assert_ledger_is_clean,
    balance,
    codes,
    line,
    member_of,
    outcome,
    run_import,
)

NIP = BUYER.nip or ""
State = ImportBatch.State


@pytest.fixture
def folder(tmp_path: Path, in_alfa: Any) -> Any:
    apply_one_point_per_unit()
    yield Folder(tmp_path)
    assert_ledger_is_clean()


def state(batch: ImportBatch) -> str:
    batch.refresh_from_db()
    return batch.state


def test_an_import_is_taken_back_and_can_come_again(folder: Folder) -> None:
    paths = [folder.sale("FV/1", line("100.00"), line("20.50", name="Puszka")), folder.sale("FV/2", line("30.00"))]
    batch = run_import(paths)
    assert balance(NIP) == ("150.50", "0.00")
    found = revert.preview(batch_id=batch.pk)
    assert (found.documents, found.members, str(found.taken), str(found.given), found.debtors) == (
        2, 1, "150.50", "0.00", 0,
    )  # fmt: skip
    # the preview changed nothing
    assert (state(batch), balance(NIP)) == (State.DONE, ("150.50", "0.00"))
    before = OutboxEvent.objects.filter(name="sales.accepted").count()

    result = revert.revert(batch_id=batch.pk, actor=uuid4())
    assert (result.awarded_units, result.reversed_units) == (0, 15050)
    assert (state(batch), balance(NIP)) == (State.REVERTED, ("0.00", "0.00"))
    assert not SalesDocument.objects.filter(reverted_at__isnull=True).exists()
    assert SalesDocument.objects.count() == 2
    assert OutboxEvent.objects.filter(name="sales.accepted").count() == before + 1
    entry = AuditEntry.objects.get(action="import.reverted")
    assert entry.data == {"documents": 2, "taken": "150.50", "given": "0.00"}
    assert last_purchases([member_of(NIP).pk]) == {}

    # again changes nothing
    assert revert.revert(batch_id=batch.pk).reversed_units == 0
    again = run_import(paths)
    assert (outcome(again), codes(again), balance(NIP)) == ((2, 0, 0), [], ("150.50", "0.00"))


def test_what_is_spent_becomes_debt_and_is_said_before(folder: Folder) -> None:
    batch = run_import([folder.sale("FV/1", line("100.00"))])
    owner = Owner("member", member_of(NIP).pk)
    ledger.hold(
        owner=owner, points=Points.parse("60.00"), key="hold", occurred_at=clock.now(), source=Source("order", "1")
    )
    found = revert.preview(batch_id=batch.pk)
    assert (found.debtors, str(found.debt)) == (1, "60.00")
    revert.revert(batch_id=batch.pk)
    assert balance(NIP) == ("0.00", "60.00")


def test_corrections_and_returns_give_back_what_they_took(folder: Folder) -> None:
    run_import([folder.sale("FV/1", line("100.00"))])
    batch = run_import([folder.correction("KOR/1", "FV/1", line("-40.00"))])
    assert balance(NIP) == ("60.00", "0.00")
    found = revert.preview(batch_id=batch.pk)
    assert (str(found.taken), str(found.given)) == ("0.00", "40.00")
    revert.revert(batch_id=batch.pk)
    assert balance(NIP) == ("100.00", "0.00")
    again = run_import([folder.correction("KOR/1", "FV/1", line("-40.00"))])
    assert (outcome(again), balance(NIP)) == ((1, 0, 0), ("60.00", "0.00"))


def test_an_import_that_others_need_stays(folder: Folder) -> None:
    first = run_import([folder.sale("FV/1", line("100.00")), folder.sale("FV/2", line("50.00"))])
    second = run_import([folder.correction("KOR/1", "FV/1", line("-40.00"))])
    found = revert.preview(batch_id=first.pk)
    assert (found.used_by, found.used_by_more) == (("KOR/1",), False)
    with pytest.raises(DomainError) as refused:
        revert.request(batch_id=first.pk, actor=uuid4())
    assert (refused.value.code, refused.value.data["numbers"]) == ("BATCH_IN_USE", "KOR/1")
    with pytest.raises(DomainError, match="BATCH_IN_USE"):
        revert.revert(batch_id=first.pk)
    assert (state(first), balance(NIP)) == (State.DONE, ("110.00", "0.00"))

    revert.revert(batch_id=second.pk)
    revert.revert(batch_id=first.pk)
    assert balance(NIP) == ("0.00", "0.00")
    # its original is gone: a correction has nothing to refer to
    third = run_import([folder.correction("KOR/2", "FV/1", line("-1.00"))])
    assert codes(third) == [("CORRECTION_BEFORE_ORIGINAL", "KOR/2")]


RETURNS = """{"version": 1, "kind": {"number": {"ZW*": "return"}, "default": "invoice"}, "columns": {"number": "nr",
  "issue_date": "data", "currency": {"constant": "PLN"}, "buyer_nip": "nip", "sku": "sku", "quantity": "ile", "net": "netto"}}"""


def returns(folder: Folder, name: str, *rows: str) -> ImportBatch:
    path = folder.path / name
    path.write_text("\n".join(["nr;data;nip;sku;ile;netto", *rows]) + "\n", "utf-8")
    return run_import([path], format="csv", mapping=RETURNS)


def test_a_return_that_was_taken_back_leaves_the_sale_whole(folder: Folder) -> None:
    sale = returns(folder, "a.csv", f"FV/1;2026-03-02;{NIP};A;10;100,00")
    back = returns(folder, "b.csv", f"ZW/1;2026-03-05;{NIP};A;-10;-100,00")
    assert balance(NIP) == ("0.00", "0.00")
    found = revert.preview(batch_id=sale.pk)
    assert found.used_by == ("ZW/1",)
    revert.revert(batch_id=back.pk)
    assert (balance(NIP), ReturnTake.objects.count()) == (("100.00", "0.00"), 1)
    # ten can be given back again: what the first return took counts no more
    assert returns(folder, "c.csv", f"ZW/2;2026-03-06;{NIP};A;-4;-40,00").accepted == 1
    assert balance(NIP) == ("60.00", "0.00")


def test_nothing_is_taken_from_a_sale_that_was_taken_back(folder: Folder) -> None:
    gone = returns(folder, "a.csv", f"FV/1;2026-03-03;{NIP};A;10;100,00")
    returns(folder, "b.csv", f"FV/2;2026-03-02;{NIP};A;10;200,00")
    revert.revert(batch_id=gone.pk)
    returns(folder, "c.csv", f"ZW/1;2026-03-05;{NIP};A;-10;-100,00")
    assert balance(NIP) == ("0.00", "0.00")
    assert ReturnTake.objects.get().sold.document.number == "FV/2"


def test_it_is_done_in_the_background_and_asked_for_once(folder: Folder) -> None:
    batch = run_import([folder.sale("FV/1", line("100.00"))])
    actor = uuid4()
    revert.request(batch_id=batch.pk, actor=actor)
    revert.request(batch_id=batch.pk, actor=actor)
    assert state(batch) == State.REVERTING
    outbox.drain()
    assert (state(batch), balance(NIP)) == (State.REVERTED, ("0.00", "0.00"))
    taken = AuditEntry.objects.filter(object_id=str(batch.pk), action__startswith="import.revert").order_by("id")
    assert [(row.action, row.actor) for row in taken] == [("import.revert_asked", actor), ("import.reverted", actor)]


def test_what_came_to_need_it_meanwhile_keeps_it(folder: Folder) -> None:
    batch = run_import([folder.sale("FV/1", line("100.00"))])
    revert.request(batch_id=batch.pk, actor=uuid4())
    run_import([folder.correction("KOR/1", "FV/1", line("-40.00"))])
    outbox.drain()
    assert (state(batch), batch.failure, balance(NIP)) == (State.DONE, "BATCH_IN_USE", ("60.00", "0.00"))


def test_only_what_is_entered_can_be_taken_back(folder: Folder) -> None:
    batch = run_import([folder.sale("FV/1", line("100.00"))], dry_run=True)
    for refused in (revert.preview, revert.revert):
        with pytest.raises(DomainError, match="IMPORT_NOT_READY"):
            refused(batch_id=batch.pk)
        with pytest.raises(NotFound):
            refused(batch_id=uuid4())
    with pytest.raises(NotFound):
        console_imports.discard(batch_id=uuid4(), actor=uuid4())
