"""Sentences for codes, in Polish and English. Apps add their own with `add_texts`; a test asserts that both languages exist."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language

_TEXTS: dict[str, tuple[str, str]] = {
    "BAD_JSON": ("Zapytanie nie jest poprawnym JSON-em.", "The request is not valid JSON."),
    "BAD_INPUT": ("Nieprawidłowa wartość.", "That value cannot be used."),
    "NOT_FOUND": ("Nie znaleziono.", "Not found."),
    "FORBIDDEN": ("Brak uprawnień do tej czynności.", "You may not do this."),
    "UNAUTHENTICATED": ("Zaloguj się, aby kontynuować.", "Sign in to continue."),
    "NOT_A_MEMBER": ("Nie należysz do tego programu.", "You are not a member of this program."),
    "IDEMPOTENCY_CONFLICT": (
        "To zamówienie zostało już złożone z innymi danymi.",
        "This was already sent with other data.",
    ),
    "SIGN_IN_REFUSED": (
        "E-mail lub hasło się nie zgadza.",
        "That e-mail or password is not right.",
    ),
    "CODE_REFUSED": (
        "Ten kod się nie zgadza albo stracił ważność. Sprawdź go lub poproś o nowy.",
        "That code is not right or no longer valid. Check it or ask for a new one.",
    ),
    "SECOND_FACTOR_REQUIRED": (
        "Do tego potrzebny jest drugi składnik logowania.",
        "This needs a second factor of signing in.",
    ),
    "REAUTHENTICATION_REQUIRED": (
        "Potwierdź najpierw, że to Ty.",
        "First confirm that it is you.",
    ),
    "FACTOR_REFUSED": (
        "Ten kod się nie zgadza albo był już użyty. Wpisz ten, który aplikacja pokazuje teraz.",
        "That code is not right or was used before. Type the one that the app shows now.",
    ),
    "PASSWORD_REFUSED": ("To hasło się nie zgadza.", "That password is not right."),
    "PASSKEY_REFUSED": (
        "Nie udało się użyć tego klucza dostępu. Spróbuj jeszcze raz albo zaloguj się inaczej.",
        "That passkey could not be used. Try again, or sign in another way.",
    ),
    "TOO_MANY_PASSKEYS": (
        "Najwyżej {limit} kluczy dostępu. Usuń najpierw jeden z nich.",
        "{limit} passkeys at most. Remove one of them first.",
    ),
    "NO_SECOND_FACTOR": (
        "Najpierw włącz aplikację z kodami albo dodaj klucz dostępu.",
        "First turn on an authenticator app or add a passkey.",
    ),
    "PASSWORD_TOO_SHORT": ("Hasło musi mieć co najmniej 10 znaków.", "A password has at least 10 characters."),
    "PASSWORD_TOO_COMMON": (
        "To hasło jest na listach najczęstszych. Wymyśl inne.",
        "That password is on the lists of the most common ones. Think of another.",
    ),
    "PASSWORD_TOO_SIMILAR": (
        "To hasło jest zbyt podobne do Twojego imienia, nazwiska lub adresu.",
        "That password is too like your name or address.",
    ),
    "PASSWORD_TOO_LONG": ("Najwyżej {limit} znaków.", "{limit} characters at most."),
    "UNKNOWN_SCOPE": ("Ta aplikacja prosi o coś, czego nie może dostać.", "That app asks for something it cannot get."),
    "UNKNOWN_KIND": ("Nieznany rodzaj: {value}", "Unknown kind: {value}"),
    "BAD_REDIRECT_URI": (
        "Ten adres powrotu jest nieprawidłowy: {value}. Sklep podaje adres https://, aplikacja także własny schemat, "
        "np. pl.firma.app:/powrot.",
        "That redirect address cannot be used: {value}. A shop gives an https:// address, an app also a scheme of its own, "
        "such as com.example.app:/back.",
    ),
    "BAD_LOGOUT_URI": (
        "Ten adres wylogowania jest nieprawidłowy: {value}. Podaje go sklep, zaczyna się od https://.",
        "That logout address cannot be used: {value}. It is for a shop and begins with https://.",
    ),
    "TOO_MANY_CLIENTS": ("Najwyżej {limit} sklepów i aplikacji.", "{limit} shops and apps at most."),
    "NO_SECRET": ("Aplikacja na urządzeniu nie ma sekretu.", "An app on a device has no secret."),
    "LOGOUT_NOT_HEARD": ("Sklep nie przyjął wylogowania ({reason}).", "The shop did not take the logout ({reason})."),
    "TEMPLATE_REFUSED": (
        "{part_pl}, wiersz {line}: błąd szablonu ({reason})",
        "{part_en}, line {line}: the template has an error ({reason})",
    ),
    "TEMPLATE_VARIABLE_UNKNOWN": (
        "{part_pl}, wiersz {line}: nie ma zmiennej „{name}”",
        "{part_en}, line {line}: there is no variable “{name}”",
    ),
    "TOO_MANY_ATTEMPTS": (
        "Zbyt wiele prób. Odczekaj kilka minut i spróbuj ponownie.",
        "Too many attempts. Wait a few minutes and try again.",
    ),
    "SIGN_IN_FAILED": (
        "Logowanie nie powiodło się. Spróbuj jeszcze raz.",
        "Signing in did not work. Please try again.",
    ),
    "SIGN_IN_UNAVAILABLE": (
        "Logowanie jest chwilowo niedostępne.",
        "Signing in is unavailable for the moment.",
    ),
    "PKCE_REQUIRED": ("Klient musi użyć PKCE (S256).", "The client must use PKCE (S256)."),
    "UNKNOWN_LANGUAGE": ("Nieznany język.", "Unknown language."),
    "CSRF_FAILED": (
        "Sesja wygasła. Odśwież stronę i spróbuj ponownie.",
        "The session has expired. Reload the page and try again.",
    ),
    "QUERY_REFUSED": (
        "Zapytanie jest zbyt złożone.",
        "The query is too complex.",
    ),
    "INTERNAL": (
        "Coś poszło nie tak po naszej stronie. Nic nie zostało zmienione.",
        "Something went wrong on our side. Nothing was changed.",
    ),
    "BAD_CURSOR": ("Nieprawidłowy kursor strony.", "That page cursor is not valid."),
    "BAD_SLUG": (
        "Identyfikator może zawierać małe litery, cyfry i myślniki, i zaczyna się literą: {value}",
        "A slug holds lower-case letters, digits and hyphens, and starts with a letter: {value}",
    ),
    "SLUG_RESERVED": ("Ten identyfikator jest zastrzeżony: {value}", "That slug is reserved: {value}"),
    "SLUG_TAKEN": ("Ten identyfikator jest już zajęty: {value}", "That slug is taken: {value}"),
    "NAME_MISSING": ("Podaj nazwę.", "Give a name."),
    "BAD_EMAIL": ("Nieprawidłowy adres e-mail.", "That is not an e-mail address."),
    "BAD_COLOR": ("Kolor musi mieć postać #rrggbb: {value}", "A color looks like #rrggbb: {value}"),
    "UNKNOWN_ROLE": ("Nieznana rola: {value}", "Unknown role: {value}"),
    "NO_TENANT": ("Nie wybrano hurtowni.", "No wholesaler is in force."),
    "VAULT_UNREADABLE": (
        "Nie można odszyfrować zapisanych danych.",
        "Stored data could not be decrypted.",
    ),
}


class _Blank(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return ""


def add_texts(texts: Mapping[str, tuple[str, str]]) -> None:
    """Add sentences: code → (Polish, English)."""
    _TEXTS.update(texts)


def text(code: str, data: Mapping[str, Any] | None = None, language: str | None = None) -> str:
    """The sentence for a code in the reader's language; the code itself when there is none. A code with a `reason` in its
    data may have a sentence for each.
    """
    pair = _TEXTS.get(f"{code}.{(data or {}).get('reason')}") or _TEXTS.get(code)
    if pair is None:
        return code
    chosen = pair[1] if (language or get_language() or "pl").startswith("en") else pair[0]
    return chosen.format_map(_Blank(data or {}))


def known_codes() -> frozenset[str]:
    """Every code that has sentences."""
    return frozenset(_TEXTS)
