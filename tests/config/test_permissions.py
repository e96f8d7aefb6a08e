"""The matrix of permissions: printed from the code. `tests/isolation` tries its cells."""

from __future__ import annotations

from kolektor.config.operations import ROLES, operations
from kolektor.config.permissions import document, paths
from tests.isolation.rows import NETWORK_PATHS, SSO_PATHS, WHOLESALER_PATHS
from tests.shared_data import CHECKOUT

EVERY_ROLE = [role for roles in ROLES.values() for role in roles]
ROWS = [*operations(), *(row for row in paths() if row.permission is not None)]


def test_the_printed_matrix_is_current() -> None:
    """`PYTHONPATH=platform:. python -m django export_permissions` writes it."""
    assert (CHECKOUT / "docs" / "permissions.md").read_text("utf-8") == document()


def test_every_permission_names_roles_that_exist() -> None:
    for row in ROWS:
        assert row.permission is not None
        assert row.permission.roles is None or row.permission.roles <= set(EVERY_ROLE)


def test_what_needs_a_session_says_so_on_the_view() -> None:
    """The suite of isolation says which paths need a session; exactly these declare a permission."""
    said = {
        **{("wholesaler", path): sort for path, sort in WHOLESALER_PATHS.items()},
        **{("headquarters", path): sort for path, sort in NETWORK_PATHS.items()},
        **{("id.", path): sort for path, sort in SSO_PATHS.items()},
    }
    found = {(row.host, row.name): row.permission for row in paths()}
    assert set(found) == set(said)
    for key, permission in found.items():
        assert (permission is not None) == (said[key] == "session"), key
