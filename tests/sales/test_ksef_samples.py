"""The official FA(3) samples through the real importer, against a program that imports nothing of ours."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kolektor.kernel.tenant import tenant_context
from tenants.sales.models import SalesDocument, SalesLine, StagedDocument, StagedLine
from tests.shared_data import ksef_samples
from tests.support import command_line
from tests.support.importing import (
    apply_one_point_per_unit,
    assert_ledger_is_clean,
    codes,
    counts,
    independent_points,
    outcome,
    run_import,
)

# sample → the sample that it corrects, where the document says so and lines with a value hang on it
ORIGINAL = {2: 1, 3: 1}
# samples that share a number with an earlier one of the same seller (number, first bearer)
SAME_NUMBER = {3: 2, 4: 1, 7: 6, 9: 1, 13: 12}
WITHOUT_GOODS = {5, 10, 11, 12, 13}
# a rebate over six invoices that are no samples: test_corrections_of_the_whole.py writes them
REBATES = {6, 7}


def sample(number: int) -> Path:
    return ksef_samples()[number - 1]


@pytest.mark.parametrize("number", sorted(set(range(1, 14)) - REBATES))
def test_each_sample_is_accepted_with_exactly_its_points(in_alfa: Any, number: int) -> None:
    """Samples share numbers, so each has a wholesaler's state of its own (rolled back), after its original."""
    apply_one_point_per_unit()
    if number in ORIGINAL:
        first = run_import([sample(ORIGINAL[number])], any_seller=True)
        assert outcome(first) == (1, 0, 0)
    batch = run_import([sample(number)], any_seller=True)
    assert (batch.documents, outcome(batch)) == (1, (1, 0, 0)), codes(batch)
    found = counts(batch)
    expected = independent_points([sample(number)])
    assert {"points_awarded": found["points_awarded"], "points_reversed": found["points_reversed"]} == expected
    assert batch.matched_lines == batch.lines
    said = [row.code for row in batch.problems.all()]
    assert ("NO_GOODS_LINES" in said) is (number in WITHOUT_GOODS)
    assert_ledger_is_clean()


def test_the_whole_folder_into_one_wholesaler(in_alfa: Any) -> None:
    """The first bearer of a number is accepted; every later one is a conflict and leaves nothing behind. So is a rebate of
    invoices that are not here, whose number stays taken within the import.
    """
    apply_one_point_per_unit()
    files = ksef_samples()
    batch = run_import([files[0].parent], any_seller=True)
    rejected = sorted({*SAME_NUMBER, 6})
    assert (batch.documents, outcome(batch)) == (13, (13 - len(rejected), 0, len(rejected)))
    assert not StagedDocument.objects.filter(batch=batch).exists()
    assert not StagedLine.objects.filter(batch=batch).exists()
    errors = [row for row in batch.problems.all() if row.severity == "error"]
    assert {row.file.rsplit("_", 1)[1].removesuffix(".xml") for row in errors} == {str(number) for number in rejected}
    assert {row.code for row in errors if "_6." not in row.file} == {"NUMBER_CONFLICT"}
    assert [row.code for row in errors if "_6." in row.file] == ["CORRECTION_BEFORE_ORIGINAL"]
    assert len(errors) == len(rejected)
    accepted = [file for number, file in enumerate(files, start=1) if number not in rejected]
    found = counts(batch)
    expected = independent_points(accepted)
    assert {name: found[name] for name in expected} == expected
    assert SalesDocument.objects.count() == len(accepted)
    assert not SalesLine.objects.exclude(document__batch=batch).exists()
    assert SalesLine.objects.count() == batch.lines
    assert_ledger_is_clean()

    again = run_import([files[0].parent], any_seller=True)
    assert outcome(again) == (0, len(accepted), len(rejected))
    assert (again.units_awarded, again.units_reversed) == (0, 0)


def test_the_command_line(fresh: Callable[..., Any]) -> None:
    """`kolektor import-sales … --json`: exit codes 0, 3 and 2, and the fields of the report."""
    files = ksef_samples()
    wholesaler = fresh("probki", nip="5260250274")
    with tenant_context(wholesaler):
        apply_one_point_per_unit()
    base = ["import-sales", "--wholesaler", "probki", "--format", "ksef", "--any-seller", "--enroll-buyers", "--json"]

    done = command_line.run(*base, str(files[0]), str(files[1]))
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    problems = report.pop("problems")
    assert report == {
        "documents": 2,
        "accepted": 2,
        "duplicates": 0,
        "rejected": 0,
        "lines": 5,
        "matched_lines": 5,
        **independent_points(files[:2]),
    }
    assert problems == []

    refused = command_line.run(*base, str(files[2]), str(files[3]), str(files[7]))
    assert refused.returncode == 3, refused.stderr
    report = json.loads(refused.stdout)
    assert (report["accepted"], report["rejected"]) == (1, 2)
    assert [(row["file"], row["document"], row["code"]) for row in report["problems"]] == [
        ("FA_3_Przyklad_3.xml", "FK2026/03/200", "NUMBER_CONFLICT"),
        ("FA_3_Przyklad_4.xml", "FV2026/02/150", "NUMBER_CONFLICT"),
    ]
    assert all(row["message"] and row["message_pl"] for row in report["problems"])

    for wrong in (["--format", "ubl"], ["--wholesaler", "nikt"]):
        arguments = [*base, *wrong, str(files[0])]
        assert command_line.run(*arguments).returncode == 2, wrong
    assert command_line.run(*base, str(files[0]) + ".none").returncode == 2
    assert command_line.run("ledger", "verify", "--wholesaler", "probki", "--json").returncode == 0
