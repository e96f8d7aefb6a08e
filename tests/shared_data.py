"""Real files that are never copied into the project: `KOLEKTOR_SHARED`, or the folder `shared` beside the
checkout.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent


def shared(*parts: str) -> Path:
    """A file or folder of the shared data. Skips the test, saying which file, where it is absent."""
    root = Path(os.environ.get("KOLEKTOR_SHARED") or CHECKOUT.parent / "shared")
    path = root.joinpath("data", *parts)
    if not path.exists():
        pytest.skip(f"shared data is not on this machine: {'/'.join(parts)}")
    return path


def ksef_samples() -> list[Path]:
    """The 13 official FA(3) samples of the Ministry of Finance, in the order of their numbers."""
    folder = shared("ksef", "samples")
    return sorted(folder.glob("FA_3_Przyklad_*.xml"), key=lambda path: int(path.stem.rsplit("_", 1)[1]))
