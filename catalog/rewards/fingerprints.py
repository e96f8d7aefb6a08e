"""Keyed hashes of codes: find a code that comes twice without being able to read it."""

from __future__ import annotations

import hashlib
import hmac
from uuid import UUID

from django.conf import settings

from kolektor.kernel.tenant import tenant_id


def fingerprint(reward_id: UUID, code: str) -> bytes:
    """32 bytes; the same for the same code of the same reward at this wholesaler."""
    key = settings.SECRET_KEY.encode() + tenant_id().bytes
    return hmac.new(key, f"{reward_id}:{code}".encode(), hashlib.sha256).digest()
