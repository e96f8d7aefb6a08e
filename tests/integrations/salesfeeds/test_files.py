"""Which files a path stands for, in which order, under which name."""

from __future__ import annotations

from pathlib import Path

import pytest

from integrations.salesfeeds.files import FeedFormat, check_suffix, expand


def test_folders_in_natural_order(tmp_path: Path) -> None:
    root = tmp_path / "faktury"
    for name in (
        "a10.xml",
        "a2.xml",
        "B1.xml",
        ".hidden.xml",
        "sub/1.xml.gz",
        ".git/x.xml",
        "sub/deep/0.xml",
        "notes.md",
    ):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    (root / "loop").symlink_to(root)
    single = tmp_path / "single.csv"
    single.touch()
    found = list(expand([single, root, tmp_path / "none.xml"]))
    assert [name for _, name in found] == [
        "single.csv",
        "faktury/a2.xml",
        "faktury/a10.xml",
        "faktury/B1.xml",
        "faktury/notes.md",
        "faktury/sub/1.xml.gz",
        "faktury/sub/deep/0.xml",
        "none.xml",
    ]
    assert found[1][0] == root / "a2.xml"


@pytest.mark.parametrize(
    ("name", "chosen", "known"),
    [
        ("a.xml", "ksef", True),
        ("A.XML.GZ", "ksef", True),
        ("a.csv", "ksef", False),
        ("a.gz", "ksef", False),
        ("a.csv.gz", "csv", True),
        ("a.txt", "csv", True),
        ("a.xlsx", "csv", False),
        ("noext", "csv", False),
    ],
)
def test_suffixes(name: str, chosen: FeedFormat, known: bool) -> None:
    problem = check_suffix(Path(name), f"in/{name}", chosen)
    assert (problem is None) is known
    if problem is not None:
        assert (problem.code, problem.file, problem.severity) == ("UNKNOWN_FORMAT", f"in/{name}", "error")
