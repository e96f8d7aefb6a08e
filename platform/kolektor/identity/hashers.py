"""A quick hash for secrets that are keys and not passwords: 256 bits of entropy need no stretching."""

from __future__ import annotations

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class KeyHasher(PBKDF2PasswordHasher):
    """PBKDF2 with one round. For machine-made client secrets only; people's passwords use the default hasher."""

    algorithm = "pbkdf2_sha256_key"
    iterations = 1
