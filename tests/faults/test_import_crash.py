"""An import is killed between chunks: what is done stays done, the rest follows, nothing twice."""

from __future__ import annotations

import json
import signal
from pathlib import Path

from django.conf import settings

from tenants.ledger.models import Posting
from tenants.sales import services
from tenants.sales.models import ImportBatch, SalesDocument
from tests.support import command_line
from tests.support.importing import (
    BUYER,
    CSV_MAPPING,
    SECOND_BUYER,
    apply_one_point_per_unit,
    balance,
    many_invoices,
)
from tests.support.town import Town

DOCUMENTS = 900


def test_killed_in_the_second_chunk(shop_town: Town, tmp_path: Path) -> None:
    apply_one_point_per_unit()
    file = many_invoices(tmp_path / "rok.csv", DOCUMENTS)
    mapping = tmp_path / "mapping.json"
    mapping.write_text(CSV_MAPPING, "utf-8")
    arguments = ["import-sales", "--wholesaler", "alfa", "--format", "csv", "--mapping", str(mapping)]
    arguments += ["--enroll-buyers", "--json", str(file)]
    database = shop_town.servers.database

    killed = command_line.run(*arguments, KOLEKTOR_DATABASE=database, KOLEKTOR_FAULT="import.before_chunk_commit:2")
    assert killed.returncode == -signal.SIGKILL
    chunk = settings.IMPORT_CHUNK_DOCUMENTS
    assert SalesDocument.objects.count() == Posting.objects.filter(kind="award").count() == chunk
    batch = ImportBatch.objects.get()
    assert (batch.state, batch.processed, batch.accepted) == ("COMMITTING", chunk, chunk)
    shop_town.assert_clean()

    services.commit(batch=batch)  # what the worker does when its delivery comes again
    batch.refresh_from_db()
    assert (batch.state, batch.processed, batch.accepted) == ("DONE", DOCUMENTS, DOCUMENTS)
    assert batch.units_awarded == DOCUMENTS * 10_00
    assert SalesDocument.objects.count() == Posting.objects.filter(kind="award").count() == DOCUMENTS
    half = f"{DOCUMENTS // 2 * 10}.00"
    assert balance(BUYER.nip or "") == balance(SECOND_BUYER.nip or "") == (half, "0.00")
    shop_town.assert_clean()

    again = command_line.run(*arguments, KOLEKTOR_DATABASE=database)  # what a person does
    report = json.loads(again.stdout)
    assert (report["accepted"], report["duplicates"], report["points_awarded"]) == (0, DOCUMENTS, "0.00")
