"""Every planted fault is noticed by a story within a few of them; without a fault none is."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from tests.rules import stories
from tests.rules.mutants import MUTANTS, Mutant, planted

STORIES = 400
SEED = 7


@pytest.fixture
def as_owner(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The role that may replace functions."""
    with django_db_blocker.unblock():
        connection.close()
    connection.settings_dict["USER"] = "kolektor_owner"
    yield
    with django_db_blocker.unblock():
        connection.close()
    connection.settings_dict["USER"] = "kolektor_app"


def noticed(number: int) -> bool:
    try:
        with transaction.atomic():
            stories.tell(number)
            transaction.set_rollback(True)
    except (stories.Difference, DatabaseError):
        return True
    return False


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_planted_fault_is_noticed(as_owner: None, in_alfa: Any, mutant: Mutant) -> None:
    with transaction.atomic():
        with planted(mutant):
            told = chain([] if mutant.hint is None else [mutant.hint], stories.seeds(SEED, STORIES))
            assert any(noticed(number) for number in told), "no story noticed it"
        transaction.set_rollback(True)


def test_nothing_is_noticed_where_nothing_is_wrong(as_owner: None, in_alfa: Any) -> None:
    hints = [mutant.hint for mutant in MUTANTS if mutant.hint is not None]
    assert hints and not any(noticed(number) for number in hints)


def test_there_are_enough_of_them() -> None:
    assert len({(mutant.file, mutant.old, mutant.new) for mutant in MUTANTS}) >= 25
    assert all(mutant.text for mutant in MUTANTS)
