"""The matrix of permissions, read from the code: each GraphQL operation and each guarded path with who may."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from kolektor.api.guard import permission_of
from kolektor.config import urls_network, urls_sso, urls_wholesaler
from kolektor.config.operations import Row, operations

_HOSTS: Final = {"id.": urls_sso, "wholesaler": urls_wholesaler, "headquarters": urls_network}

_INTRO: Final = """# Permissions

Made from the code by `django export_permissions`; a test fails when it is not current. Each operation is refused with `FORBIDDEN`
to who is signed in without the role, with `UNAUTHENTICATED` to everybody else; a session of another host counts for nothing.
Roles of staff need a second factor besides, shown within twelve hours: without it the refusal is `SECOND_FACTOR_REQUIRED`.
`tests/isolation` tries every row at home, without a session, with a stranger's, and from another wholesaler.

What an operation looks at beyond the role stands with it: a member reads and changes only what is theirs; a firm's owner
(`setFirmSplit` and its neighbors) is refused with `FORBIDDEN` elsewhere than in the own firm.
"""


def paths() -> Iterator[Row]:
    """Every path of every host."""
    for host, module in _HOSTS.items():
        for pattern, view in _walk(module.urlpatterns):
            yield Row(host, "path", pattern, permission_of(view))


def _walk(patterns: Iterable[Any]) -> Iterator[tuple[str, Any]]:
    for item in patterns:
        if hasattr(item, "url_patterns"):
            yield from _walk(item.url_patterns)
        else:
            yield str(item.pattern), item.callback


def document() -> str:
    """docs/permissions.md."""
    lines = [_INTRO, "| host | what | name | who |", "|---|---|---|---|"]
    rows = [*operations(), *(row for row in paths() if row.permission is not None)]
    lines += [f"| {row.host} | {row.kind} | `{_cell(row.name)}` | {_who(row)} |" for row in rows]
    lines += [
        "",
        "Open to everybody, with no data of people, or answering to a signature or to the sign-on's protocol:",
        "",
    ]
    for host in _HOSTS:
        found = [f"`{_cell(row.name or '/')}`" for row in paths() if row.host == host and row.permission is None]
        lines.append(f"- {host}: {', '.join(found)}")
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _who(row: Row) -> str:
    assert row.permission is not None
    return f"{row.permission.name}, two factors" if row.permission.two_factors else row.permission.name
