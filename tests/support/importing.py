"""Running the real importer in a test, and writing small FA(3) documents for it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from integrations.salesfeeds.ksef_writer import CorrectedInvoice, Invoice, InvoiceLine, Party, write
from kolektor.kernel.binding import bound
from kolektor.kernel.points import Points
from tenants.ledger import selectors as ledger
from tenants.ledger.services import Owner
from tenants.ledger.verification import verify
from tenants.members.models import Member
from tenants.rules import services as rules
from tenants.sales import selectors, services
from tenants.sales.models import ImportBatch, ImportProblem
from tenants.sales.ports import Feeds
from tests.shared_data import CHECKOUT

D = Decimal
ALFA_NIP = "5260250274"
BUYER = Party(name="Instalator Jan", nip="7740001454")
SECOND_BUYER = Party(name="Instalator Ewa", nip="1111111111")
ALFA_SELLER = Party(name="Hurtownia Alfa", nip=ALFA_NIP)
DAY = date(2026, 3, 2)
ONE_POINT_PER_UNIT: dict[str, Any] = json.loads(
    (CHECKOUT / "docs" / "examples" / "one-point-per-unit.json").read_text("utf-8")
)
INDEPENDENT = CHECKOUT / "tests" / "integrations" / "salesfeeds" / "independent.py"


def line(net: str, *, name: str = "Kabel", sku: str | None = None, quantity: str = "1", **options: Any) -> InvoiceLine:
    """A line; `before=True` for a before-state, `number=` for a position of its own."""
    return InvoiceLine(name=name, quantity=D(quantity), net=D(net), sku=sku, **options)


@dataclass
class Folder:
    """Writes documents of one seller into a folder."""

    path: Path
    seller: Party = ALFA_SELLER

    def sale(self, number: str, *lines: InvoiceLine, day: date = DAY, **options: Any) -> Path:
        """An invoice as a file named after its number."""
        options.setdefault("buyer", BUYER)
        options.setdefault("seller", self.seller)
        file = options.pop("file", None)
        data = write(Invoice(number=number, issue_date=day, lines=tuple(lines), **options))
        path = self.path / (file or f"{number.replace('/', '-')}.xml")
        path.write_bytes(data)
        return path

    def change(
        self, number: str, original: str | Sequence[str], *, net: str | None = None, gross: str, **options: Any
    ) -> Path:
        """A correction that states what it changes of the whole, and no lines of value; `lines` name goods only."""
        totals = {} if net is None else {"P_13_1": D(net), "P_14_1": D(gross) - D(net)}
        options.setdefault("day", date(2026, 3, 20))
        originals = [original] if isinstance(original, str) else original
        corrects = tuple(CorrectedInvoice(number=item, issue_date=DAY) for item in originals)
        named = options.pop("lines", ())
        return self.sale(number, *named, corrects=corrects, totals={**totals, "P_15": D(gross)}, **options)

    def correction(self, number: str, original: str | Sequence[str], *lines: InvoiceLine, **options: Any) -> Path:
        """A correction of one or several originals."""
        originals = [original] if isinstance(original, str) else original
        corrects = tuple(CorrectedInvoice(number=item, issue_date=DAY) for item in originals)
        options.setdefault("day", date(2026, 3, 20))
        return self.sale(number, *lines, corrects=corrects, **options)


def as_fa2(data: bytes) -> bytes:
    """An FA(3) document as FA(2) would have it: another namespace and head, and a buyer without `JST` and `GV`."""
    text = data.decode("utf-8")
    for new, old in (
        ("http://crd.gov.pl/wzor/2025/06/25/13775/", "http://crd.gov.pl/wzor/2023/06/29/12648/"),
        ('kodSystemowy="FA (3)"', 'kodSystemowy="FA (2)"'),
        ("<WariantFormularza>3<", "<WariantFormularza>2<"),
    ):
        assert new in text
        text = text.replace(new, old)
    return re.sub(r"\s*<(JST|GV)>[12]</\1>", "", text).encode("utf-8")


def run_import(
    paths: Iterable[Path],
    *,
    format: str = "ksef",
    mapping: str = "",
    any_seller: bool = False,
    enroll_buyers: bool = True,
    dry_run: bool = False,
) -> ImportBatch:
    """Stage and commit (or only check) in the schema in force, as the command line does."""
    chosen = list(paths)
    batch = services.create_batch(
        format=format,
        file_name=chosen[0].name,
        mapping=mapping,
        any_seller=any_seller,
        enroll_buyers=enroll_buyers,
    )
    services.stage(batch=batch, paths=bound(Feeds).expand(chosen))
    if dry_run:
        services.check(batch=batch)
    else:
        services.commit(batch=batch)
    batch.refresh_from_db()
    return batch


def counts(batch: ImportBatch) -> dict[str, int | str]:
    """What the command line prints, without the problems."""
    return {
        "documents": batch.documents,
        "accepted": batch.accepted,
        "duplicates": batch.duplicates,
        "rejected": batch.rejected,
        "lines": batch.lines,
        "matched_lines": batch.matched_lines,
        "points_awarded": str(Points(batch.units_awarded)),
        "points_reversed": str(Points(batch.units_reversed)),
    }


def outcome(batch: ImportBatch) -> tuple[int, int, int]:
    """Accepted, duplicates, rejected."""
    return batch.accepted, batch.duplicates, batch.rejected


def notices(batch: ImportBatch) -> list[str]:
    """The codes of the notices of a batch, in file order."""
    return [row.code for row in selectors.problems(batch.pk) if row.severity == "notice"]


def errors(batch: ImportBatch) -> list[ImportProblem]:
    """The errors of a batch in file order."""
    return [row for row in selectors.problems(batch.pk) if row.severity == "error"]


def codes(batch: ImportBatch) -> list[tuple[str, str | None]]:
    """Code and document of each error."""
    return [(row.code, row.document) for row in errors(batch)]


def apply_one_point_per_unit() -> None:
    """Publish the example rule in the schema in force."""
    rules.apply(body=ONE_POINT_PER_UNIT)


def member_of(nip: str) -> Member:
    """The member that an import enrolled for a firm."""
    return Member.objects.get(firm__nip=nip)


def balance(nip: str) -> tuple[str, str]:
    """Available points and debt of a firm's member."""
    owner = Owner("member", member_of(nip).pk)
    standing = ledger.balances([owner])[owner]
    return str(standing.available), str(standing.debt)


def assert_ledger_is_clean() -> None:
    """Every balance and lot of the schema in force follows from the transfers."""
    assert verify().differences == ()


def independent(script: Path, *arguments: object) -> dict[str, Any]:
    """What a script finds that imports nothing of ours, run as a process without our code on its path."""
    answer = subprocess.run(
        [sys.executable, "-I", str(script), *map(str, arguments)], capture_output=True, check=True, timeout=120
    )
    found: dict[str, Any] = json.loads(answer.stdout)
    return found


def independent_points(paths: Iterable[Path]) -> dict[str, str]:
    """Points of FA(3) documents."""
    return independent(INDEPENDENT, *paths)


CSV_MAPPING = """{"version": 1, "columns": {"number": "nr", "issue_date": "data", "currency": {"constant": "PLN"},
  "buyer_nip": "nip", "name": "nazwa", "net": "netto"}}"""


def many_invoices(path: Path, count: int, *, net: str = "10,00") -> Path:
    """A CSV of invoices with one line each, for two buyers in turn."""
    nips = [BUYER.nip, SECOND_BUYER.nip]
    rows = [f"H/{number};2026-03-02;{nips[number % 2]};Kabel;{net}" for number in range(1, count + 1)]
    path.write_text("\n".join(["nr;data;nip;nazwa;netto", *rows]) + "\n", "utf-8")
    return path
