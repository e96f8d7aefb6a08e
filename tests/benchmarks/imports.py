"""P5: a CSV file of invoice lines through the command, twelve rules, against the rows it wrote. P8: reads beside many lines."""

from __future__ import annotations

import json
import os
import random
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from kolektor.embedded import home as embedded_home
from kolektor.embedded import postgres
from kolektor.kernel.tenant import public_context, tenant_context
from kolektor.network.services import ensure_brand
from tenants.insight import selectors as insight
from tenants.ledger import selectors as ledger
from tenants.ledger.services import Owner
from tenants.members.models import Member
from tenants.rules import services as rules
from tenants.sales.models import SalesDocument
from tenants.sales.products import ProductRow, upsert_products
from tests.benchmarks import cluster, seeding
from tests.benchmarks.measuring import Row, compare, say
from tests.shared_data import CHECKOUT
from tests.support import command_line

LINES_A_DOCUMENT = 4
LINES_A_BUYER = 500
PRODUCTS = 400
BRANDS = 20
CATEGORIES = ("kotły", "pompy", "rury i złączki", "zawory")
BIG, SMALL = "bench_many_lines", "bench_few_lines"
MAPPING = {
    "version": 1,
    "columns": {
        "number": "nr", "issue_date": "data", "currency": {"constant": "PLN"}, "buyer_nip": "nip", "sku": "sku",
        "name": "nazwa", "quantity": "sztuk", "net": "netto",
    },
}  # fmt: skip
# what the import writes and the floor writes again
_TABLES = (
    "sales_salesdocument", "sales_salesline", "rules_awardline", "rules_cappedline", "rules_capusage", "ledger_posting",
    "ledger_lot", "ledger_transfer", "ledger_lotbalance", "ledger_account", "kernel_outboxevent", "kernel_outboxdelivery",
)  # fmt: skip


def twelve_rules() -> list[dict[str, Any]]:
    """Of every kind that there is, with caps of each period, a budget, boosts and maturing."""

    def rule(code: str, award: dict[str, Any], **more: Any) -> dict[str, Any]:
        return {"code": code, "name": code, "award": award, **more}

    def per(points: str, amount: str) -> dict[str, Any]:
        return {"kind": "per_amount", "points": points, "per": amount}

    def brand(*numbers: int) -> dict[str, Any]:
        return {"field": "brand", "in": [f"marka-{number}" for number in numbers]}

    friday = {"field": "weekday", "in": ["5"]}
    return [
        rule("wszystko", per("2", "100")),
        rule("marka-a", per("3", "100"), when=brand(1, 2), caps=[{"points": "500", "per": "month", "for": "member"}]),
        rule("marka-b", per("1", "7"), when=brand(3), boosts=[{"times": "2", "when": friday}]),
        rule("pompy", {"kind": "per_unit", "points": "0.5"}, when={"field": "category", "in": ["pompy"]}),
        rule("kotly", {"kind": "fixed", "points": "5", "each": "line"}, when={"all": [
            {"field": "category", "in": ["kotły"]}, {"field": "value", "at_least": "200"}]}),
        rule("duza-faktura", {"kind": "fixed", "points": "25", "each": "document", "least": "900"}),
        rule("piatek", per("1", "100"), when=friday, caps=[{"points": "40", "per": "day", "for": "member"}]),
        rule("marka-c", per("2", "100"), when=brand(4, 5), matures_after_days=14),
        rule("nie-rury", per("0.5", "100"), when={"not": {"field": "category", "in": ["rury i złączki"]}}),
        rule("akcja", per("4", "100"), when=brand(6), budget="20000"),
        rule("rok", per("1", "50"), when=brand(7, 8), caps=[{"points": "2000", "per": "year", "for": "firm"}]),
        rule("podwojnie", {"kind": "multiplier", "times": "2"}, when={"all": [brand(9), friday]}),
    ]  # fmt: skip


def nip(number: int) -> str:
    """A tax number with the right check digit."""
    while True:
        digits = f"{100_000_000 + number:09d}"
        check = sum(int(digit) * weight for digit, weight in zip(digits, (6, 5, 7, 2, 3, 4, 5, 6, 7), strict=True)) % 11
        if check < 10:
            return f"{digits}{check}"
        number += 500_000_000


def write_file(path: Path, lines: int) -> int:
    """Invoices of four lines over half a year. Returns how many documents."""
    dice = random.Random(5)
    documents = lines // LINES_A_DOCUMENT
    buyers = [nip(number) for number in range(max(1, lines // LINES_A_BUYER))]
    first = date(2026, 1, 2)
    with path.open("w", encoding="utf-8") as file:
        file.write("nr;data;nip;sku;nazwa;sztuk;netto\n")
        for number in range(documents):
            day = (first + timedelta(days=number * 180 // documents)).isoformat()
            buyer = dice.choice(buyers)
            for _ in range(LINES_A_DOCUMENT):
                product, pieces = dice.randrange(PRODUCTS), dice.randint(1, 9)
                net = f"{dice.randint(100, 90000) / 100:.2f}".replace(".", ",")
                file.write(f"B/{number};{day};{buyer};T-{product};Towar {product};{pieces};{net}\n")
    return documents


@dataclass
class Imported:
    """What one run of the command took."""

    seconds: float
    memory_mb: float
    report: dict[str, Any]


def prepare(name: str) -> None:
    """A database of that name with products, brands and the twelve rules."""
    home = embedded_home.state_home()
    postgres.drop_database(home, name)
    with cluster.superuser() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{cluster.TEMPLATE}" STRATEGY file_copy')
    with cluster.superuser(name) as cursor:
        cursor.execute(postgres.roles_sql())
    seeding.point_at(name, "app")
    wholesaler = seeding.wholesaler()
    with public_context():
        brands = [
            ensure_brand(
                network=wholesaler.network, supplier=(f"dostawca-{number % 5}", f"Dostawca {number % 5}"),
                brand=(f"marka-{number}", f"Marka {number}"),
            )
            for number in range(BRANDS)
        ]  # fmt: skip
    with tenant_context(wholesaler):
        upsert_products(
            rows=[
                ProductRow(
                    f"T-{number}", f"Towar {number}", category=CATEGORIES[number % len(CATEGORIES)],
                    brand_id=brands[number % BRANDS].pk, supplier_id=brands[number % BRANDS].supplier_id,
                )
                for number in range(PRODUCTS)
            ]
        )  # fmt: skip
        rules.apply(body={"rules": twelve_rules()})
    seeding.point_at("postgres", "app")
    with cluster.superuser(name) as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")


def run_command(name: str, file: Path, mapping: Path) -> Imported:
    """`kolektor import-sales` as a process of its own, its peak memory included. Raises AssertionError when it fails."""
    began = time.perf_counter()
    with (file.parent / "report.json").open("w+b") as out:
        process = subprocess.Popen(
            [command_line.KOLEKTOR, "import-sales", "--wholesaler", seeding.SLUG, "--format", "csv", "--mapping",
             str(mapping), "--enroll-buyers", "--json", str(file)],
            cwd=CHECKOUT, env={**os.environ, "KOLEKTOR_DATABASE": name}, stdin=subprocess.DEVNULL, stdout=out,
        )  # fmt: skip
        # the kernel's own account of an ended process begins with the size of whoever started it: the process is asked itself
        peak = 0
        while process.poll() is None:
            peak = max(peak, _peak_kilobytes(process.pid))
            time.sleep(0.1)
        seconds = time.perf_counter() - began
        assert process.returncode == 0, process.returncode
        out.seek(0)
        return Imported(seconds, peak / 1024, json.load(out))


def _peak_kilobytes(pid: int) -> int:
    """The largest resident size that a running process has had; 0 when it has just ended."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text("ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1])
    return 0


def p5(*, rounds: int, lines: int) -> list[Row]:
    """Two references of one import, each after it: they write what it wrote, so that no order can alternate."""
    what = f"{lines:,} lines in {lines // LINES_A_DOCUMENT:,} documents, CSV file to balances, 12 rules"
    floor = Row("P5", what, "the same rows by INSERT … SELECT", "s", 1.6, 1.2, higher_is_better=False)
    copy = Row("P5", what, "COPY of the lines, primary key only", "s", 15, 5, higher_is_better=False)
    folder = embedded_home.state_home()
    file, mapping = folder / "lines.csv", folder / "mapping.json"
    documents = write_file(file, lines)
    mapping.write_text(json.dumps(MAPPING), "utf-8")
    memory = 0.0
    for number in range(rounds):
        prepare(BIG)
        done = run_command(BIG, file, mapping)
        assert (done.report["accepted"], done.report["matched_lines"]) == (documents, lines), done.report
        memory = max(memory, done.memory_mb)
        with cluster.superuser(BIG) as cursor:
            cursor.execute("CHECKPOINT")
            floors, written = _write_again(cursor)
            copied = _copy(cursor, folder / "lines.copy")
        for row, other in ((floor, floors), (copy, copied)):
            row.ours.append(done.seconds)
            row.theirs.append(other)
            say(f"  P5 round {number + 1}/{rounds}: {done.seconds:.1f} s against {other:.1f} s of {row.reference}")
    again = run_command(BIG, file, mapping)
    assert (again.report["accepted"], again.report["points_awarded"]) == (0, "0.00"), again.report
    floor.notes.append(
        f"{written:,} rows written; the importer's peak was {memory:.0f} MB; the same file again posts 0"
    )
    return [floor, copy]


def _write_again(cursor: Any) -> tuple[float, int]:
    """Seconds for the same rows into tables of the same structure, each table one statement; and how many rows."""
    cursor.execute("DROP SCHEMA IF EXISTS floor CASCADE")
    cursor.execute("CREATE SCHEMA floor")
    seconds, written = 0.0, 0
    for table in _TABLES:
        cursor.execute(f'CREATE TABLE floor."{table}" (LIKE "{cluster.SCHEMA}"."{table}" INCLUDING ALL)')
        cursor.execute(
            "SELECT string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position) FROM information_schema.columns "
            "WHERE table_schema = %s AND table_name = %s AND is_generated = 'NEVER'",
            [cluster.SCHEMA, table],
        )
        (columns,) = cursor.fetchone()
        began = time.perf_counter()
        cursor.execute(
            f'INSERT INTO floor."{table}" ({columns}) OVERRIDING SYSTEM VALUE '
            f'SELECT {columns} FROM "{cluster.SCHEMA}"."{table}"'
        )
        seconds += time.perf_counter() - began
        written += cursor.rowcount
    return seconds, written


def _copy(cursor: Any, path: Path) -> float:
    with path.open("wb") as file:
        cursor.copy_expert(f'COPY "{cluster.SCHEMA}".sales_salesline TO STDOUT', file)
    cursor.execute(f'CREATE TABLE floor.copied (LIKE "{cluster.SCHEMA}".sales_salesline INCLUDING DEFAULTS)')
    cursor.execute("ALTER TABLE floor.copied ADD PRIMARY KEY (id)")
    began = time.perf_counter()
    with path.open("rb") as file:
        cursor.copy_expert("COPY floor.copied FROM STDIN", file)
    seconds = time.perf_counter() - began
    path.unlink()
    return seconds


def p8(*, rounds: int, lines: int, few: int, seconds: float) -> Row:
    """Members with as many lines each; only the program around them is a hundred times as large."""
    folder = embedded_home.state_home()
    file, mapping = folder / "few.csv", folder / "mapping.json"
    mapping.write_text(json.dumps(MAPPING), "utf-8")
    for name, count in ((SMALL, few), (BIG, lines)):
        if name == BIG and _has(name, lines):
            continue  # P5 left it
        write_file(file, count)
        prepare(name)
        run_command(name, file, mapping)
    for name in (SMALL, BIG):
        with cluster.superuser(name) as cursor:
            cursor.execute("VACUUM ANALYZE")
    row = Row(
        "P8",
        f"balance, history page and receipt beside {lines:,} lines",
        f"the same beside {few:,}",
        "ms",
        1.3,
        1.05,
        higher_is_better=False,
    )
    compare(row, lambda: _milliseconds(BIG, seconds), lambda: _milliseconds(SMALL, seconds), rounds=rounds)
    return row


def _has(name: str, lines: int) -> bool:
    with cluster.superuser() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone() is None:
            return False
    with cluster.superuser(name) as cursor:
        cursor.execute(f'SELECT count(*) FROM "{cluster.SCHEMA}".sales_salesline')
        return bool(cursor.fetchone()[0] == lines // LINES_A_DOCUMENT * LINES_A_DOCUMENT)


def _milliseconds(name: str, seconds: float) -> float:
    """Median time of the three reads of one member, random members in a time box."""
    dice = random.Random(8)
    seeding.point_at(name, "app")
    times: list[float] = []
    with tenant_context(seeding.wholesaler()):
        members = list(Member.objects.filter(firm__isnull=False).order_by("pk")[:500])
        end = time.perf_counter() + seconds
        while time.perf_counter() < end or len(times) < 20:
            member = dice.choice(members)
            owner = Owner("member", member.pk)
            began = time.perf_counter()
            standing = ledger.balances([owner])[owner]
            page = ledger.history(owner, limit=20)
            document = insight.documents_of([member.pk])[0]
            receipt = insight.receipts([document.pk])[document.pk]
            times.append((time.perf_counter() - began) * 1000)
            assert standing.available.units > 0 and page and receipt.lines
        assert SalesDocument.objects.exists()
    seeding.point_at("postgres", "app")
    return median(times)
