"""Whoever may read a list may take it along as a workbook, and nobody else: also not once a role is gone."""

from __future__ import annotations

from typing import Final

from kolektor.api.permissions import Permission, is_staff, reads_members, reads_offer

_BY_KIND: Final = {"members": reads_members, "orders": reads_members, "firms": reads_members, "products": reads_offer}


def permission_of_kind(kind: str) -> Permission:
    """What a kind of list needs; an unknown kind is refused by the service."""
    return _BY_KIND.get(kind, is_staff)
