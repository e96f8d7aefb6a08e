"""Sentences of the apps' codes and timeline entries, in Polish and English."""

from __future__ import annotations

from kolektor.api.texts import add_texts

_ERRORS = {
    "INSUFFICIENT_POINTS": ("Za mało punktów na to zamówienie.", "You do not have enough points for this order."),
    "AMOUNT_NOT_POSITIVE": ("Liczba musi być większa od zera.", "The amount must be above zero."),
    "HOLD_CLOSED": ("Ta rezerwacja punktów jest już zamknięta.", "That hold of points is already closed."),
    "PROGRAM_NOT_SET_UP": ("Program nie jest jeszcze skonfigurowany.", "The program is not set up yet."),
    "BAD_NIP": ("Nieprawidłowy NIP: {value}", "That NIP is not valid: {value}"),
    "BUYER_UNIDENTIFIED": ("Nabywca nie ma żadnego identyfikatora.", "The buyer has no identifier at all."),
    "BAD_FACE_VALUE": ("Tej nagrody nie ma o takim nominale.", "The reward does not come in that face value."),
    "FACE_VALUE_RANGE": (
        "Podaj kwotę od {minimum} do {maximum}, do dwóch miejsc po przecinku.",
        "Give an amount between {minimum} and {maximum}, with up to two decimals.",
    ),
    "REWARD_GONE": ("Ta nagroda nie jest już dostępna.", "That reward is no longer available."),
    "BAD_KEY": ("Brak klucza zamówienia. Odśwież stronę.", "The order's key is missing. Reload the page."),
    "ORDER_CLOSED": ("To zamówienie jest już zamknięte.", "That order is already closed."),
    "PARTNER_PAUSED": ("Partner {name} jest wstrzymany.", "The partner {name} is paused."),
    "UNKNOWN_ADAPTER": ("Nieznany rodzaj partnera: {value}", "Unknown kind of partner: {value}"),
    "WEBHOOK_REFUSED": ("Odrzucono powiadomienie partnera.", "The partner's message was refused."),
    "UNKNOWN_FORMAT": (
        "Nieznany format pliku: {value}. Obsługiwane są KSeF (XML) i CSV, także .gz.",
        "Unknown file format: {value}. KSeF (XML) and CSV are read, also as .gz.",
    ),
    "MAPPING_MISSING": ("Plik CSV wymaga mapowania kolumn.", "A CSV file needs a column mapping."),
    "BAD_MAPPING": ("Mapowanie kolumn zawiera błędy.", "The column mapping has errors."),
    "UPLOAD_EMPTY": ("Wybierz niepusty plik.", "Choose a file that is not empty."),
    "UPLOAD_TOO_LARGE": ("Plik jest za duży (limit {limit} MB).", "The file is too large (limit {limit} MB)."),
    "IMPORT_NOT_READY": (
        "Ten import nie czeka na decyzję. Odśwież stronę.",
        "This import is not waiting for a decision. Reload the page.",
    ),
    "IMPORT_CLOSED": ("Ten import jest już zakończony.", "This import is already finished."),
    "BAD_RULE": (
        "Reguła jest nieprawidłowa: {field} ({reason}) {value}",
        "The rule is not valid: {field} ({reason}) {value}",
    ),
    "SKU_MISSING": ("Produkt nie ma indeksu.", "A product has no SKU."),
    "DUPLICATE_SKU": ("Indeks występuje dwa razy: {value}", "The SKU occurs twice: {value}"),
    "BAD_EAN": ("Nieprawidłowy EAN: {value}", "That EAN is not valid: {value}"),
    "OUTBOX_OUTSIDE_TRANSACTION": ("Zdarzenie poza transakcją: {event}", "Event outside a transaction: {event}"),
    "DELIVERY_LEFT_OPEN": (
        "Nie dokończono obsługi zdarzenia: {handler}",
        "A handler left its delivery open: {handler}",
    ),
}

_TIMELINE = {
    "order.placed": ("Zamówienie złożone, punkty zarezerwowane", "Ordered, points set aside"),
    "order.issuing": ("Zamawiamy voucher u partnera", "Asking the partner for the voucher"),
    "order.unknown": (
        "Partner nie odpowiedział jednoznacznie; sprawdzamy, punkty są zarezerwowane",
        "The partner gave no clear answer; we are checking, the points stay set aside",
    ),
    "order.fulfilled": ("Voucher jest w portfelu, punkty rozliczone", "Voucher in the wallet, points settled"),
    "order.failed": ("Partner odmówił, punkty zwrócone", "The partner refused, points given back"),
    "voucher.revealed": ("Kod został wyświetlony", "The code was shown"),
    "import.created": ("Plik przyjęty", "File received"),
    "import.checked": ("Sprawdzono na próbę", "Dry run finished"),
    "import.commit_asked": ("Zlecono zatwierdzenie", "Commit requested"),
    "import.done": (
        "Zatwierdzono: {accepted} przyjętych, {rejected} odrzuconych, {duplicates} powtórzonych",
        "Committed: {accepted} accepted, {rejected} rejected, {duplicates} duplicates",
    ),
    "import.discarded": ("Import porzucony", "Import discarded"),
    "import.failed": ("Import nieudany: {code}", "Import failed: {code}"),
    "member.enrolled": ("Zapisano do programu", "Enrolled"),
}


def register() -> None:
    """Add them all. Called once, when Django starts."""
    add_texts(_ERRORS)
    add_texts({f"timeline.{code}": pair for code, pair in _TIMELINE.items()})
