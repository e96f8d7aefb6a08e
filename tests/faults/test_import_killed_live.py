"""Kill −9 of worker, web and PostgreSQL at seeded places of an import at the console; the long form is in `make soak`."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests.faults.live_kills import POINTS, Round
from tests.support.own_server import own_server
from tests.support.town import town

SEED = 20261126
DOCUMENTS = settings.IMPORT_CHUNK_DOCUMENTS * 3 + 100


@pytest.mark.parametrize("point", POINTS)
def test_the_worker_dies_inside_a_posting_transaction(
    django_db_setup: None, django_db_blocker: Any, tmp_path: Path, point: str
) -> None:
    with town(tmp_path, django_db_blocker) as made:
        Round(made, tmp_path, DOCUMENTS, random.Random(f"{SEED} {point}")).worker_dies(point)


def test_the_web_dies_after_the_upload_and_after_the_wish_to_commit(
    django_db_setup: None, django_db_blocker: Any, tmp_path: Path
) -> None:
    with town(tmp_path, django_db_blocker) as made:
        Round(made, tmp_path, DOCUMENTS, random.Random(f"{SEED} web")).web_dies()


def test_postgresql_dies_inside_a_posting_transaction(
    django_db_setup: None, django_db_blocker: Any, tmp_path: Path
) -> None:
    with own_server(tmp_path / "home", django_db_blocker) as home, town(tmp_path, django_db_blocker) as made:
        Round(made, tmp_path, DOCUMENTS, random.Random(f"{SEED} postgresql")).postgresql_dies(
            home, "award.after_posting"
        )
