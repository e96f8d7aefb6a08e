"""How the wholesalers show the aggregator's vouchers: category, color, words. All brands are invented."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kolektor.demo.network import ELECTRICAL, HEATING, PLUMBING


@dataclass(frozen=True, slots=True)
class Shown:
    """What a reward looks like in the shop."""

    category: str
    color: str
    pl: str
    en: str


SHOWN: Final[dict[str, Shown]] = {
    "spozywczy-koszyk": Shown(
        "Na co dzień", "#2e7d32", "Zakupy spożywcze w ponad 200 sklepach, także w internecie.",
        "Groceries at more than 200 shops, and online."),
    "market-rodzinny": Shown(
        "Na co dzień", "#c62828", "Dowolna kwota na zakupy w supermarkecie, w kilku wizytach.",
        "Any amount for the supermarket, to be used in several visits."),
    "dyskont-groszek": Shown(
        "Na co dzień", "#558b2f", "Bon do dyskontu, ważny rok, na wszystko oprócz prasy.",
        "A discount-store voucher, valid a year, for everything but newspapers."),
    "piekarnia-chrupka": Shown(
        "Na co dzień", "#a1662f", "Świeże pieczywo i drożdżówki przed wyjazdem na budowę.",
        "Fresh bread and buns on the way to the site."),
    "paliwo-meteor": Shown(
        "Paliwo i auto", "#1a237e", "Karta na paliwo, płyny i myjnię. Dowolna kwota od 50 zł.",
        "A card for fuel, fluids and the car wash. Any amount from PLN 50."),
    "paliwo-szlak": Shown(
        "Paliwo i auto", "#ef6c00", "Bon paliwowy na 400 stacjach przy głównych drogach.",
        "A fuel voucher for 400 stations on the main roads."),
    "budowlany-mlotek": Shown(
        "Dom i warsztat", "#d84315", "Wszystko do budowy i remontu, od wkrętów po farby.",
        "Everything for building and repairs, from screws to paint."),
    "ogrod-malwa": Shown(
        "Dom i warsztat", "#33691e", "Rośliny, ziemia, narzędzia ogrodnicze i meble na taras.",
        "Plants, soil, garden tools and terrace furniture."),
    "narzedzia-imadlo": Shown(
        "Dom i warsztat", "#37474f", "Elektronarzędzia i osprzęt dla zawodowców. Karta z kodem PIN.",
        "Power tools and accessories for professionals. A card with a PIN."),
    "meble-cztery-katy": Shown(
        "Dom i warsztat", "#6d4c41", "Meble i dodatki do mieszkania.", "Furniture and things for the home."),
    "elektronika-wolt": Shown(
        "Elektronika", "#283593", "Telefony, laptopy, sprzęt domowy. Dowolna kwota do 3000 zł.",
        "Phones, laptops, appliances. Any amount up to PLN 3,000."),
    "odziez-nitka": Shown("Ubrania", "#ad1457", "Moda dla całej rodziny.", "Clothes for the whole family."),
    "obuwie-krok": Shown("Ubrania", "#4e342e", "Buty na co dzień i do pracy.", "Shoes for every day and for work."),
    "robocze-fartuch": Shown(
        "Ubrania", "#f9a825", "Odzież robocza, buty S3, rękawice, ochrona słuchu.",
        "Workwear, S3 boots, gloves, hearing protection."),
    "sport-meta": Shown(
        "Czas wolny", "#00838f", "Rowery, piłka, siłownia. Dowolna kwota od 30 zł.",
        "Bikes, football, gym. Any amount from PLN 30."),
    "drogeria-konwalia": Shown(
        "Na co dzień", "#8e24aa", "Kosmetyki i chemia domowa.", "Cosmetics and household goods."),
    "ksiegarnia-zakladka": Shown(
        "Czas wolny", "#5d4037", "Książki, audiobooki i podręczniki.", "Books, audiobooks and textbooks."),
    "zabawki-bak": Shown("Czas wolny", "#e53935", "Klocki, gry i zabawki.", "Bricks, games and toys."),
    "kino-projektor": Shown(
        "Czas wolny", "#212121", "Bilet na dowolny seans 2D, jeden albo dwa.", "A ticket for any 2D show, one or two."),
    "muzyka-plyta": Shown("Czas wolny", "#6a1b9a", "Muzyka bez reklam w aucie i na budowie.", "Music without ads."),
    "gry-pad": Shown("Czas wolny", "#004d40", "Doładowanie konta gracza.", "A top-up of a player's account."),
    "podroze-kompas": Shown(
        "Podróże", "#0277bd", "Wczasy, bilety lotnicze i wycieczki. Ważna trzy lata.",
        "Holidays, flights and trips. Valid three years."),
    "hotele-pod-sosna": Shown(
        "Podróże", "#2e5339", "Nocleg ze śniadaniem dla dwojga w 60 hotelach.",
        "A night with breakfast for two at 60 hotels."),
    "restauracje-widelec": Shown(
        "Czas wolny", "#b71c1c", "Kolacja dla dwojga albo obiad z ekipą.", "Dinner for two or lunch with the crew."),
    "telefon-impuls": Shown(
        "Na co dzień", "#0097a7", "Doładowanie telefonu na kartę, kod w kilka sekund.",
        "A prepaid phone top-up, the code in seconds."),
    "internet-kosz": Shown(
        "Elektronika", "#f4511e", "Miliony ofert na platformie zakupowej.", "Millions of offers on a marketplace."),
}  # fmt: skip

# what each wholesaler put on its shelf, in the order in which it was put there
OFFERS: Final[dict[str, tuple[str, ...]]] = {
    PLUMBING.slug: (
        "paliwo-meteor", "spozywczy-koszyk", "market-rodzinny", "budowlany-mlotek", "narzedzia-imadlo",
        "robocze-fartuch", "elektronika-wolt", "sport-meta", "kino-projektor", "restauracje-widelec",
        "hotele-pod-sosna", "podroze-kompas", "telefon-impuls", "ogrod-malwa", "internet-kosz",
    ),
    HEATING.slug: (
        "paliwo-szlak", "dyskont-groszek", "piekarnia-chrupka", "budowlany-mlotek", "narzedzia-imadlo",
        "meble-cztery-katy", "odziez-nitka", "obuwie-krok", "ksiegarnia-zakladka", "zabawki-bak", "podroze-kompas",
        "drogeria-konwalia",
    ),
    ELECTRICAL.slug: (
        "elektronika-wolt", "internet-kosz", "gry-pad", "muzyka-plyta", "paliwo-meteor", "paliwo-szlak",
        "market-rodzinny", "robocze-fartuch", "narzedzia-imadlo", "telefon-impuls", "kino-projektor", "sport-meta",
        "restauracje-widelec",
    ),
}  # fmt: skip
