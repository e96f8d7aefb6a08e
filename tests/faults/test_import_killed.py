"""Kill −9 of the command that imports, at seeded points; the long form of this is in `make soak`."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests.faults.import_kills import POINTS, import_again, killed_then_finished, state, write_job
from tests.support.town import town

SEED = 20261125
CHUNKS = 4


@pytest.mark.parametrize("round_", range(2))
def test_a_killed_import_completes_and_equals_an_undisturbed_one(
    django_db_setup: None, django_db_blocker: Any, tmp_path: Path, round_: int
) -> None:
    dice = random.Random(SEED + round_)
    documents = settings.IMPORT_CHUNK_DOCUMENTS * (CHUNKS - 1) + 100
    with town(tmp_path / "town", django_db_blocker) as made:
        job = write_job(tmp_path, documents, dice)
        chunk = dice.randint(1, CHUNKS)
        partial = killed_then_finished(job, made.servers.database, f"{POINTS[round_ % len(POINTS)]}:{chunk}")
        # all of them lie before a chunk's commit: exactly the chunks before it are there
        assert partial == {"processed": (chunk - 1) * settings.IMPORT_CHUNK_DOCUMENTS, "clean": True}
        assert state() == job.expected
        report = import_again(job, made.servers.database)
        assert (report["accepted"], report["duplicates"], report["points_awarded"]) == (0, documents, "0.00")
        made.assert_clean()
