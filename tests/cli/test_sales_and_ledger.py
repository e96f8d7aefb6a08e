"""`import-sales`, `ledger balances`, `ledger verify`: the shapes that scripts rely on, and their exit codes."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from integrations.salesfeeds.ksef_writer import Invoice, InvoiceLine, Party, write
from tests.cli.conftest import Done, Run
from tests.shared_data import CHECKOUT

ALFA = Party(name="Hurtownia Alfa", nip="5260250274")
BUYER = Party(name="Instalator Jan", nip="5213003700")
EXAMPLE = CHECKOUT / "docs" / "examples" / "one-point-per-unit.json"
COUNTS = {
    "documents", "accepted", "duplicates", "rejected", "lines", "matched_lines", "points_awarded", "points_reversed",
}  # fmt: skip
PROBLEM = {"file", "document", "line", "field", "code", "message"}
# beyond what was asked for: how bad, the offending value, and the sentence in Polish
MORE = {"severity", "value", "message_pl"}
NOTHING = {
    "documents": 0, "accepted": 0, "duplicates": 0, "rejected": 0, "lines": 0, "matched_lines": 0,
    "points_awarded": "0.00", "points_reversed": "0.00",
}  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def rules(run: Run) -> None:
    assert run("rules", "apply", "--wholesaler", "alfa", EXAMPLE).code == 0


def invoice(folder: Path, number: str, net: str, *, seller: Party = ALFA, name: str | None = None) -> Path:
    data = write(
        Invoice(
            number=number, issue_date=date(2026, 3, 2), seller=seller, buyer=BUYER,
            lines=(InvoiceLine(name="Kabel", quantity=Decimal(1), net=Decimal(net)),),
        )
    )  # fmt: skip
    path = folder / (name or f"{number.replace('/', '-')}.xml")
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def ksef(run: Run, *arguments: object) -> Done:
    done = run("import-sales", "--wholesaler", "alfa", "--format", "ksef", "--enroll-buyers", "--json", *arguments)
    assert set(done.json) == COUNTS | {"problems"}
    for problem in done.json["problems"]:
        assert set(problem) == PROBLEM | MORE
        assert problem["message"] and problem["message_pl"] and problem["message"] != problem["message_pl"]
    return done


def counts(done: Done) -> dict[str, Any]:
    return {key: done.json[key] for key in COUNTS}


def test_accepted_then_known(run: Run, tmp_path: Path) -> None:
    path = invoice(tmp_path, "CLI/1", "120.50")
    once = {**NOTHING, "documents": 1, "accepted": 1, "lines": 1, "matched_lines": 1, "points_awarded": "120.50"}
    first = ksef(run, path)
    assert (first.code, counts(first)) == (0, once)
    again = ksef(run, path)
    assert (again.code, again.json["accepted"], again.json["duplicates"]) == (0, 0, 1)
    assert again.json["points_awarded"] == "0.00"


def test_a_dry_run_keeps_nothing(run: Run, tmp_path: Path) -> None:
    path = invoice(tmp_path, "CLI/2", "10.00")
    tried, done = ksef(run, "--dry-run", path), ksef(run, path)
    assert tried.code == done.code == 0
    assert counts(tried) == counts(done)
    assert done.json["accepted"] == 1


def test_folders_and_compressed_files(run: Run, tmp_path: Path) -> None:
    invoice(tmp_path, "CLI/3", "1.00", name="a.xml")
    (tmp_path / "more").mkdir()
    invoice(tmp_path / "more", "CLI/4", "2.25", name="b.xml.gz")
    done = ksef(run, tmp_path)
    assert (done.code, done.json["accepted"], done.json["points_awarded"]) == (0, 2, "3.25")


def test_one_bad_document_is_3_and_harms_no_other(run: Run, tmp_path: Path) -> None:
    invoice(tmp_path, "CLI/5", "5.00")
    (tmp_path / "torn.xml").write_bytes(invoice(tmp_path, "CLI/6", "6.00").read_bytes()[:700])
    (tmp_path / "CLI-6.xml").unlink()
    done = ksef(run, tmp_path)
    assert done.code == 3
    assert (done.json["documents"], done.json["accepted"], done.json["rejected"]) == (2, 1, 1)
    assert done.json["points_awarded"] == "5.00"
    (problem,) = (row for row in done.json["problems"] if row["severity"] == "error")
    assert (problem["file"], problem["code"]) == (f"{tmp_path.name}/torn.xml", "XML_MALFORMED")
    spoken = run("import-sales", "--wholesaler", "alfa", "--format", "ksef", tmp_path / "torn.xml")
    assert spoken.code == 3
    assert "torn.xml" in spoken.out and "XML_MALFORMED" in spoken.out and "1 rejected" in spoken.out


def test_another_seller_only_when_asked_for(run: Run, tmp_path: Path) -> None:
    path = invoice(tmp_path, "CLI/7", "7.00", seller=Party(name="Obca", nip="7740001454"))
    refused = ksef(run, path)
    assert refused.code == 3
    assert [problem["code"] for problem in refused.json["problems"]] == ["SELLER_MISMATCH"]
    allowed = ksef(run, "--any-seller", path)
    assert (allowed.code, allowed.json["accepted"]) == (0, 1)


def test_csv_with_a_mapping(run: Run, tmp_path: Path) -> None:
    mapping, sales = tmp_path / "mapping.json", tmp_path / "sales.csv"
    columns = {"number": "No", "issue_date": "Day", "currency": {"constant": "PLN"}, "buyer_nip": "NIP", "name": "Item",
               "quantity": "Qty", "net": "Net"}  # fmt: skip
    mapping.write_text(json.dumps({"version": 1, "decimal": ".", "columns": columns}), "utf-8")
    sales.write_text(
        f"No;Day;NIP;Item;Qty;Net\nC/1;2026-03-02;{BUYER.nip};Rura;2;40.00\nC/2;2026-03-02;{BUYER.nip};Rura;2;much\n",
        "utf-8",
    )
    command = ["import-sales", "--wholesaler", "alfa", "--format", "csv", "--any-seller", "--enroll-buyers", "--json"]
    done = run(*command, "--mapping", mapping, sales)
    assert done.code == 3
    assert (done.json["accepted"], done.json["rejected"], done.json["points_awarded"]) == (1, 1, "40.00")
    (problem,) = (row for row in done.json["problems"] if row["severity"] == "error")
    assert {key: problem[key] for key in ("file", "document", "line", "field", "value", "code")} == {
        "file": "sales.csv", "document": "C/2", "line": 3, "field": "net", "value": "much", "code": "BAD_NUMBER",
    }  # fmt: skip
    assert run(*command, sales).sentence.startswith("MAPPING_MISSING: ")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--wholesaler", "alfa", "--format", "xls", "pyproject.toml"], "UNKNOWN_FORMAT"),
        (["--wholesaler", "alfa", "--format", "ksef", "no-such-file.xml"], "no-such-file.xml"),
        (["--wholesaler", "nikt", "--format", "ksef", "pyproject.toml"], "There is no wholesaler 'nikt'"),
        (["--wholesaler", "alfa", "--format", "csv", "--mapping", "no-such.json", "pyproject.toml"], "no-such.json"),
        (["--wholesaler", "alfa", "--format", "csv", "--mapping", "pyproject.toml", "pyproject.toml"], "BAD_MAPPING"),
    ],
    ids=["format", "file", "wholesaler", "no mapping file", "bad mapping"],
)
def test_bad_usage_is_2_and_a_sentence(run: Run, arguments: list[str], says: str) -> None:
    done = run("import-sales", *arguments)
    assert done.code == 2
    assert says in done.sentence


def test_balances(run: Run, tmp_path: Path) -> None:
    assert ksef(run, invoice(tmp_path, "CLI/8", "0.75")).code == 0
    done = run("ledger", "balances", "--wholesaler", "alfa", "--json")
    assert done.code == 0
    assert set(done.json) == {"wholesaler", "balances"}
    (row,) = done.json["balances"]
    assert set(row) == {"member", "name", "nip", "customer_code", "available", "pending", "held", "debt"}
    assert (row["name"], row["nip"]) == (BUYER.name, BUYER.nip)
    for key in ("available", "pending", "held", "debt"):
        assert isinstance(row[key], str)
        assert Decimal(row[key]).as_tuple().exponent == -2
    assert Decimal(row["available"]) + Decimal(row["pending"]) >= Decimal("0.75")
    assert BUYER.name in run("ledger", "balances", "--wholesaler", "alfa").out


def test_verify_is_clean_until_somebody_tampers(run: Run, sql: Callable[[str], Any]) -> None:
    clean = run("ledger", "verify", "--json")
    assert (clean.code, clean.json["clean"]) == (0, True)
    assert [row["wholesaler"] for row in clean.json["wholesalers"]] == ["alfa", "beta", "gamma"]
    for row in clean.json["wholesalers"]:
        assert set(row) == {"wholesaler", "postings", "transfers", "accounts", "lots", "differences"}
        assert row["differences"] == []
    assert clean.json["wholesalers"][0]["transfers"] > 0

    account, balance = sql("SELECT id, balance FROM w_alfa.ledger_account WHERE role = 'available' LIMIT 1")[0]
    tamper = "SET session_replication_role = replica; UPDATE w_alfa.ledger_account SET balance = {} WHERE id = '{}'"
    sql(tamper.format(balance + 100, account))
    try:
        found = run("ledger", "verify", "--wholesaler", "alfa", "--json")
        assert (found.code, found.json["clean"]) == (1, False)
        (one,) = found.json["wholesalers"]
        for difference in one["differences"]:
            assert set(difference) == {"check", "object", "stored", "computed"}
        assert any(item["stored"] == balance + 100 and item["computed"] == balance for item in one["differences"])
        assert run("ledger", "verify").code == 1
        assert run("ledger", "verify", "--wholesaler", "beta").code == 0
    finally:
        sql(tamper.format(balance, account))
    assert run("ledger", "verify").code == 0
