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
    "PROVISIONER_BUSY": (
        "Program właśnie powstaje. Spróbuj za minutę.",
        "It is being made right now. Try again in a minute.",
    ),
    "WRONG_STATE": ("W tym stanie nie można tego zrobić.", "That cannot be done in this state."),
    "DUMP_EXISTS": ("Plik {path} już jest.", "The file {path} is there already."),
    "NO_SCHEMA": ("Ta hurtownia nie ma jeszcze albo już danych.", "This wholesaler has no data, not yet or no more."),
    "DUMP_UNREADABLE": ("To nie jest zrzut hurtowni: {path}", "That is no dump of a wholesaler: {path}"),
    "DUMP_DAMAGED": ("Zrzut jest uszkodzony: {part}", "The dump is damaged: {part}"),
    "DUMP_NEWER": (
        "Zrzut {path} jest z nowszej wersji niż ten serwer. Najpierw zaktualizuj serwer.",
        "The dump {path} is of a later version than this server. Update the server first.",
    ),
    "DUMP_OTHER_KEY": (
        "Ten serwer ma inny klucz główny: kody i hasła partnerów byłyby nieczytelne.",
        "This server has another master key: codes and partners' credentials would be unreadable.",
    ),
    "DUMP_DIFFERS": (
        "Odtworzone dane różnią się od zrzutu: {tables}",
        "What was restored differs from the dump: {tables}",
    ),
    "BRAND_CONFLICT": (
        "Marka lub dostawca {value} ma tu inny identyfikator.",
        "The brand or supplier {value} has another id here.",
    ),
    "DATABASE_PROGRAM_MISSING": ("Brakuje programu {program}.", "The program {program} is missing."),
    "DATABASE_PROGRAM_FAILED": ("{program} zgłasza: {said}", "{program} says: {said}"),
    "SLUG_MISTYPED": ("To nie jest adres tej hurtowni.", "That is not the address of this wholesaler."),
}

TIMELINE: Final = {
    "network.created": ("Utworzono sieć", "Network created"),
    "wholesaler.requested": ("{name}: zamówiono program", "{name}: program asked for"),
    "wholesaler.opened": ("{name}: program działa", "{name}: program is live"),
    "wholesaler.suspended": ("{name}: program wstrzymany ({reason})", "{name}: program suspended ({reason})"),
    "wholesaler.resumed": ("{name}: program wznowiony", "{name}: program resumed"),
    "wholesaler.withdrawn": ("{name}: zamówienie wycofane", "{name}: request taken back"),
    "wholesaler.closed": ("{name}: program zamknięty ({reason})", "{name}: program closed ({reason})"),
}
