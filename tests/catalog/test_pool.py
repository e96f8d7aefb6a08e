"""Codes that the wholesaler uploads: what a file may hold, that codes lie encrypted, and that an empty pool says so first."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import xlsxwriter

from catalog.fulfillment import services as fulfillment
from catalog.fulfillment.models import Voucher
from catalog.orders import services as orders
from catalog.orders.models import Order
from catalog.rewards import pool, selectors, services
from catalog.rewards.models import PoolCode, Reward
from catalog.rewards.pool_files import UploadedCode, read_codes
from kolektor.audit.models import AuditEntry
from kolektor.identity.services import ensure_person
from kolektor.kernel.errors import DomainError, NotFound
from kolektor.kernel.outbox import services as outbox
from kolektor.kernel.points import Points
from tenants.ledger import selectors as ledger_reads
from tenants.ledger import services as ledger
from tenants.ledger.services import Award, Owner
from tenants.members import services as members
from tenants.members.models import Member

TODAY = date(2026, 11, 25)
TWENTY = Decimal(20)


def sheet(*rows: tuple[Any, ...]) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"default_date_format": "yyyy-mm-dd"}) as book:
        page = book.add_worksheet()
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return content.getvalue()


FILES: dict[str, tuple[bytes, list[UploadedCode]]] = {
    "a line a code": (b"ABCD-1\r\nABCD-2\r\n\r\nABCD-1\r\n", [UploadedCode("ABCD-1"), UploadedCode("ABCD-2")]),
    "with a heading": (
        "Kod;PIN;Ważny do\nABCD-1;1234;31.12.2026\nABCD-2;;\n".encode(),
        [UploadedCode("ABCD-1", "1234", date(2026, 12, 31)), UploadedCode("ABCD-2")],
    ),
    "columns in another order": (
        b"expires_on,code\n2026-11-25,ABCD-1\n",
        [UploadedCode("ABCD-1", None, date(2026, 11, 25))],
    ),
    "windows": ("kod;ważny do\nABCD-1;2027-01-01".encode("cp1250"), [UploadedCode("ABCD-1", None, date(2027, 1, 1))]),
    "byte order mark": (b"\xef\xbb\xbfcode\nABCD-1", [UploadedCode("ABCD-1")]),
    "a sheet": (
        sheet(("code", "pin", "expires_on"), ("ABCD-1", 1234, date(2027, 3, 1)), (5550001112, None, None)),
        [UploadedCode("ABCD-1", "1234", date(2027, 3, 1)), UploadedCode("5550001112")],
    ),
}


@pytest.mark.parametrize("name", sorted(FILES))
def test_files(name: str) -> None:
    content, expected = FILES[name]
    assert read_codes(content, today=TODAY) == expected


BAD: dict[str, tuple[bytes, str, dict[str, Any]]] = {
    "empty": (b" \n\n", "UPLOAD_EMPTY", {}),
    "only a heading": (b"code;pin\n", "UPLOAD_EMPTY", {}),
    "blank inside": (b"ABCD-1\nAB CD\nABCD-3\n", "BAD_CODES", {"count": 1, "lines": "2"}),
    "short": (b"ABC\nAB\n", "BAD_CODES", {"count": 2, "lines": "1, 2"}),
    "past": (b"ABCD-1;;2026-11-24\n", "BAD_CODES", {"count": 1, "lines": "1"}),
    "no date": (b"ABCD-1;;tomorrow\n", "BAD_CODES", {"count": 1, "lines": "1"}),
    "many bad": (b"A\n" * 12, "BAD_CODES", {"count": 12, "lines": "1, 2, 3, 4, 5, 6, 7, 8, 9, 10 …"}),
    "no workbook": (b"PK\x03\x04 not a zip", "CODES_UNREADABLE", {}),
    "binary": (b"AB\x00\x01CD", "CODES_UNREADABLE", {}),
    "too large": (b"ABCD-12345\n" * 500_000, "UPLOAD_TOO_LARGE", {"limit": 5}),
    "too many": (b"\n".join(b"CODE%06d" % number for number in range(50_001)), "TOO_MANY_CODES", {"limit": 50_000}),
}


@pytest.mark.parametrize("name", sorted(BAD))
def test_bad_files(name: str) -> None:
    content, code, data = BAD[name]
    with pytest.raises(DomainError) as caught:
        read_codes(content, today=TODAY)
    assert (caught.value.code, dict(caught.value.data)) == (code, data)


def test_a_sheet_that_unpacks_to_too_much() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 61 * 1024 * 1024)
    assert len(content.getvalue()) < 1024 * 1024
    with pytest.raises(DomainError, match="UPLOAD_TOO_LARGE"):
        read_codes(content.getvalue(), today=TODAY)


@pytest.fixture
def reward(in_alfa: Any) -> Reward:
    made = services.offer_pool(name="Karta", brand_name="Kawiarnia", amounts=[TWENTY, Decimal(50)])
    return services.change(reward_id=made.pk, active=True)


def member_with(points: str, email: str = "jan@example.com") -> Member:
    member = members.enroll(person=ensure_person(email=email))
    award = Award(
        Owner("member", member.pk), Points.parse(points), f"a{email}", datetime(2026, 3, 1, tzinfo=UTC), "d", None
    )
    ledger.award(awards=[award], source_kind="document")
    return member


def standing(member: Member) -> tuple[str, str]:
    owner = Owner("member", member.pk)
    found = ledger_reads.balances([owner])[owner]
    return str(found.available), str(found.held)


def order(member: Member, reward: Reward, key: str = "key-00001", amount: Decimal = TWENTY) -> Order:
    return orders.place(member=member, reward_id=reward.pk, face_value=amount, idempotency_key=key)


def codes(*texts: str, expires_on: date | None = None) -> list[UploadedCode]:
    return [UploadedCode(text, None, expires_on) for text in texts]


def test_codes_lie_encrypted_and_are_known_again(reward: Reward) -> None:
    first = pool.add_codes(reward_id=reward.pk, amount=TWENTY, codes=codes("ABCD-1", "ABCD-2"))
    again = pool.add_codes(reward_id=reward.pk, amount=TWENTY, codes=codes("ABCD-2", "ABCD-3"))
    assert (first, again) == ((2, 0), (1, 1))
    for row in PoolCode.objects.all():
        stored = bytes(row.code_encrypted) + bytes(row.fingerprint)
        assert b"ABCD" not in stored
    entries = AuditEntry.objects.filter(action="reward.codes_added", object_id=str(reward.pk)).order_by("id")
    assert [entry.data for entry in entries] == [
        {"added": 2, "known": 0, "amount": "20"}, {"added": 1, "known": 1, "amount": "20"},
    ]  # fmt: skip
    assert pool.stock_of([reward.pk]) == {reward.pk: {Decimal("20.00"): 3}}


def test_codes_go_into_pools_only(reward: Reward) -> None:
    with pytest.raises(DomainError, match="BAD_FACE_VALUE"):
        pool.add_codes(reward_id=reward.pk, amount=Decimal(30), codes=codes("ABCD-1"))
    Reward.objects.filter(pk=reward.pk).update(pooled=False)
    with pytest.raises(NotFound):
        pool.add_codes(reward_id=reward.pk, amount=TWENTY, codes=codes("ABCD-1"))
    assert not PoolCode.objects.exists()


def test_an_order_gets_the_code_that_expires_first(reward: Reward) -> None:
    soon, late = datetime.now(UTC).date() + timedelta(days=9), datetime.now(UTC).date() + timedelta(days=90)
    pool.add_codes(reward_id=reward.pk, amount=TWENTY, codes=codes("NEVER-1"))
    pool.add_codes(reward_id=reward.pk, amount=TWENTY, codes=codes("LATE-01", expires_on=late))
    pool.add_codes(reward_id=reward.pk, amount=TWENTY, codes=codes("SOON-01", expires_on=soon))
    member = member_with("100.00")
    placed = order(member, reward)
    assert standing(member) == ("80.00", "20.00")
    outbox.drain()
    placed.refresh_from_db()
    assert (placed.state, standing(member)) == ("FULFILLED", ("80.00", "0.00"))
    voucher = Voucher.objects.get(order=placed)
    _, code, pin = fulfillment.reveal(member_id=member.pk, voucher_id=voucher.pk, actor=member.person_id)
    assert (code, pin, voucher.expires_on) == ("SOON-01", None, soon)


def test_an_empty_pool_refuses_before_points_are_held(reward: Reward) -> None:
    pool.add_codes(reward_id=reward.pk, amount=Decimal(50), codes=codes("ABCD-1"))
    past = codes("OLD-001", expires_on=datetime.now(UTC).date() - timedelta(days=2))
    pool.add_codes(reward_id=reward.pk, amount=TWENTY, codes=past)
    member = member_with("100.00")
    with pytest.raises(DomainError) as caught:
        order(member, reward)
    assert (caught.value.code, caught.value.field) == ("SOLD_OUT", "faceValue")
    assert (standing(member), Order.objects.count()) == (("100.00", "0.00"), 0)


def test_the_same_key_takes_one_code(reward: Reward) -> None:
    pool.add_codes(reward_id=reward.pk, amount=TWENTY, codes=codes("ABCD-1", "ABCD-2"))
    member = member_with("100.00")
    assert order(member, reward).pk == order(member, reward).pk
    assert PoolCode.objects.filter(reference__isnull=False).count() == 1


def test_a_refused_order_leaves_the_code(reward: Reward) -> None:
    pool.add_codes(reward_id=reward.pk, amount=TWENTY, codes=codes("ABCD-1"))
    with pytest.raises(DomainError, match="INSUFFICIENT_POINTS"):
        order(member_with("10.00"), reward)
    assert PoolCode.objects.get().reference is None
    assert order(member_with("20.00", "ewa@example.com"), reward).state == "PLACED"


def test_the_shop_shows_what_is_sold_out(reward: Reward) -> None:
    (row,) = selectors.shop()
    assert (row.sold_out, str(row.from_points)) == (True, "20.00")
    pool.add_codes(reward_id=reward.pk, amount=Decimal(50), codes=codes("ABCD-1"))
    (row,) = selectors.shop()
    assert (row.sold_out, [item.in_stock for item in row.denominations]) == (False, [False, True])
    assert str(row.from_points) == "50.00", "the lowest price is one that can be had"
    assert selectors.shop(affordable=Points.parse("49.99")) == []


def test_bad_pool_rewards(in_alfa: Any) -> None:
    good: dict[str, Any] = {"name": "Karta", "brand_name": "Sklep", "amounts": [TWENTY]}
    cases: list[tuple[dict[str, Any], str, str]] = [
        ({"name": " "}, "NAME_MISSING", "name"),
        ({"name": "x" * 121}, "NAME_MISSING", "name"),
        ({"brand_name": ""}, "NAME_MISSING", "brandName"),
        ({"amounts": []}, "BAD_AMOUNTS", "amounts"),
        ({"amounts": [Decimal("0.001")]}, "BAD_AMOUNTS", "amounts"),
        ({"amounts": [Decimal(-5)]}, "BAD_AMOUNTS", "amounts"),
        ({"units_per_currency": 0}, "AMOUNT_NOT_POSITIVE", "pointsPerUnit"),
    ]
    for changed, code, name in cases:
        with pytest.raises(DomainError) as caught:
            services.offer_pool(**{**good, **changed})
        assert (caught.value.code, caught.value.field) == (code, name)
    assert not Reward.objects.exists()
