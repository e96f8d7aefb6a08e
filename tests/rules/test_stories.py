"""Random rules × baskets × corrections: the compiled SQL and a naive evaluator agree to the hundredth."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
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
