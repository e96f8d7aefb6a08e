"""Random invoices and corrections: the importer and a naive evaluator agree to the unit."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st

from integrations.salesfeeds.ksef_writer import InvoiceLine, Party
from kolektor.kernel.points import Points
from tenants.ledger import selectors as ledger
from tenants.ledger.services import Owner
from tenants.rules import services as rules
from tests.support.importing import (
    BUYER,
    SECOND_BUYER,
    Folder,
    assert_ledger_is_clean,
    line,
    member_of,
    outcome,
    run_import,
)
from tests.support.sales_oracle import LineModel, Oracle, RuleModel

SKUS = ("A-1", "B-2", "C-3", "D-4")
FIRST_DAY = date(2026, 1, 5)
BUYERS: dict[str, Party] = {party.nip or "": party for party in (BUYER, SECOND_BUYER)}
SEED = 20260301


class Story:
    """A random history of one wholesaler, told to the importer by files and to the oracle by calls."""

    def __init__(self, dice: random.Random, folder: Folder) -> None:
        self.dice = dice
        self.folder = folder
        self.oracle = Oracle([self._rule(number) for number in range(dice.randint(1, 3))])
        self.day = FIRST_DAY
        self.sales: list[tuple[str, list[str], list[LineModel]]] = []
        self.files: list[Path] = []
        self.awarded = self.reversed = 0

    def _rule(self, number: int) -> RuleModel:
        dice = self.dice
        skus = tuple(sorted(dice.sample(SKUS, 2))) if number else ()
        points = Decimal(dice.choice(["1", "0.5", "1.25", "0.0333"]))
        if number and dice.random() < 0.5:
            return RuleModel("per_unit", points, skus=skus)
        return RuleModel("per_amount", points, Decimal(dice.choice(["1", "3", "7"])), skus)

    def apply_rules(self) -> None:
        rules.apply(body={"rules": [rule.as_json(f"r-{index}") for index, rule in enumerate(self.oracle.rules)]})

    def step(self) -> None:
        self.day += timedelta(days=1)
        if self.sales and self.dice.random() < 0.55:
            self._correction()
        else:
            self._sale()

    def _sale(self) -> None:
        dice = self.dice
        number = f"FV/{len(self.sales) + 1}"
        nip = dice.choice(sorted(BUYERS))
        models, lines = [], []
        for sku in dice.sample(SKUS, dice.randint(1, 3)):
            quantity = dice.randint(1, 6)
            model = LineModel(nip, sku, quantity, quantity * Decimal(dice.randint(1, 9999)) / 100)
            models.append(model)
            lines.append(line(str(model.net), name=f"Towar {sku}", sku=sku, quantity=str(quantity)))
            self.oracle.sell(model)
        self.sales.append((number, [number], models))
        self._write(number, lines, nip)

    def _correction(self) -> None:
        dice = self.dice
        original, chain, models = dice.choice(self.sales)
        number = f"KOR/{original[3:]}/{len(chain)}"
        lines: list[InvoiceLine] = []
        for model in dice.sample(models, dice.randint(1, len(models))):
            lines.extend(self._change(model))
        reference = dice.choice(chain)
        chain.append(number)
        self._write(number, lines, model.buyer, corrects=reference)

    def _change(self, model: LineModel) -> list[InvoiceLine]:
        dice = self.dice
        left = model.quantity + model.changed_quantity
        name, price = f"Towar {model.sku}", model.unit_price
        if dice.random() < 0.5:
            pieces = dice.choice([1, -1, -2, -left if left > 0 else 1]) or -1
            net = pieces * price
            self.oracle.correct(model, quantity=pieces, net=net, pair=False)
            return [line(str(net), name=name, sku=model.sku, quantity=str(pieces))]
        after = dice.randint(0, 6)
        before_net, after_net = left * price, after * price
        self.oracle.correct(model, quantity=after - left, net=after_net - before_net, pair=True)
        number = SKUS.index(model.sku) + 1
        return [
            line(str(before_net), name=name, sku=model.sku, quantity=str(left), number=number, before=True),
            line(str(after_net), name=name, sku=model.sku, quantity=str(after), number=number),
        ]

    def _write(self, number: str, lines: list[InvoiceLine], nip: str, corrects: str | None = None) -> None:
        if corrects is None:
            path = self.folder.sale(number, *lines, day=self.day, buyer=BUYERS[nip])
        else:
            path = self.folder.correction(number, corrects, *lines, day=self.day, buyer=BUYERS[nip])
        self.files.append(path)

    def import_some(self) -> None:
        """Import what is written so far, in any order of files."""
        files, self.files = self.files, []
        self.dice.shuffle(files)
        batch = run_import(files)
        assert outcome(batch) == (len(files), 0, 0)
        self.awarded += batch.units_awarded
        self.reversed += batch.units_reversed

    def check(self) -> None:
        assert (self.awarded, self.reversed) == (self.oracle.awarded, self.oracle.reversed)
        for nip, units in self.oracle.balances.items():
            owner = Owner("member", member_of(nip).pk)
            standing = ledger.balances([owner])[owner]
            assert Points(standing.available.units - standing.debt.units) == Points(units)
        assert_ledger_is_clean()


@seeded(SEED)
@settings(
    max_examples=int(__import__("os").environ.get("N", "20")),
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(numbers=st.integers(min_value=0, max_value=2**32))
def test_importer_and_naive_evaluator_agree(tmp_path: Path, in_alfa: Any, numbers: int) -> None:
    dice = random.Random(numbers)
    with transaction.atomic():
        story = Story(dice, Folder(tmp_path))
        story.apply_rules()
        for _ in range(dice.randint(1, 3)):
            for _ in range(dice.randint(2, 8)):
                story.step()
            story.import_some()
        story.check()
        transaction.set_rollback(True)
