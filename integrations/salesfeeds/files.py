"""From what a person names on the command line to files, in an order that is the same on every machine."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, Literal

from integrations.salesfeeds.problems import problem
from tenants.sales.ports import Problem

FeedFormat = Literal["ksef", "csv", "xlsx"]

SUFFIXES: Final[dict[FeedFormat, tuple[str, ...]]] = {
    "ksef": (".xml", ".xml.gz"),
    "csv": (".csv", ".csv.gz", ".txt", ".txt.gz"),
    "xlsx": (".xlsx",),
}


def expand(paths: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    """Each file with the name to show for it: its own, or for a file of a folder `folder/sub/name`.

    Folders are walked to the bottom in natural order (2 before 10), hidden files and folders left out, links
    to folders not followed. A path that does not exist is passed on: the feed says UNREADABLE for it.
    """
    for path in paths:
        if path.is_dir():
            yield from _walk(path)
        else:
            yield path, path.name


def _walk(root: Path) -> Iterator[tuple[Path, str]]:
    label = root.resolve().name
    for folder, folders, names in os.walk(root):
        folders[:] = sorted((name for name in folders if not name.startswith(".")), key=_natural)
        for name in sorted((name for name in names if not name.startswith(".")), key=_natural):
            path = Path(folder) / name
            yield path, (Path(label) / path.relative_to(root)).as_posix()


def _natural(name: str) -> tuple[list[tuple[int, str]], str]:
    parts = re.split(r"(\d+)", name.casefold())
    return [(int(part), "") if part.isascii() and part.isdigit() else (-1, part) for part in parts], name


def check_suffix(path: Path, file: str, chosen: FeedFormat) -> Problem | None:
    """UNKNOWN_FORMAT when the name does not end as files of the chosen format do."""
    if path.name.lower().endswith(SUFFIXES[chosen]):
        return None
    return problem(
        "UNKNOWN_FORMAT",
        file,
        value=path.name,
        params={"expected": ", ".join(SUFFIXES[chosen]), "found": "".join(path.suffixes) or "-"},
    )
