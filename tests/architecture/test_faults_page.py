"""docs/faults.md names tests that exist."""

from __future__ import annotations

import re

import pytest

from tests.shared_data import CHECKOUT

NAMED = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", (CHECKOUT / "docs" / "faults.md").read_text("utf-8"))


def test_the_page_names_tests() -> None:
    assert len(NAMED) > 20


@pytest.mark.parametrize(("path", "name"), NAMED)
def test_a_named_test_exists(path: str, name: str) -> None:
    assert re.search(rf"^\s*def {name}\(", (CHECKOUT / path).read_text("utf-8"), re.M), f"{path} has no {name}"
