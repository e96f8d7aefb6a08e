"""The invented people, firms and products: as many as promised, with right check digits, always the same."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

from django.contrib.auth.password_validation import validate_password
from django.core.validators import validate_email
from ksef_client.utils.ksef_number import is_valid_ksef_number
from stdnum import ean as ean_number
from stdnum.pl import nip as nip_number

from integrations.sandbox.aggregator_catalog import BY_ID
from kolektor.demo import catalog, network, numbers, people
from kolektor.demo.rewards import OFFERS, SHOWN
from kolektor.network.models import COLOR
from kolektor.network.services import check_slug

ROOT = Path(__file__).resolve().parents[2]


def test_suppliers_and_brands() -> None:
    assert len(network.SUPPLIERS) == 15
    assert len(network.BRAND_NAMES) == sum(len(item.brands) for item in network.SUPPLIERS) == 40
    for supplier in network.SUPPLIERS:
        check_slug(supplier.slug, "supplier")
        for slug, _ in supplier.brands:
            check_slug(slug, "brand")


def test_wholesalers_differ() -> None:
    assert len(network.WHOLESALERS) == 3
    for attribute in (
        "slug",
        "nip",
        "primary_color",
        "accent_color",
        "logo_shape",
        "point_forms",
        "units_per_currency",
    ):
        assert len({getattr(item, attribute) for item in network.WHOLESALERS}) == 3, attribute
    for item in network.WHOLESALERS:
        check_slug(item.slug, "slug")
        for color in (item.primary_color, item.accent_color, item.surface_color):
            COLOR(color)
        assert len(item.logo_text) <= 3
        assert all(0 < len(form) <= 30 for form in item.point_forms.as_dict().values())


def test_products() -> None:
    products = catalog.products()
    assert 240 <= len(products) <= 260
    assert all(ean_number.is_valid(item.ean) and item.ean.startswith("29") for item in products)
    assert len({item.ean for item in products}) == len({item.sku for item in products}) == len(products)
    assert {item.brand for item in products} == set(network.BRAND_NAMES)
    assert all(item.price > 0 and item.price == round(item.price, 2) for item in products)
    assert {item.category for item in products} == {name for one in network.WHOLESALERS for name in one.categories}
    assert all(len(catalog.sold_by(item)) >= 80 for item in network.WHOLESALERS)


def test_three_hundred_installers_a_third_in_several_programs() -> None:
    found = people.installers()
    assert len(found) == people.INSTALLERS == 300
    counts = Counter(len(person.programs) for person in found)
    assert counts == {1: 198, 2: people.IN_TWO, 3: people.IN_THREE}
    assert len({person.email for person in found}) == len({person.phone for person in found}) == 300
    for person in found:
        validate_email(person.email)
        assert person.email.endswith(".example") and nip_number.is_valid(person.firm.nip)
        assert len({item.wholesaler for item in person.programs}) == len(person.programs)
    codes = [item.code for person in found for item in person.programs]
    assert len(set(codes)) == len(codes)


def test_firms() -> None:
    found = people.installers()
    owners = [person for person in found if not person.fitter]
    assert len({person.firm.nip for person in owners}) == len(owners) == 282
    assert not {person.firm.nip for person in owners} & {item.nip for item in network.WHOLESALERS}
    firms = {person.firm: index for index, person in enumerate(found) if not person.fitter}
    for index, person in enumerate(found):
        # a fitter's firm is made with its owner, where both are members
        if person.fitter:
            owner = found[firms[person.firm]]
            assert firms[person.firm] < index
            assert {item.wholesaler for item in person.programs} <= {item.wholesaler for item in owner.programs}


def test_the_demo_installer_is_in_two_programs() -> None:
    installer = people.installers()[0]
    assert (installer.email, len(installer.programs), installer.dormant) == (people.DEMO_EMAIL, 2, False)
    validate_password(people.PASSWORD)
    staff = [*people.ADMINS, people.ANALYST, people.CLERK, people.REPRESENTATIVE]
    assert [item.wholesaler for item in people.ADMINS] == [item.slug for item in network.WHOLESALERS]
    assert not {item.email for item in staff} & {person.email for person in people.installers()}


def test_every_offered_voucher_is_sold_and_described() -> None:
    assert set(SHOWN) == set(BY_ID)
    assert set(OFFERS) == {item.slug for item in network.WHOLESALERS}
    for shown in SHOWN.values():
        COLOR(shown.color)
        assert shown.pl and shown.en and shown.category
    for offered in OFFERS.values():
        assert len(set(offered)) == len(offered) >= 12
        assert set(offered) <= set(BY_ID)
    assert len({frozenset(offered) for offered in OFFERS.values()}) == 3


def test_numbers() -> None:
    taxes = [numbers.nip(serial) for serial in range(2000)]
    assert len(set(taxes)) == len(taxes)
    assert all(nip_number.is_valid(nip) for nip in taxes)
    number = numbers.ksef_number(seller_nip=taxes[0], day="20260305", technical="0A1B2C3D4E5F")
    assert is_valid_ksef_number(number)


def test_another_process_makes_the_same() -> None:
    """Nothing hangs on the hash seed of the process."""
    program = (
        "from datetime import date\n"
        "from kolektor.demo import catalog, network, people, sales\n"
        "day = date(2026, 11, 22)\n"
        "sold = [sales.documents_of(item, today=day) for item in network.WHOLESALERS]\n"
        "import hashlib\n"
        "print(hashlib.sha256(repr((catalog.products(), people.installers(), sold)).encode()).hexdigest())\n"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONPATH": f"{ROOT}:{ROOT / 'platform'}", "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(seen) == 1
