"""The demo network: an invented consortium of three wholesalers, 15 suppliers, 40 brands. No name is real."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from kolektor.demo import numbers
from kolektor.kernel.wording import PointForms

NETWORK_SLUG: Final = "instal"
NETWORK_NAME: Final = "Grupa Instal"


@dataclass(frozen=True, slots=True)
class DemoSupplier:
    """A supplier with its brands, each as (slug, name)."""

    slug: str
    name: str
    brands: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class DemoWholesaler:
    """One wholesaler. `units_per_currency`: hundredths of a point for a voucher's 1.00 PLN.

    `season`: how sales of the months January to December compare; `documents`: sales documents in a year.
    """

    slug: str
    name: str
    nip: str
    address: str
    city: str
    primary_color: str
    accent_color: str
    surface_color: str
    logo_text: str
    logo_shape: Literal["circle", "square", "hexagon"]
    point_forms: PointForms
    phone: str
    feed: Literal["ksef", "csv"]
    code_prefix: str
    units_per_currency: int
    categories: tuple[str, ...]
    season: tuple[int, ...]
    documents: int

    @property
    def support_email(self) -> str:
        return f"program@{self.slug}.example"


PLUMBING: Final = DemoWholesaler(
    slug="bystrzyk",
    name="Bystrzyk Hydraulika",
    nip=numbers.nip(1),
    address="ul. Młyńska 14, 61-730 Poznań",
    city="Poznań",
    primary_color="#0b5f7d",
    accent_color="#f29f3d",
    surface_color="#ffffff",
    logo_text="BH",
    logo_shape="circle",
    point_forms=PointForms("kropla", "krople", "kropel", "kropli"),
    phone="+48500200100",
    feed="ksef",
    code_prefix="BY",
    units_per_currency=100,
    categories=(
        "zawory", "rury i złączki", "armatura łazienkowa", "ceramika sanitarna", "kanalizacja", "pompy",
        "filtry i uzdatnianie", "chemia i uszczelnienia", "narzędzia", "izolacje",
    ),
    season=(6, 6, 9, 11, 12, 12, 11, 10, 11, 9, 7, 5),
    documents=2200,
)  # fmt: skip

HEATING: Final = DemoWholesaler(
    slug="zarzewie",
    name="Zarzewie Technika Grzewcza",
    nip=numbers.nip(2),
    address="ul. Hutnicza 3, 40-241 Katowice",
    city="Katowice",
    primary_color="#a8201a",
    accent_color="#3d3a4b",
    surface_color="#fbf7f4",
    logo_text="ZTG",
    logo_shape="hexagon",
    point_forms=PointForms("ognik", "ogniki", "ogników", "ognika"),
    phone="+48500200200",
    feed="ksef",
    code_prefix="ZA",
    units_per_currency=80,
    categories=(
        "kotły", "pompy ciepła", "grzejniki", "ogrzewanie podłogowe", "automatyka grzewcza", "zasobniki", "kominy",
        "zawory", "rury i złączki", "pompy", "izolacje", "chemia i uszczelnienia", "narzędzia",
    ),
    season=(9, 7, 6, 5, 5, 6, 7, 9, 14, 16, 13, 8),
    documents=1950,
)  # fmt: skip

ELECTRICAL: Final = DemoWholesaler(
    slug="iskrownia",
    name="Iskrownia Elektrohurt",
    nip=numbers.nip(3),
    address="ul. Elektryków 27, 80-863 Gdańsk",
    city="Gdańsk",
    primary_color="#f4c20d",
    accent_color="#20242c",
    surface_color="#f6f6f2",
    logo_text="IE",
    logo_shape="square",
    point_forms=PointForms("wat", "waty", "watów", "wata"),
    phone="+48500200300",
    feed="csv",
    code_prefix="IS",
    units_per_currency=120,
    categories=(
        "kable i przewody", "aparatura modułowa", "osprzęt", "oświetlenie", "rozdzielnice", "trasy kablowe",
        "fotowoltaika", "narzędzia",
    ),
    season=(7, 7, 9, 10, 10, 9, 8, 8, 10, 10, 11, 8),
    documents=2020,
)  # fmt: skip

WHOLESALERS: Final = (PLUMBING, HEATING, ELECTRICAL)

SUPPLIERS: Final[tuple[DemoSupplier, ...]] = (
    DemoSupplier(
        "nadbrzeska-armatura",
        "Nadbrzeska Armatura",
        (("zaworynt", "Zaworynt"), ("kruczek", "Kruczek"), ("nabrzez", "Nabrzeż")),
    ),
    DemoSupplier(
        "rurowiec-systemy",
        "Rurowiec Systemy",
        (("rurowiec", "Rurowiec"), ("pexora", "Pexora"), ("miedziak", "Miedziak")),
    ),
    DemoSupplier(
        "czerpak-lazienki",
        "Czerpak Łazienki",
        (("czerpak", "Czerpak"), ("biala-fala", "Biała Fala"), ("deszczulka", "Deszczułka")),
    ),
    DemoSupplier("ceramika-sedesna", "Ceramika Sedesna", (("porcelit", "Porcelit"), ("sedesna", "Sedesna"))),
    DemoSupplier(
        "studzienny-pompy",
        "Studzienny Pompy",
        (("studzienny", "Studzienny"), ("pompiak", "Pompiak"), ("glebinek", "Głębinek")),
    ),
    DemoSupplier(
        "zaklady-kotlowiec",
        "Zakłady Kotłowiec",
        (("kotlowiec", "Kotłowiec"), ("kondensik", "Kondensik"), ("plomnik", "Płomnik")),
    ),
    DemoSupplier("powiew-klimatechnika", "Powiew Klimatechnika", (("powiew", "Powiew"), ("termowir", "Termowir"))),
    DemoSupplier(
        "kaloryfa",
        "Kaloryfa",
        (("kaloryfa-plus", "Kaloryfa Plus"), ("grzejka", "Grzejka"), ("podlogowiec", "Podłogowiec")),
    ),
    DemoSupplier("sterownia", "Sterownia", (("pokretnik", "Pokrętnik"), ("cieplomir", "Ciepłomir"))),
    DemoSupplier(
        "hydrochemia-lasek",
        "Hydrochemia Lasek",
        (("otulak", "Otulak"), ("czystowod", "Czystowód"), ("szczelnik", "Szczelnik")),
    ),
    DemoSupplier("kablorz", "Kablorz", (("kablorz-dom", "Kablorz Dom"), ("trojzyl", "Trójżył"))),
    DemoSupplier(
        "amperyt",
        "Amperyt",
        (("amperyt-modul", "Amperyt Moduł"), ("stykowiec", "Stykowiec"), ("szynogon", "Szynogon")),
    ),
    DemoSupplier("pstrokat-osprzet", "Pstrokat Osprzęt", (("ramkon", "Ramkon"), ("kliknik", "Kliknik"))),
    DemoSupplier(
        "oprawy-swietlenia",
        "Oprawy Świetlenia",
        (("swietlenia", "Świetlenia"), ("jasnotka", "Jasnotka"), ("lumenek", "Lumenek")),
    ),
    DemoSupplier(
        "kowadelko",
        "Kowadełko",
        (("kowadelko-pro", "Kowadełko Pro"), ("zaciskacz", "Zaciskacz"), ("klucznik", "Klucznik")),
    ),
)

BRAND_NAMES: Final[dict[str, str]] = {slug: name for supplier in SUPPLIERS for slug, name in supplier.brands}


def wholesaler(slug: str) -> DemoWholesaler:
    """The demo wholesaler of that slug. Raises KeyError."""
    return {item.slug: item for item in WHOLESALERS}[slug]
