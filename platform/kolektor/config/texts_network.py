"""Sentences about the life of wholesalers, in Polish and English."""

from __future__ import annotations

from typing import Final

ERRORS: Final = {
    "READ_ONLY": (
        "Ten program jest wstrzymany: wszystko można obejrzeć, nic nie można zmienić.",
        "This program is suspended: everything can be read and nothing changed.",
    ),
    "TOO_MANY_WAITING": (
        "Powstaje już {limit} programów. Poczekaj, aż będą gotowe.",
        "{limit} programs are being made already. Wait until they are ready.",
    ),
    "WRONG_STATE": ("W tym stanie nie można tego zrobić.", "That cannot be done in this state."),
    "SLUG_MISTYPED": ("To nie jest adres tej hurtowni.", "That is not the address of this wholesaler."),
}

TIMELINE: Final = {
    "wholesaler.requested": ("{name}: zamówiono program", "{name}: program asked for"),
    "wholesaler.opened": ("{name}: program działa", "{name}: program is live"),
    "wholesaler.suspended": ("{name}: program wstrzymany ({reason})", "{name}: program suspended ({reason})"),
    "wholesaler.resumed": ("{name}: program wznowiony", "{name}: program resumed"),
    "wholesaler.closed": ("{name}: program zamknięty ({reason})", "{name}: program closed ({reason})"),
}
