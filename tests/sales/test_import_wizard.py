"""The console's wizard: saved mappings, corrected cells, progress, stop and again."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import connection

from kolektor.audit.models import AuditEntry
from kolektor.kernel.errors import DomainError, NotFound
from kolektor.kernel.outbox import services as outbox
from kolektor.kernel.tenant import current_schema, tenant_context
from tenants.sales import console_imports, progress, selectors, services, sources
from tenants.sales.fixes import Wish
from tenants.sales.models import ImportBatch, ImportFix, ImportProblem, ImportProgress, SalesDocument, StagedDocument
from tests.support.importing import apply_one_point_per_unit, assert_ledger_is_clean, codes, outcome

State = ImportBatch.State
MAPPING: dict[str, Any] = {
    "version": 1,
    "dates": ["%d.%m.%Y"],
    "thousands": " ",
    "columns": {
        "number": "Nr", "issue_date": "Data", "buyer_nip": "NIP", "name": "Nazwa", "quantity": "Ilość", "net": "Netto",
        "currency": {"constant": "PLN"},
    },
}  # fmt: skip
HEADER = "Nr;Data;NIP;Nazwa;Ilość;Netto"
MESSY = "\n".join(
    [
        HEADER,
        "FV/1;02.03.2026;7740001454;Kabel;1;10,00",
        "FV/2;31.02.2026;7740001454;Kabel;trzy;20,00",
        "FV/3;02.03.2026;7740001454;Kabel;1;dużo",
        "FV/4;02.03.2026;7740001454;Kabel;1;dużo",
        ";02.03.2026;7740001454;Kabel;1;50,00",
    ]
)


@pytest.fixture
def actor(in_alfa: Any) -> Iterator[UUID]:
    apply_one_point_per_unit()
    yield uuid4()
    assert_ledger_is_clean()


def upload(text: str, actor: UUID, *, mapping: str = "", name: str = "sprzedaż.csv") -> ImportBatch:
    data = text.encode()
    return console_imports.upload(
        file=io.BytesIO(data), file_name=name, size=len(data), format="csv", mapping=mapping, actor=actor
    )


def checked(text: str, actor: UUID) -> ImportBatch:
    batch = upload(text, actor, mapping=json.dumps(MAPPING))
    return worked(batch)


def worked(batch: ImportBatch) -> ImportBatch:
    outbox.drain()
    batch.refresh_from_db()
    return batch


def problem(batch: ImportBatch, **wanted: Any) -> ImportProblem:
    return ImportProblem.objects.get(batch=batch, **wanted)


def actions(batch: ImportBatch) -> list[str]:
    rows = AuditEntry.objects.filter(object_type="import", object_id=str(batch.pk)).order_by("id")
    return [row.action for row in rows]


def test_a_file_waits_for_its_mapping_which_is_saved_and_offered_again(actor: UUID) -> None:
    batch = upload(MESSY, actor)
    assert (batch.state, batch.mapping) == (State.UPLOADED, "")
    assert sources.offer(batch=batch) is None
    text = json.dumps(MAPPING)
    console_imports.request_check(batch_id=batch.pk, mapping=text, save_as="  Subiekt   eksport ", actor=actor)
    worked(batch)
    assert (batch.state, batch.source and batch.source.name) == (State.CHECKED, "Subiekt eksport")
    assert outcome(batch) == (1, 0, 4)
    assert actions(batch) == ["import.created", "import.mapped_as", "import.checked"]

    # the same columns in another order
    again = upload("Netto;Nr;Data;NIP;Nazwa;Ilość\n", actor)
    offer = sources.offer(batch=again)
    assert offer is not None
    assert offer.source is not None
    assert (offer.source.name, json.loads(offer.mapping)) == ("Subiekt eksport", MAPPING)
    assert sources.offer(batch=upload("Nr;Data;Netto\n", actor)) is None

    # a name is one source, whatever its case; a deleted one is not offered, and imports keep their mapping
    sources.save(name="SUBIEKT EKSPORT", format="csv", mapping=text, header_key="", actor=actor)
    (saved,) = sources.all_sources()
    sources.forget(source_id=saved.pk, actor=actor)
    batch.refresh_from_db()
    assert (batch.source, json.loads(batch.mapping)) == (None, MAPPING)
    offer = sources.offer(batch=again)
    assert offer is not None
    assert offer.source is None


def test_a_mapping_that_cannot_work_is_refused_and_nothing_changes(actor: UUID) -> None:
    batch = upload(MESSY, actor)
    useless = json.dumps({**MAPPING, "columns": {"number": "Nr", "net": "Netto"}})
    faults = sources.faults(format="csv", mapping=useless)
    assert [(fault["path"], fault["code"]) for fault in faults] == [
        ("columns.issue_date", "MAPPING_INCOMPLETE"),
        ("columns.currency", "MAPPING_INCOMPLETE"),
        ("columns", "MAPPING_INCOMPLETE"),
    ]
    with pytest.raises(DomainError, match="BAD_MAPPING"):
        console_imports.request_check(batch_id=batch.pk, mapping=useless, save_as="Zły", actor=actor)
    batch.refresh_from_db()
    assert (batch.state, batch.mapping, sources.all_sources()) == (State.UPLOADED, "", [])
    with pytest.raises(DomainError, match="SOURCE_NAME"):
        console_imports.request_check(batch_id=batch.pk, mapping=json.dumps(MAPPING), save_as="x" * 81, actor=actor)
    batch.refresh_from_db()
    assert batch.state == State.UPLOADED


def test_cells_are_corrected_in_place_and_nothing_of_the_file_is_lost(actor: UUID) -> None:
    batch = checked(MESSY, actor)
    assert [(row.code, row.document, row.row) for row in selectors.problems(batch.pk) if row.severity == "error"] == [
        ("BAD_DATE", "FV/2", 3),
        ("BAD_NUMBER", "FV/2", 3),
        ("BAD_NUMBER", "FV/3", 4),
        ("BAD_NUMBER", "FV/4", 5),
        ("MISSING_VALUE", None, 6),
    ]
    key = batch.storage_key
    wishes = [
        Wish(problem(batch, code="BAD_DATE").pk, "28.02.2026"),
        Wish(problem(batch, code="BAD_NUMBER", document="FV/2").pk, "cztery"),
        Wish(problem(batch, code="BAD_NUMBER", document="FV/4").pk, "1 040,00", everywhere=True),
        Wish(problem(batch, code="MISSING_VALUE").pk, "FV/5"),
    ]
    console_imports.fix(batch_id=batch.pk, wishes=wishes, actor=actor)
    assert (worked(batch).state, outcome(batch), codes(batch)) == (State.CHECKED, (4, 0, 1), [("BAD_NUMBER", "FV/2")])

    # the new text is wrong as well: it stands where it was typed, and can be corrected again
    again = problem(batch, code="BAD_NUMBER")
    assert (again.value, again.row) == ("cztery", 3)
    console_imports.fix(batch_id=batch.pk, wishes=[Wish(again.pk, "4")], actor=actor)
    assert (worked(batch).state, outcome(batch)) == (State.CHECKED, (5, 0, 0))

    assert [
        (row.row, row.document, row.field, row.old, row.new) for row in ImportFix.objects.order_by("id")
    ] == [
        (3, None, "issue_date", "31.02.2026", "28.02.2026"),
        (3, None, "quantity", "trzy", "cztery"),
        (None, None, "net", "dużo", "1 040,00"),
        (6, None, "number", None, "FV/5"),
        (3, None, "quantity", "cztery", "4"),
    ]  # fmt: skip
    assert all(row.actor == actor for row in ImportFix.objects.all())
    assert actions(batch).count("import.fixed_row") == 4
    assert actions(batch).count("import.fixed_value") == 1
    with console_imports._local(key) as path:
        assert path.read_text() == MESSY

    console_imports.request_commit(batch_id=batch.pk, actor=actor)
    assert (worked(batch).state, outcome(batch)) == (State.DONE, (5, 0, 0))
    nets = SalesDocument.objects.order_by("number").values_list("number", "lines__net")
    assert [(number, str(net)) for number, net in nets] == [
        ("FV/1", "10.00"), ("FV/2", "20.00"), ("FV/3", "1040.00"), ("FV/4", "1040.00"), ("FV/5", "50.00"),
    ]  # fmt: skip


def test_an_error_of_the_check_is_corrected_on_the_whole_document(actor: UUID) -> None:
    mapping = {**MAPPING, "columns": {**MAPPING["columns"], "currency": "Wal", "seller_nip": "Sprzedawca"}}
    text = (
        f"{HEADER};Wal;Sprzedawca\nFV/1;02.03.2026;7740001454;Kabel;1;10,00;XXX;5260250274\n"
        "FV/1;02.03.2026;7740001454;Puszka;1;5,00;XXX;5260250274\nFV/2;02.03.2026;;Kabel;1;1,00;PLN;1111111111"
    )
    batch = worked(upload(text, actor, mapping=json.dumps(mapping)))
    assert codes(batch) == [("UNKNOWN_CURRENCY", "FV/1"), ("SELLER_MISMATCH", "FV/2")]
    wishes = [
        Wish(problem(batch, code="UNKNOWN_CURRENCY").pk, "PLN"),
        Wish(problem(batch, code="SELLER_MISMATCH").pk, "5260250274"),
    ]
    console_imports.fix(batch_id=batch.pk, wishes=wishes, actor=actor)
    assert (worked(batch).state, outcome(batch), batch.lines) == (State.CHECKED, (2, 0, 0), 3)


def test_a_number_in_conflict_gets_another_one_and_later_corrections_follow(actor: UUID) -> None:
    first = checked(f"{HEADER}\nFV/1;02.03.2026;;Kabel;1;10,00", actor)
    services.commit(batch=first)
    batch = checked(f"{HEADER}\nFV/1;02.03.2026;;Kabel;1;11,00", actor)
    assert codes(batch) == [("NUMBER_CONFLICT", "FV/1")]
    console_imports.fix(
        batch_id=batch.pk, wishes=[Wish(problem(batch, code="NUMBER_CONFLICT").pk, "FV/1A")], actor=actor
    )
    assert outcome(worked(batch)) == (1, 0, 0)
    assert StagedDocument.objects.get(batch=batch).number == "FV/1A"


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        (lambda row: [], "NOTHING_TO_FIX"),
        (lambda row: [Wish(row.pk, "x" * 1001)], "FIX_TOO_LONG"),
        (lambda row: [Wish(row.pk, "a\nb")], "FIX_TOO_LONG"),
        (lambda row: [Wish(row.pk, "1")] * 501, "TOO_MANY_FIXES"),
        (lambda row: [Wish(row.pk + 1_000_000, "1")], "NOT_FOUND"),
    ],
    ids=["nothing", "too long", "two lines", "too many", "of nobody"],
)
def test_a_correction_that_cannot_be_is_refused_and_nothing_kept(actor: UUID, wish: Any, code: str) -> None:
    batch = checked(MESSY, actor)
    with pytest.raises(DomainError, match=code):
        console_imports.fix(batch_id=batch.pk, wishes=wish(problem(batch, code="BAD_DATE")), actor=actor)
    batch.refresh_from_db()
    assert (batch.state, ImportFix.objects.count()) == (State.CHECKED, 0)


def test_a_problem_of_another_import_and_one_without_a_cell_are_refused(actor: UUID) -> None:
    batch, other = checked(MESSY, actor), checked(MESSY, actor)
    with pytest.raises(NotFound):
        console_imports.fix(batch_id=batch.pk, wishes=[Wish(problem(other, code="BAD_DATE").pk, "1")], actor=actor)
    broken = checked(f"{HEADER}\nFV/1;02.03.2026;;Kabel;1", actor)
    with pytest.raises(DomainError, match="NOT_FIXABLE"):
        console_imports.fix(batch_id=broken.pk, wishes=[Wish(problem(broken, code="BAD_ROW").pk, "1")], actor=actor)


def test_only_what_waits_for_a_decision_is_corrected(actor: UUID) -> None:
    batch = checked(MESSY, actor)
    row = problem(batch, code="BAD_DATE")
    services.commit(batch=batch)
    with pytest.raises(DomainError, match="IMPORT_NOT_READY"):
        console_imports.fix(batch_id=batch.pk, wishes=[Wish(row.pk, "1")], actor=actor)
    with pytest.raises(DomainError, match="IMPORT_NOT_READY"):
        console_imports.request_check(batch_id=batch.pk, mapping=json.dumps(MAPPING), actor=actor)


def invoices(count: int) -> str:
    return "\n".join([HEADER, *(f"H/{n};02.03.2026;7740001454;Kabel;1;10,00" for n in range(count))])


def test_a_commit_stops_between_two_chunks_and_goes_on(actor: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "IMPORT_CHUNK_DOCUMENTS", 10)
    batch = checked(invoices(35), actor)
    console_imports.request_commit(batch_id=batch.pk, actor=actor)
    whole = services._chunk
    done = 0

    def two_chunks(batch: ImportBatch, tally: services.Tally) -> bool:
        nonlocal done
        done += 1
        if done == 2:
            console_imports.stop(batch_id=batch.pk, actor=actor)
        return whole(batch, tally)

    monkeypatch.setattr(services, "_chunk", two_chunks)
    assert (worked(batch).state, batch.processed, outcome(batch)) == (State.STOPPED, 20, (20, 0, 0))
    assert SalesDocument.objects.filter(batch=batch).count() == 20
    assert not ImportProgress.objects.get(batch=batch).stop_asked
    with pytest.raises(DomainError, match="IMPORT_NOT_READY"):
        console_imports.discard(batch_id=batch.pk, actor=actor)

    console_imports.retry(batch_id=batch.pk, actor=actor)
    assert (worked(batch).state, batch.processed, outcome(batch)) == (State.DONE, 35, (35, 0, 0))
    assert SalesDocument.objects.filter(batch=batch).count() == 35
    assert actions(batch)[-5:] == [
        "import.commit_asked", "import.stop_asked", "import.stopped", "import.retried", "import.done",
    ]  # fmt: skip


def test_what_does_not_run_is_not_stopped_and_what_is_done_not_retried(actor: UUID) -> None:
    batch = checked(MESSY, actor)
    for refused in (console_imports.stop, console_imports.retry):
        with pytest.raises(DomainError, match="IMPORT_NOT_READY"):
            refused(batch_id=batch.pk, actor=actor)


def test_a_dry_run_can_be_stopped_from_outside_its_transaction(fresh: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Progress and the wish to stop pass through rows that the dry run's own transaction has not committed."""
    monkeypatch.setattr(progress, "_SECONDS_APART", 0)
    actor = uuid4()
    with tenant_context(fresh("wizard")):
        batch = upload(invoices(2500), actor, mapping=json.dumps(MAPPING))
        seen: list[tuple[str, int, int]] = []
        told = progress.Reporter.__call__

        def ask_elsewhere() -> None:
            """As another process would: on a connection of its own."""
            other = connection.copy()
            table = f'"{current_schema()}".sales_importprogress'
            with other.cursor() as cursor:
                cursor.execute(f"UPDATE {table} SET stop_asked = true WHERE batch_id = %s", [str(batch.pk)])
            other.close()

        def watched(self: progress.Reporter, done: float) -> None:
            told(self, done)
            row = ImportProgress.objects.get(batch=batch)
            seen.append((row.phase, row.done, row.total))
            if row.phase == "READING" and row.done > 500:
                ask_elsewhere()

        monkeypatch.setattr(progress.Reporter, "__call__", watched)
        outbox.drain()
        batch.refresh_from_db()
        assert batch.state == State.UPLOADED
        assert seen[0] == ("READING", 0, 1000)
        assert not StagedDocument.objects.filter(batch=batch).exists()
        monkeypatch.setattr(progress.Reporter, "__call__", told)
        console_imports.retry(batch_id=batch.pk, actor=actor)
        outbox.drain()
        batch.refresh_from_db()
        assert (batch.state, batch.accepted) == (State.CHECKED, 2500)
