"""Keyed hashes of codes: find a code that comes twice without being able to read it."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from uuid import UUID

from django.conf import settings

from kolektor.kernel.tenant import tenant_id


def fingerprint(reward_id: UUID, code: str) -> bytes:
    """32 bytes; the same for the same code of the same reward at this wholesaler."""
    return fingerprinter(reward_id)(code)


def fingerprinter(reward_id: UUID) -> Callable[[str], bytes]:
    """`fingerprint` with the key looked up once, for many codes of one reward."""
    start = hmac.new(settings.SECRET_KEY.encode() + tenant_id().bytes, f"{reward_id}:".encode(), hashlib.sha256)

    def of(code: str) -> bytes:
        whole = start.copy()
        whole.update(code.encode())
        return whole.digest()

    return of
