"""Sentences about rewards, code pools and partners, in Polish and English."""

from __future__ import annotations

from typing import Final

ERRORS: Final = {
    "SOLD_OUT": (
        "Ten voucher właśnie się skończył. Punkty zostały na koncie.",
        "That voucher has just run out. Your points are untouched.",
    ),
    "PARTNER_RESTING": (
        "Partner {name} nie odpowiada; następna próba za {seconds} s.",
        "The partner {name} does not answer; the next try is in {seconds} s.",
    ),
    "PARTNER_UNAVAILABLE": ("Partner nie odpowiada poprawnie.", "The partner does not answer properly."),
    "BAD_AMOUNTS": (
        "Podaj co najmniej jeden nominał: kwoty większe od zera, najwyżej dwa miejsca po przecinku.",
        "Give at least one face value: amounts above zero, with up to two decimals.",
    ),
    "CODES_UNREADABLE": (
        "Nie udało się odczytać pliku. Obsługiwane są zwykły tekst, CSV i XLSX.",
        "The file could not be read. Plain text, CSV and XLSX are supported.",
    ),
    "TOO_MANY_CODES": (
        "W pliku jest za dużo kodów (limit {limit}). Podziel go na części.",
        "The file holds too many codes (limit {limit}). Split it.",
    ),
    "BAD_CODES": (
        "Nic nie dodano. Popraw wiersze {lines} (razem: {count}): kod ma od 4 do 200 znaków bez spacji, "
        "a data ważności nie minęła.",
        "Nothing was added. Mend lines {lines} ({count} in all): a code has 4 to 200 characters without blanks, "
        "and its date is not past.",
    ),
}

TIMELINE: Final = {
    "order.check_asked": ("Zlecono sprawdzenie u partnera", "A check with the partner was requested"),
    "voucher.used": ("Oznaczono jako wykorzystany", "Marked as used"),
    "voucher.unused": ("Cofnięto oznaczenie „wykorzystany”", "No longer marked as used"),
    "reward.offered": ("Dodano do katalogu", "Added to the catalog"),
    "reward.activated": ("Włączono w sklepie", "Put into the shop"),
    "reward.deactivated": ("Wyłączono ze sklepu", "Taken out of the shop"),
    "reward.priced": ("Nowa cena: {rate} pkt za 1 zł", "New price: {rate} points per 1.00"),
    "reward.filed": ("Kategoria: {category}", "Category: {category}"),
    "reward.codes_added": (
        "Kody po {amount} zł: dodano {added}, znanych wcześniej {known}",
        "Codes of {amount}: {added} added, {known} known before",
    ),
    "partner.connected": ("Połączenie skonfigurowane", "Connection set up"),
    "partner.paused": ("Wstrzymano", "Paused"),
    "partner.resumed": ("Wznowiono", "Resumed"),
    "partner.low_balance_set": ("Próg ostrzeżenia o saldzie: {limit}", "Low-balance warning: {limit}"),
    "catalog.sync_asked": ("Zlecono pobranie katalogu", "Catalog requested"),
    "catalog.synced": (
        "Katalog pobrany: {added} nowych, {changed} zmienionych, {gone} wycofanych",
        "Catalog fetched: {added} new, {changed} changed, {gone} gone",
    ),
    "catalog.sync_failed": ("Nie udało się pobrać katalogu", "The catalog could not be fetched"),
}
