"""Random rules × baskets × corrections: the compiled SQL and a naive evaluator agree to the hundredth."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st

from tests.rules import stories

# four runs of their own, so that workers share them: 500 examples
EXAMPLES = 125


@pytest.mark.parametrize("part", range(4))
def test_the_awarder_and_a_naive_evaluator_agree(in_alfa: Any, part: int) -> None:
    @seeded(20261125 + part)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(number=st.integers(min_value=0, max_value=2**32))
    def agree(number: int) -> None:
        with transaction.atomic():
            stories.tell(number)
            transaction.set_rollback(True)

    agree()


@pytest.mark.parametrize(
    ("sixths", "whole", "mode", "units"),
    [("1", 1, "half_even", 0), ("1", 1, "half_up", 1), ("5", 5, "half_even", 0), ("5", 5, "half_up", 1)],
)
def test_what_is_exactly_a_half_is_rounded_as_a_half(
    in_alfa: Any, sixths: str, whole: int, mode: str, units: int
) -> None:
    """A sixth has no end as a decimal; three of them are a half, whichever way each was cut off."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rules_wanted('per_amount.1', '{}', 1, %s, 3 * rules_quotient(%s, 6), %s), "
            "rules_wanted('fixed_line.1', '{}', 7, 1, 1 - 3 * rules_quotient(1, 3), %s)",
            [whole, sixths, mode, mode],
        )
        assert cursor.fetchone() == (units, 0)
