"""An import that is killed and restarted, and what it must equal: the same import undisturbed, in another database's words."""

from __future__ import annotations

import json
import os
import random
import signal
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import psycopg2
from django.db import connection, transaction

from kolektor.embedded import postgres, storage
from tenants.ledger.verification import verify
from tenants.rules import services as rules
from tenants.sales import services
from tenants.sales.models import ImportBatch
from tests.support import command_line
from tests.support.importing import BUYER, CSV_MAPPING, SECOND_BUYER, run_import

# the last four lie inside a chunk's transaction, three of them around its postings
POINTS = ("import.before_chunk_commit", "import.after_award", "award.after_insert", "award.after_posting")

RULES = {
    "rules": [
        {"code": "wszystko", "name": "Wszystko", "award": {"kind": "per_amount", "points": "1", "per": "1"}},
        {
            "code": "limit",
            "name": "Z limitem",
            "award": {"kind": "per_amount", "points": "0.5", "per": "1"},
            "caps": [{"points": "40", "per": "day", "for": "member"}],
            "budget": "9000",
        },
    ]
}

# everything that a member could notice, with nothing in it that differs between two runs
_STATE = """
SELECT 'balance', f.nip, a.role, a.balance::text, '' FROM ledger_account a JOIN members_member m ON m.id = a.owner_id
JOIN members_firm f ON f.id = m.firm_id
UNION ALL
SELECT 'award', d.number, l.position::text, r.code || ' ' || w.units || ' ' || coalesce(w.wanted::text, '-'), w.template
FROM rules_awardline w JOIN sales_salesdocument d ON d.id = w.document_id JOIN sales_salesline l ON l.id = w.line_id
JOIN rules_ruleversion v ON v.id = w.version_id JOIN rules_rule r ON r.id = v.rule_id
UNION ALL
SELECT 'posting', kind, count(*)::text, '', '' FROM ledger_posting GROUP BY kind
UNION ALL
SELECT 'usage', cap::text, period::text, sum(units)::text, '' FROM rules_capusage GROUP BY cap, period
UNION ALL
SELECT 'documents', count(*)::text, count(DISTINCT number)::text, '', '' FROM sales_salesdocument
ORDER BY 1, 2, 3, 4, 5
"""


@dataclass
class Job:
    """A file, its mapping, and the state that importing it leaves."""

    file: Path
    mapping: Path
    expected: list[tuple[str, ...]]

    @property
    def arguments(self) -> list[str]:
        """Of the command."""
        return [
            "import-sales", "--wholesaler", "alfa", "--format", "csv", "--mapping", str(self.mapping), "--enroll-buyers",
            "--json", str(self.file),
        ]  # fmt: skip


def state() -> list[tuple[str, ...]]:
    """What is there now, in an order that is the same everywhere."""
    with connection.cursor() as cursor:
        cursor.execute(_STATE)
        return [tuple(row) for row in cursor.fetchall()]


def write_job(folder: Path, documents: int, dice: random.Random, *, members: bool = False) -> Job:
    """Random invoices of two buyers; what an undisturbed import of them leaves is found out, and rolled back.

    `members`: both are members before, as an import at the console enrolls nobody.
    """
    nips = (BUYER.nip, SECOND_BUYER.nip)
    rows = [
        f"H/{number};2026-11-{1 + number * 28 // documents:02d};{dice.choice(nips)};Kabel;"
        + str(Decimal(dice.randint(1, 9999)) / 100).replace(".", ",")
        for number in range(1, documents + 1)
    ]
    file, mapping = folder / "rok.csv", folder / "mapping.json"
    file.write_text("\n".join(["nr;data;nip;nazwa;netto", *rows]) + "\n", "utf-8")
    mapping.write_text(CSV_MAPPING, "utf-8")
    rules.apply(body=RULES)
    if members:
        earlier = folder / "przedtem.csv"
        first = [f"P/{index};2026-10-01;{nip};Kabel;10,00" for index, nip in enumerate(nips)]
        earlier.write_text("\n".join(["nr;data;nip;nazwa;netto", *first]) + "\n", "utf-8")
        run_import([earlier], format="csv", mapping=CSV_MAPPING)
    with transaction.atomic():
        run_import([file], format="csv", mapping=CSV_MAPPING)
        expected = state()
        transaction.set_rollback(True)
    return Job(file, mapping, expected)


def killed_then_finished(job: Job, database: str, fault: str) -> dict[str, Any]:
    """Kill the importer at a point, go on as a worker does, and say what was there after the kill."""
    done = command_line.run(*job.arguments, KOLEKTOR_DATABASE=database, KOLEKTOR_FAULT=fault)
    assert done.returncode == -signal.SIGKILL, done.stderr
    batch = ImportBatch.objects.latest("created_at")
    partial = {"processed": batch.processed, "clean": verify().differences == ()}
    services.commit(batch=batch)
    return partial


def kill_server(home: Path) -> None:
    """SIGKILL for PostgreSQL's first process; its others notice and end, with nothing written any more."""
    servers = storage.find(home)
    assert servers is not None
    pid = int(next(servers.rglob("postmaster.pid")).read_text().split("\n")[0])
    os.kill(pid, signal.SIGKILL)


def checkpoint(home: Path) -> None:
    """A cloned sequence page says that its next 32 values are in the log already, and they are in the template's: without
    a checkpoint after cloning, a crash gives them out twice. No database of a wholesaler is made by cloning.
    """
    server = psycopg2.connect(postgres.superuser_dsn(home, "postgres"))
    server.autocommit = True
    with server.cursor() as cursor:
        cursor.execute("CHECKPOINT")
    server.close()


def import_again(job: Job, database: str) -> dict[str, Any]:
    """What a person does who is not sure."""
    done = command_line.run(*job.arguments, KOLEKTOR_DATABASE=database)
    assert done.returncode == 0, done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    return report
