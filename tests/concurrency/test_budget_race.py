"""Sixteen processes award against a promotion with 1,000 points left: exactly 1,000 are issued, whoever comes first."""

from __future__ import annotations

import json
from pathlib import Path

from django.db import connection, transaction

from kolektor.kernel.points import Points
from tenants.ledger import selectors as ledger_reads
from tenants.ledger import services as ledger
from tenants.rules import services as rules
from tenants.rules.models import AwardLine, CapUsage
from tests.support import command_line
from tests.support.importing import BUYER, CSV_MAPPING, SECOND_BUYER
from tests.support.polling import wait_for
from tests.support.town import Town

PROCESSES = 16
INVOICES_EACH = 5
PROMOTION = {
    "code": "promocja",
    "name": "Promocja",
    "award": {"kind": "per_amount", "points": "1", "per": "1"},
    "budget": "1000",
}


def waiting() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database"
            " WHERE l.locktype = 'advisory' AND NOT l.granted AND d.datname = current_database()"
        )
        return int(cursor.fetchone()[0])


def invoices(path: Path, process: int) -> Path:
    """Each asks for 17.35 points: the sixteen together for 1,388."""
    nips = (BUYER.nip, SECOND_BUYER.nip)
    rows = [f"P/{process}/{n};2026-11-02;{nips[n % 2]};Kabel;17,35" for n in range(INVOICES_EACH)]
    path.write_text("\n".join(["nr;data;nip;nazwa;netto", *rows]) + "\n", "utf-8")
    return path


def test_exactly_the_budget_is_issued(quiet_town: Town, tmp_path: Path) -> None:
    rules.apply(body={"rules": [PROMOTION]})
    mapping = tmp_path / "mapping.json"
    mapping.write_text(CSV_MAPPING, "utf-8")
    arguments = ["import-sales", "--wholesaler", "alfa", "--format", "csv", "--mapping", str(mapping)]
    with transaction.atomic():
        ledger.lock_bulk_lane()  # all stand at the same gate before it opens
        started = [
            command_line.start(
                *arguments, "--enroll-buyers", "--json", str(invoices(tmp_path / f"{number}.csv", number)),
                KOLEKTOR_DATABASE=quiet_town.servers.database,
            )
            for number in range(PROCESSES)
        ]  # fmt: skip
        wait_for("sixteen waiting imports", lambda: waiting() == PROCESSES, seconds=300)
    reports = []
    for process in started:
        stdout, stderr = process.communicate(timeout=300)
        assert process.returncode == 0, stderr
        reports.append(json.loads(stdout))
    assert sum(report["accepted"] for report in reports) == PROCESSES * INVOICES_EACH
    promotion = AwardLine.objects.filter(version__rule__code="promocja")
    assert sum(line.units for line in promotion) == 1000_00
    assert sum(line.wanted or line.units for line in promotion) == PROCESSES * INVOICES_EACH * 17_35
    assert CapUsage.objects.get(version__rule__code="promocja", cap=0).units == 1000_00
    assert ledger_reads.program_total("issued:") == Points(-1000_00)
    quiet_town.assert_clean()
