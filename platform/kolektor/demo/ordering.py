"""Who orders which voucher. The choice hangs on what a member ever earned, so that a restart chooses the same again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from catalog.rewards.selectors import RewardRow
from kolektor.demo import numbers
from kolektor.kernel.points import Points

BUYERS = 14
_POOL = 22


@dataclass(frozen=True, slots=True)
class Wish:
    """One order to place. `key` is its idempotency key."""

    code: str
    reward_id: UUID
    face_value: Decimal
    key: str


def wishes(
    *, slug: str, earned: dict[str, Points], shop: Sequence[RewardRow], always: frozenset[str]
) -> tuple[Wish, ...]:
    """Orders of about fourteen members who earned most; `earned` by customer code, `always` order one small thing."""
    chance = numbers.dice(f"orders {slug}")
    cheapest = min(row.from_points for row in shop)
    able = sorted(
        (code for code, points in earned.items() if points >= cheapest), key=lambda code: (earned[code], code)
    )
    pool = [code for code in able[-_POOL:] if code not in always]
    chosen = sorted(chance.sample(pool, min(BUYERS, len(pool))))
    found: list[Wish] = []
    for code in [*sorted(always & set(able)), *chosen]:
        # nobody empties the account: there must be something left to look at
        shares = [Decimal(12) / 100] if code in always else [Decimal(chance.randint(15, 45)) / 100]
        if code not in always and chance.random() < 0.3:
            shares.append(Decimal(chance.randint(10, 30)) / 100)
        for nth, share in enumerate(shares, start=1):
            budget = Points(int(earned[code].units * share))
            options = [row for row in shop if row.from_points <= budget]
            if options:
                row = chance.choice(options)
                found.append(Wish(code, row.id, _face_value(row, budget), f"demo-{code}-{nth}"))
    return tuple(found)


def _face_value(row: RewardRow, budget: Points) -> Decimal:
    if row.denominations:
        return max(item.amount for item in row.denominations if item.points <= budget)
    if row.minimum is None or row.maximum is None:
        raise ValueError(f"{row.name} has neither face values nor a range")
    affordable = Decimal(budget.units // row.points_per_unit.units // 10 * 10)
    return max(row.minimum, min(row.maximum, affordable))
