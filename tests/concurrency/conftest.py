"""A town with two web processes, for tests whose clients really race."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.town import Town, town


@pytest.fixture(scope="module")
def busy_town(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Town]:
    """Web processes without a worker: what a race leaves is what the requests did."""
    with town(tmp_path_factory.mktemp("town"), django_db_blocker) as made:
        made.open_shop()
        made.servers.start_web(processes=2)
        yield made


@pytest.fixture(scope="module")
def quiet_town(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Town]:
    """The same without any process: the test starts what it needs."""
    with town(tmp_path_factory.mktemp("town"), django_db_blocker) as made:
        yield made
