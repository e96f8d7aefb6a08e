"""Two processes import the same file at the same moment: each document once, the other process says duplicate."""

from __future__ import annotations

import json
from pathlib import Path

from django.db import connection, transaction

from tenants.ledger import services as ledger
from tenants.ledger.models import Posting
from tenants.sales.models import SalesDocument
from tests.support import command_line
from tests.support.importing import (
    BUYER,
    CSV_MAPPING,
    SECOND_BUYER,
    apply_one_point_per_unit,
    balance,
    many_invoices,
)
from tests.support.polling import wait_for
from tests.support.town import Town

DOCUMENTS = 600


def waiting_for_the_bulk_lane() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database"
            " WHERE l.locktype = 'advisory' AND NOT l.granted AND d.datname = current_database()"
        )
        return int(cursor.fetchone()[0])


def test_each_document_is_accepted_once(quiet_town: Town, tmp_path: Path) -> None:
    apply_one_point_per_unit()
    file = many_invoices(tmp_path / "rok.csv", DOCUMENTS)
    mapping = tmp_path / "mapping.json"
    mapping.write_text(CSV_MAPPING, "utf-8")
    arguments = ["import-sales", "--wholesaler", "alfa", "--format", "csv", "--mapping", str(mapping)]
    arguments += ["--enroll-buyers", "--json", str(file)]
    with transaction.atomic():
        ledger.lock_bulk_lane()  # both stand at the same gate before it opens
        both = [command_line.start(*arguments, KOLEKTOR_DATABASE=quiet_town.servers.database) for _ in range(2)]
        wait_for("two waiting imports", lambda: waiting_for_the_bulk_lane() == 2, seconds=60)
    reports = []
    for process in both:
        stdout, stderr = process.communicate(timeout=120)
        assert process.returncode == 0, stderr
        reports.append(json.loads(stdout))
    for report in reports:
        assert (report["documents"], report["rejected"], report["problems"]) == (DOCUMENTS, 0, [])
        assert report["accepted"] + report["duplicates"] == DOCUMENTS
    assert sum(report["accepted"] for report in reports) == DOCUMENTS
    assert sum(float(report["points_awarded"]) for report in reports) == DOCUMENTS * 10
    assert SalesDocument.objects.count() == DOCUMENTS
    assert Posting.objects.filter(kind="award").count() == DOCUMENTS
    half = f"{DOCUMENTS // 2 * 10}.00"
    assert balance(BUYER.nip or "") == balance(SECOND_BUYER.nip or "") == (half, "0.00")
    quiet_town.assert_clean()
