"""What a member agrees to, in words. A changed sentence gets a new version; the old ones stay, because people agreed to them."""

from __future__ import annotations

from typing import Final

from kolektor.kernel.errors import DomainError
from tenants.members.models import Consent

CURRENT: Final = "2026-11"

# version → kind → (Polish, English); {program} is the program's name
_TEXTS: Final[dict[str, dict[str, tuple[str, str]]]] = {
    "2026-11": {
        Consent.Kind.EMAIL: (
            "Zgadzam się na otrzymywanie informacji handlowych od {program} pocztą elektroniczną.",
            "I agree to receive commercial information from {program} by e-mail.",
        ),
        Consent.Kind.SMS: (
            "Zgadzam się na otrzymywanie informacji handlowych od {program} SMS-em.",
            "I agree to receive commercial information from {program} by SMS.",
        ),
        Consent.Kind.PUSH: (
            "Zgadzam się na otrzymywanie informacji handlowych od {program} jako powiadomień na telefonie.",
            "I agree to receive commercial information from {program} as notifications on my phone.",
        ),
        Consent.Kind.PROFILING: (
            "Zgadzam się, by {program} dobierał oferty na podstawie moich zakupów.",
            "I agree that {program} chooses offers for me by what I buy.",
        ),
    }
}


def text(kind: str, *, version: str, program: str, language: str) -> str:
    """The sentence of a kind. Raises DomainError UNKNOWN_CONSENT."""
    pair = _TEXTS.get(version, {}).get(kind)
    if pair is None:
        raise DomainError("UNKNOWN_CONSENT", field="kind", value=kind)
    return (pair[1] if language == "en" else pair[0]).format(program=program)
