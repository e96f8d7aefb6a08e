"""A town with web, worker and sandbox partner, for tests that kill and disturb them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.town import Town, town


@pytest.fixture(scope="module")
def shop_town(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Town]:
    """The sandbox partner runs; the test starts web and worker as it needs them."""
    with town(tmp_path_factory.mktemp("town"), django_db_blocker) as made:
        made.open_shop()
        yield made
