"""Shares of a firm over random sales and corrections: nobody is given or asked for more than their part, and all goes back."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction

from kolektor.identity.services import ensure_person
from kolektor.kernel import clock
from kolektor.kernel.errors import DomainError
from tenants.ledger import selectors as ledger
from tenants.ledger.services import Owner
from tenants.members import firms
from tenants.members import services as members
from tenants.members.models import Firm, Member
from tenants.rules.models import AwardLine, AwardShare
from tests.rules.mutants import Mutant, planted
from tests.rules.test_mutants import as_owner  # noqa: F401
from tests.support.importing import (
    BUYER,
    Folder,
    apply_one_point_per_unit,
    assert_ledger_is_clean,
    line,
    run_import,
)

FITTERS = 3
numbers = count(1)
SHARES = "tenants/rules/sql/shares.sql"
STORIES = 20


@pytest.fixture
def firm(in_alfa: Any) -> Firm:
    made = members.ensure_firm(nip=str(BUYER.nip), name="Instalacje")
    since = clock.local_today() - timedelta(days=60)
    for number in range(FITTERS + 1):
        members.enroll(person=ensure_person(email=f"osoba{number}@example.com"), firm=made, joined_on=since)
    apply_one_point_per_unit()
    return made


def held() -> dict[UUID, int]:
    """What everybody holds of all awards, by the parts; the buyer the rest."""
    found: Counter[UUID] = Counter()
    for member_id, units in AwardShare.objects.values_list("member_id", "units"):
        found[member_id] += units
    for member_id, units in AwardLine.objects.values_list("member_id", "units"):
        found[member_id] += units
    for member_id, units in AwardShare.objects.values_list("award_line__member_id", "units"):
        found[member_id] -= units
    return {row.pk: found[row.pk] for row in Member.objects.all()}


def balances() -> dict[UUID, int]:
    owners = [Owner("member", row.pk) for row in Member.objects.all()]
    return {
        owner.id: row.available.units + row.pending.units - row.debt.units
        for owner, row in ledger.balances(owners).items()
    }


def amount(chance: Random) -> Decimal:
    return Decimal(chance.randint(1, 30_000)) / 100


def split(chance: Random) -> list[int]:
    """Shares of the fitters, which now and then leave nothing to the owner."""
    shares = [chance.randint(0, 10_000) for _ in range(FITTERS)]
    shares = [share * 10_000 // max(10_000, sum(shares)) for share in shares]
    if chance.random() < 0.4:
        shares[-1] += 10_000 - sum(shares)
    return shares


def tell(seed: int, firm: Firm, folder: Folder) -> None:
    """A sale under a random split, random corrections of it, and all of it taken back. Raises AssertionError."""
    chance = Random(seed)
    fitters = sorted(row.pk for row in Member.objects.filter(firm_role="fitter"))
    shares = split(chance)
    firms.set_split(firm=firm, shares=dict(zip(fitters, shares, strict=True)), actor=None)
    number, today = next(numbers), clock.local_today()
    left = {f"Towar {nth}": amount(chance) for nth in range(chance.randint(1, 3))}
    before = balances()
    run_import([folder.sale(f"FV/{number}", *(line(str(net), name=name) for name, net in left.items()), day=today)])
    for fitter, share in zip(fitters, shares, strict=True):
        # rounded down, line by line
        wanted = sum(int(net * 100) * share // 10_000 for net in left.values())
        assert balances()[fitter] - before[fitter] == wanted
    for nth in range(chance.randint(0, 3)):
        if chance.random() < 0.5:  # a new split in between moves nothing
            firms.set_split(firm=firm, shares=dict(zip(fitters, split(chance), strict=True)), actor=None)
        name = chance.choice(sorted(left))
        off = min(left[name], amount(chance))
        earlier = held()
        if off:
            change = line(f"-{off}", name=name, quantity="0")
            run_import([folder.correction(f"K/{number}/{nth}", f"FV/{number}", change, day=today)])
            left[name] -= off
        now = held()
        assert all(0 <= now[key] <= earlier[key] for key in now)
        assert sum(now.values()) == sum(earlier.values()) - int(off * 100)
        assert now == balances()
    rest = [line(f"-{net}", name=name, quantity="0") for name, net in left.items() if net]
    if rest:
        run_import([folder.correction(f"K/{number}/all", f"FV/{number}", *rest, day=today)])
    assert set(held().values()) == {0}
    assert balances() == before
    assert_ledger_is_clean()


def test_parts_add_up_whatever_is_corrected(firm: Firm, tmp_path: Path) -> None:
    for seed in range(STORIES):
        tell(seed, firm, Folder(tmp_path))


def test_what_is_left_over_is_never_taken_from_who_has_nothing(firm: Firm, tmp_path: Path) -> None:
    """0.02 points are halved between two fitters; of 0.01 taken back the buyer, who has none of it, owes nothing."""
    folder, today = Folder(tmp_path), clock.local_today()
    first, second, *_ = sorted(row.pk for row in Member.objects.filter(firm_role="fitter"))
    firms.set_split(firm=firm, shares={first: 5_000, second: 5_000}, actor=None)
    run_import([folder.sale("FV/1", line("0.02"), day=today)])
    run_import([folder.correction("K/1", "FV/1", line("-0.01", quantity="0"), day=today)])
    assert sorted(held().values()) == [0, 0, 0, 1]
    assert min(balances().values()) == 0


MUTANTS = [
    Mutant("a share is rounded up", SHARES, "a.units * p.basis_points / 10000", "(a.units * p.basis_points + 9999) / 10000"),
    Mutant("a fitter keeps all that is taken back", SHARES, "AND units > 0;\n    END IF", "AND units < 0;\n    END IF"),
    Mutant("what is left over goes to nobody", SHARES, "THEN 1 ELSE 0 END", "THEN 0 ELSE 0 END"),
    Mutant("the part of the whole, not of what is held", SHARES, "AND id < changed.id;", "AND units > 0;"),
    Mutant("the buyer gets everything, too", SHARES, "a.units - coalesce(s.units, 0)", "a.units"),
    Mutant("a fitter's posting is the buyer's", SHARES, "SELECT p_key || ':s:' || p_member", "SELECT p_key"),
    Mutant("the split is forgotten", SHARES, "IF NOT EXISTS (SELECT 1 FROM", "IF EXISTS (SELECT 1 FROM"),
]  # fmt: skip


@pytest.mark.usefixtures("as_owner")
@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_planted_fault_is_noticed(firm: Firm, tmp_path: Path, mutant: Mutant) -> None:
    def noticed(seed: int) -> bool:
        try:
            with transaction.atomic():
                tell(seed, firm, Folder(tmp_path))
                transaction.set_rollback(True)
        except (AssertionError, DatabaseError, DomainError):
            return True
        return False

    with transaction.atomic():
        with planted(mutant):
            assert any(noticed(seed) for seed in range(STORIES)), "no story noticed it"
        transaction.set_rollback(True)
