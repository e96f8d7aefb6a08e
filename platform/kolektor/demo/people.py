"""The people of the demo network: 300 installers with their firms, an admin for each wholesaler, a clerk, a sales representative,
an analyst at HQ."""

from __future__ import annotations

import random
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from kolektor.demo import numbers
from kolektor.demo.network import ELECTRICAL, HEATING, PLUMBING, WHOLESALERS

# one password for every account that `kolektor demo` prints; the data is invented and the server is on this machine
PASSWORD: Final = "demo-kolektor-1"  # noqa: S105
# what ties the authenticator app of the demo's staff to their accounts; known to all, as the password is
SECOND_FACTOR: Final = "KOLEKTORDEMOKOLEKTORDEMOKOLEKTOR"
INSTALLERS: Final = 300
IN_TWO: Final = 84
IN_THREE: Final = 18
FITTERS: Final = 18
DEMO_EMAIL: Final = "jan.nowak@instalator.example"


@dataclass(frozen=True, slots=True)
class DemoFirm:
    """A firm of one or several installers."""

    name: str
    nip: str
    address: str


@dataclass(frozen=True, slots=True)
class Enrollment:
    """A membership: wholesaler's slug, its customer code, and how many days before the demo's day it began."""

    wholesaler: str
    code: str
    joined_days_before: int


@dataclass(frozen=True, slots=True)
class Installer:
    """`weight`: how much this one buys, compared with the others; 0 buys nothing. `dormant`: bought once, long ago."""

    email: str
    first_name: str
    last_name: str
    phone: str
    firm: DemoFirm
    fitter: bool
    weight: float
    dormant: bool
    programs: tuple[Enrollment, ...]


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody who works at a wholesaler (its slug) or at headquarters (empty)."""

    email: str
    first_name: str
    last_name: str
    wholesaler: str = ""


ADMINS: Final = (
    Staff("anna.zielinska@bystrzyk.example", "Anna", "Zielińska", PLUMBING.slug),
    Staff("marek.duda@zarzewie.example", "Marek", "Duda", HEATING.slug),
    Staff("ewa.sikora@iskrownia.example", "Ewa", "Sikora", ELECTRICAL.slug),
)
# at the counter and on the road for the first of them
CLERK: Final = Staff("kasia.lada@bystrzyk.example", "Kasia", "Lada", PLUMBING.slug)
REPRESENTATIVE: Final = Staff("marcin.droga@bystrzyk.example", "Marcin", "Droga", PLUMBING.slug)
# somebody who asks to join there
APPLICANT: Final = "robert.zdun@instalator.example"
ANALYST: Final = Staff("tomasz.lis@grupa-instal.example", "Tomasz", "Lis")


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_MEN: Final = _words("""
    Adam Andrzej Artur Bartosz Bogdan Damian Daniel Dariusz Dawid Filip Grzegorz Henryk Jacek Jakub Janusz Jarosław
    Jerzy Kamil Karol Krzysztof Leszek Łukasz Maciej Marcin Marek Mariusz Mateusz Michał Mirosław Paweł Patryk Piotr
    Przemysław Radosław Rafał Robert Roman Sebastian Sławomir Stanisław Stefan Szymon Tadeusz Wiesław Wojciech Zbigniew
""")
_WOMEN: Final = _words("Agnieszka Aleksandra Barbara Iwona Joanna Magdalena Monika Zofia")
# surnames that are the same for men and women
_SURNAMES: Final = _words("""
    Baran Bąk Bielak Borek Bury Chmiel Cichoń Cieślak Czech Dobosz Drozd Duda Dudek Dziedzic Fijał Gajda Gołąb Góra
    Grabarczyk Gut Hajduk Jurek Kaczmarek Kania Karaś Kasprzak Kołodziej Konieczny Kopeć Kosiba Kowal Kozioł Krawczyk
    Kret Król Kruk Kubiak Kulig Kurek Kwiatek Lech Leśniak Lipka Łuczak Madej Maj Marzec Matusik Mazur Michalak Mróz
    Musiał Mucha Nowacki Olejnik Orzech Pająk Pawlak Pietrzak Piątek Polak Przybysz Ptak Rak Rogala Romańczuk Rybak
    Sadło Serafin Skiba Słowik Sobczak Sowa Stasiak Stępień Stolarczyk Szewczyk Ślusarz Śliwa Tokarz Tomczak Urban
    Walczak Wilk Witek Wnuk Wójcik Wrona Zając Zawada Zięba Żak Żuk Żurek
""")
_TOWNS: Final = {
    PLUMBING.slug: ("60-101 Poznań", "62-020 Swarzędz", "62-200 Gniezno", "64-100 Leszno", "63-000 Środa Wielkopolska"),
    HEATING.slug: ("40-005 Katowice", "41-800 Zabrze", "44-100 Gliwice", "43-300 Bielsko-Biała", "44-200 Rybnik"),
    ELECTRICAL.slug: ("80-001 Gdańsk", "81-300 Gdynia", "83-110 Tczew", "84-200 Wejherowo", "82-300 Elbląg"),
}
_STREETS: Final = (
    "ul. Polna", "ul. Leśna", "ul. Ogrodowa", "ul. Rzemieślnicza", "ul. Kolejowa", "ul. Spółdzielcza", "ul. Krótka",
    "ul. Lipowa", "ul. Warsztatowa", "ul. Słoneczna",
)  # fmt: skip
_FIRM_NAMES: Final = {
    PLUMBING.slug: (
        "Hydro-Serwis {last}", "Instalacje Sanitarne {last}", "Wod-Kan {first} {last}", "{last} Hydraulika",
        "Zakład Instalacyjny {first} {last}",
    ),
    HEATING.slug: (
        "{last} Ogrzewanie", "Term-Inst {last}", "Kotłownie {last}", "Technika Grzewcza {first} {last}",
        "Zakład Instalacyjny {first} {last}",
    ),
    ELECTRICAL.slug: (
        "Elektro-{last}", "Usługi Elektryczne {first} {last}", "{last} Elektroinstalacje", "El-Mont {last}",
        "Instalatorstwo Elektryczne {first} {last}",
    ),
}  # fmt: skip


def plain(text: str) -> str:
    """Letters without Polish marks, lower case, for e-mail addresses."""
    folded = unicodedata.normalize("NFKD", text.replace("ł", "l").replace("Ł", "L"))
    return "".join(sign for sign in folded if sign.isascii() and (sign.isalnum() or sign in "-.")).lower()


@lru_cache(maxsize=1)
def installers() -> tuple[Installer, ...]:
    """All installers. The first is *the* demo installer, in two programs; fitters come last, after their owners."""
    chance = numbers.dice("people")
    programs = _programs(chance)
    codes = {wholesaler.slug: 100 for wholesaler in WHOLESALERS}
    taken = {DEMO_EMAIL}
    found = []
    for index, slugs in enumerate(programs):
        person = _installer(chance, index, slugs, taken)
        enrolled = []
        for slug in slugs:
            codes[slug] += chance.randint(1, 9)
            prefix = next(item.code_prefix for item in WHOLESALERS if item.slug == slug)
            days = chance.randint(380, 2400) if chance.random() < 0.7 else chance.randint(40, 364)
            enrolled.append(Enrollment(slug, f"{prefix}-{codes[slug]:05d}", days))
        found.append(replace(person, programs=tuple(enrolled)))
    found[0] = _the_demo_installer(found[0])
    owners = [
        person for person in found[1:-FITTERS] if any(item.wholesaler == ELECTRICAL.slug for item in person.programs)
    ]
    for index, owner in enumerate(chance.sample(owners, FITTERS), start=INSTALLERS - FITTERS):
        # what a fitter buys for himself at the counter is little
        own = min(1.0, found[index].weight)
        found[index] = replace(found[index], firm=owner.firm, fitter=True, dormant=False, weight=own)
    # two work for the demo installer, who buys for them
    for index, days in ((INSTALLERS - 2, 700), (INSTALLERS - 1, 400)):
        (only,) = found[index].programs
        found[index] = replace(
            found[index],
            firm=found[0].firm,
            weight=0.0,
            programs=(replace(only, joined_days_before=days),),
        )
    return tuple(found)


def _programs(chance: random.Random) -> list[tuple[str, ...]]:
    """Who belongs where: the demo installer first, the fitters (at the one that sends receipts, and two of the first
    one's) last.
    """
    slugs = [wholesaler.slug for wholesaler in WHOLESALERS]
    pairs = [(slugs[0], slugs[1]), (slugs[1], slugs[2]), (slugs[0], slugs[2])]
    middle: list[tuple[str, ...]] = [pairs[index % 3] for index in range(IN_TWO - 1)]
    middle += [tuple(slugs)] * IN_THREE
    middle += [(slugs[index % 3],) for index in range(INSTALLERS - 1 - len(middle) - FITTERS)]
    chance.shuffle(middle)
    return [(PLUMBING.slug, HEATING.slug), *middle, *[(ELECTRICAL.slug,)] * (FITTERS - 2), *[(PLUMBING.slug,)] * 2]


def _installer(chance: random.Random, index: int, slugs: tuple[str, ...], taken: set[str]) -> Installer:
    first = chance.choice(_WOMEN if index % 12 == 5 else _MEN)
    last = _SURNAMES[index * 7 % len(_SURNAMES)]
    stem = f"{plain(first)}.{plain(last)}"
    email = f"{stem}@instalator.example"
    if email in taken:
        email = f"{stem}{index}@instalator.example"
    taken.add(email)
    home = slugs[0]
    name = chance.choice(_FIRM_NAMES[home]).format(first=first, last=last)
    address = f"{chance.choice(_STREETS)} {chance.randint(1, 98)}, {chance.choice(_TOWNS[home])}"
    # few buy much, many buy little, as everywhere; a few have never come back after signing up
    weight = 0.0 if index % 29 == 28 else min(12.0, chance.paretovariate(1.25))
    return Installer(
        email=email,
        first_name=first,
        last_name=last,
        phone=numbers.phone(index + 1),
        firm=DemoFirm(name, numbers.nip(100 + index), address),
        fitter=False,
        weight=weight,
        dormant=index % 13 == 7,
        programs=(),
    )


def _the_demo_installer(person: Installer) -> Installer:
    firm = DemoFirm("Instalacje Nowak", person.firm.nip, "ul. Rzemieślnicza 12, 62-020 Swarzędz")
    programs = tuple(replace(item, joined_days_before=1460 + 90 * nth) for nth, item in enumerate(person.programs))
    return replace(
        person, email=DEMO_EMAIL, first_name="Jan", last_name="Nowak", firm=firm, weight=9.0, dormant=False,
        programs=programs,
    )  # fmt: skip


def shares_of(firm: DemoFirm) -> dict[str, int]:
    """How the firm's owner splits its points: basis points by the fitter's e-mail."""
    fitters = [person.email for person in installers() if person.fitter and person.firm == firm]
    return dict(zip(fitters, (2500, 1500) if len(fitters) > 1 else (2000,), strict=True))


def members_of(slug: str) -> tuple[tuple[Installer, Enrollment], ...]:
    """The installers of one wholesaler with their membership, owners before fitters."""
    return tuple((person, item) for person in installers() for item in person.programs if item.wholesaler == slug)
