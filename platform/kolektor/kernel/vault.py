"""Encryption at rest, per wholesaler: a key derived from the master key and the wholesaler's id.

Fernet (AES-128-CBC with HMAC-SHA-256) under HKDF-SHA-256. Several master keys may be set: the first encrypts, all decrypt,
so that a key can be rotated. A stolen dump without the master key reads nothing.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from functools import lru_cache
from typing import Final
from uuid import UUID

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from kolektor.kernel.errors import DomainError
from kolektor.kernel.tenant import tenant_id

# secrets of the platform itself, which belong to no wholesaler
_PLATFORM: Final = UUID(int=0)


@lru_cache(maxsize=1024)
def _keys(owner: UUID, masters: tuple[str, ...]) -> MultiFernet:
    derived = []
    for master in masters:
        derivation = HKDF(algorithm=hashes.SHA256(), length=32, salt=owner.bytes, info=b"kolektor tenant vault")
        key = derivation.derive(base64.urlsafe_b64decode(master))
        derived.append(Fernet(base64.urlsafe_b64encode(key)))
    return MultiFernet(derived)


def marks(owner: UUID) -> list[str]:
    """Names the keys of a wholesaler and tells nothing of them, the encrypting one first: whether two servers have the same."""
    found = []
    for master in settings.MASTER_KEYS:
        derivation = HKDF(algorithm=hashes.SHA256(), length=16, salt=owner.bytes, info=b"kolektor tenant vault mark")
        found.append(derivation.derive(base64.urlsafe_b64decode(master)).hex())
    return found


def encrypt(text: str) -> bytes:
    """Encrypt for the wholesaler in force. Raises DomainError NO_TENANT."""
    return _keys(tenant_id(), settings.MASTER_KEYS).encrypt(text.encode("utf-8"))


def encryptor() -> Callable[[str], bytes]:
    """`encrypt` with the key looked up once, for many texts of the wholesaler in force. Raises DomainError NO_TENANT."""
    keys = _keys(tenant_id(), settings.MASTER_KEYS)
    return lambda text: keys.encrypt(text.encode("utf-8"))


def decrypt(token: bytes | memoryview[int]) -> str:
    """Decrypt what this wholesaler encrypted. Raises DomainError VAULT_UNREADABLE or NO_TENANT."""
    try:
        return _keys(tenant_id(), settings.MASTER_KEYS).decrypt(bytes(token)).decode("utf-8")
    except InvalidToken as error:
        raise DomainError("VAULT_UNREADABLE") from error


def seal(text: str) -> str:
    """Encrypt for the platform, as text."""
    return _keys(_PLATFORM, settings.MASTER_KEYS).encrypt(text.encode("utf-8")).decode("ascii")


def unseal(token: str) -> str:
    """Decrypt what `seal` made. Raises DomainError VAULT_UNREADABLE."""
    try:
        return _keys(_PLATFORM, settings.MASTER_KEYS).decrypt(token.encode("ascii")).decode("utf-8")
    except InvalidToken as error:
        raise DomainError("VAULT_UNREADABLE") from error
