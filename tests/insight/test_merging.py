"""Two members who are one person: points, history, firm and what comes later are one from then on."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from catalog.orders import services as orders
from kolektor.identity.models import Person
from kolektor.identity.services import ensure_person
from kolektor.kernel import clock
from kolektor.kernel.errors import DomainError, NotFound
from kolektor.kernel.outbox import services as outbox
from kolektor.kernel.points import Points
from kolektor.kernel.tenant import tenant_context
from kolektor.network.selectors import passports_of
from tenants.insight import history, merging
from tenants.ledger import services as ledger_services
from tenants.ledger.services import Owner
from tenants.members import counter, firms
from tenants.members import services as members
from tenants.members.models import Member
from tenants.sales.models import SalesDocument
from tests.api.client import HostClient, session_key
from tests.support.claiming import PHONE, at_counter, give, standing
from tests.support.importing import (
    BUYER,
    DAY,
    Folder,
    apply_one_point_per_unit,
    assert_ledger_is_clean,
    line,
    run_import,
)
from tests.support_data import build


def merge(gone: Member, kept: Member) -> Member:
    return merging.merge(gone_id=gone.pk, kept_id=kept.pk, reason="Ta sama osoba", actor=kept.person_id)


def test_points_and_history_of_both_are_one(jan: Person) -> None:
    kept, gone = members.enroll(person=jan), at_counter("600100200")
    give(kept, 1_000, "reklamacja-1")
    give(gone, 2_500, "reklamacja-2")
    merge(gone, kept)
    outbox.drain()
    assert (str(standing(kept.pk).available), str(standing(gone.pk).available)) == ("35.00", "0.00")
    owner = Owner("member", kept.pk)
    rows = [(str(entry.points), str(entry.balance_after)) for _, entry in history.page(owner, before=None, limit=10)]
    # what passed between the two is no movement of the person's
    assert rows == [("25.00", "35.00"), ("10.00", "10.00")]
    assert history.count(owner) == 2
    gone.refresh_from_db()
    assert (gone.merged_into_id, gone.phone) == (kept.pk, PHONE)
    kept.refresh_from_db()
    assert kept.phone == PHONE
    assert_ledger_is_clean()


def test_what_comes_or_is_taken_back_later_is_the_persons_too(jan: Person, tmp_path: Path) -> None:
    apply_one_point_per_unit()
    folder = Folder(tmp_path)
    run_import([folder.sale("FV/1", line("100.00"))])
    gone = Member.objects.get(firm__nip=BUYER.nip)
    kept = members.enroll(person=jan)
    merge(gone, kept)
    outbox.drain()
    kept.refresh_from_db()
    assert kept.firm is not None and (kept.firm.nip, kept.firm_role) == (BUYER.nip, firms.OWNER)
    assert str(standing(kept.pk).available) == "100.00"
    # a correction takes from whom the purchase gave to; the person owes and pays it
    run_import([folder.correction("K/1", "FV/1", line("-30.00", quantity="0"))])
    outbox.drain()
    assert (str(standing(kept.pk).available), str(standing(gone.pk).debt)) == ("70.00", "0.00")
    # and a correction upwards comes to them
    run_import([folder.correction("K/2", "FV/1", line("5.00", quantity="0"))])
    outbox.drain()
    assert str(standing(kept.pk).available) == "75.00"
    # later purchases of the firm are theirs straight away
    run_import([folder.sale("FV/2", line("10.00"), day=clock.local_today())])
    outbox.drain()
    assert str(standing(kept.pk).available) == "85.00"
    assert_ledger_is_clean()


def test_sales_find_who_stays_by_what_the_other_was_known_by(jan: Person, tmp_path: Path) -> None:
    """Also a document that names a code which nobody knows beside the address that somebody had."""
    apply_one_point_per_unit()
    kept = members.enroll(person=jan, customer_code="K-1")
    gone = members.enroll(person=ensure_person(email="stary@example.com"), customer_code="K-2", phone=PHONE)
    merge(gone, kept)
    path = tmp_path / "paragony.csv"
    rows = ("P/1;K-2;;", "P/2;K-9;stary@example.com;", "P/3;;;600 100 200", "P/4;K-1;;", "P/5;;STARY@example.com;")
    lines = [f"{row.split(';')[0]};{DAY};{';'.join(row.split(';')[1:])};Kabel;1,00" for row in rows]
    path.write_text("\n".join(["nr;data;kod;mail;telefon;nazwa;netto", *lines]) + "\n", "utf-8")
    mapping = (
        '{"version": 1, "columns": {"number": "nr", "issue_date": "data", "currency": {"constant": "PLN"}, '
        '"buyer_code": "kod", "buyer_email": "mail", "buyer_phone": "telefon", "name": "nazwa", "net": "netto"}}'
    )
    run_import([path], format="csv", mapping=mapping)
    assert set(SalesDocument.objects.values_list("member_id", flat=True)) == {kept.pk}
    # nobody is made anew at the counter either
    assert counter.enter(contact="stary@example.com", actor=jan.pk).member_id == kept.pk


def test_points_that_wait_are_counted_and_come_over_when_they_mature(alfa: Any, jan: Person) -> None:
    kept, gone = members.enroll(person=jan), at_counter("600100200")
    ledger_services.award(
        awards=[ledger_services.Award(
            owner=Owner("member", gone.pk), points=Points(1_000), key="award-2", occurred_at=clock.now(), source_id="x",
            expires_at=None, matures_at=clock.now() + timedelta(days=3),
        )],
        source_kind="document",
    )  # fmt: skip
    merge(gone, kept)
    host = "alfa.kolektor.localhost"
    _, body = HostClient(host, session_key(jan, host)).graphql("member", "{ balance { available pending } }", {})
    assert body["data"]["balance"] == {"available": "0.00", "pending": "10.00"}
    with tenant_context(alfa):
        ledger_services.mature(as_of=clock.now() + timedelta(days=4))
        outbox.drain()
        assert str(standing(kept.pk).available) == "10.00"


def test_three_accounts_of_one_person_are_one_in_the_end(jan: Person) -> None:
    first, second, third = members.enroll(person=jan), at_counter("600100200"), at_counter("600100201")
    give(third, 500, "reklamacja-3")
    merge(third, second)
    merge(second, first)
    outbox.drain()
    assert str(standing(first.pk).available) == "5.00"
    assert set(Member.objects.exclude(pk=first.pk).values_list("merged_into_id", flat=True)) == {first.pk}


def test_who_works_there_too_has_no_balance_of_the_account_that_went(jan: Person) -> None:
    kept = members.enroll(person=jan)
    ewa = ensure_person(email="ewa@example.com")
    gone = members.enroll(person=ewa)
    members.grant_role(person=ewa, role="clerk")
    give(gone, 500)
    outbox.drain()
    merge(gone, kept)
    outbox.drain()
    [card] = passports_of(ewa.pk)
    assert (card.roles, card.balance) == (("clerk",), None)
    assert [str(card.balance) for card in passports_of(jan.pk)] == ["5.00"]


def test_the_staff_find_everything_at_the_account_that_stays(alfa: Any, jan: Person, tmp_path: Path) -> None:
    apply_one_point_per_unit()
    run_import([Folder(tmp_path).sale("FV/1", line("100.00"))])
    gone, kept = Member.objects.get(firm__nip=BUYER.nip), members.enroll(person=jan)
    merge(gone, kept)
    outbox.drain()
    members.grant_role(person=jan, role="care_agent")
    host = "alfa.kolektor.localhost"
    client = HostClient(host, session_key(jan, host))
    asked = """query($id: ID!) { member(id: $id) { lastPurchaseOn earnedTotal } memberDocuments(memberId: $id) {
      edges { node { number } } } members { totalCount } cockpit { members } }"""
    _, body = client.graphql("console", asked, {"id": str(kept.pk)})
    data = body["data"]
    assert data["member"] == {"lastPurchaseOn": str(DAY), "earnedTotal": "100.00"}
    assert [edge["node"]["number"] for edge in data["memberDocuments"]["edges"]] == ["FV/1"]
    assert (data["members"]["totalCount"], data["cockpit"]["members"]) == (1, 1)
    _, body = client.graphql("console", asked, {"id": str(gone.pk)})
    assert body["data"]["memberDocuments"]["edges"]


def test_a_debt_is_paid_when_there_are_points(jan: Person) -> None:
    kept, gone = members.enroll(person=jan), at_counter("600100200")
    apply_one_point_per_unit()
    posted = ledger_services.award(
        awards=[
            ledger_services.Award(
                owner=Owner("member", gone.pk),
                points=Points(1_000),
                key="award-1",
                occurred_at=clock.now(),
                source_id="x",
                expires_at=None,
                matures_at=None,
            )
        ],
        source_kind="document",
    )["award-1"][0]
    give(gone, -1_000, "reklamacja-1")
    ledger_services.reverse(
        owner=Owner("member", gone.pk), award_id=posted, points=Points(1_000), key="reverse-1", occurred_at=clock.now(),
        source=ledger_services.Source("document", "y"),
    )  # fmt: skip
    assert str(standing(gone.pk).debt) == "10.00"
    merge(gone, kept)
    give(kept, 400, "reklamacja-2")
    outbox.drain()
    assert (str(standing(kept.pk).available), str(standing(gone.pk).debt)) == ("0.00", "6.00")
    give(kept, 1_000, "reklamacja-3")
    outbox.drain()
    assert (str(standing(kept.pk).available), str(standing(gone.pk).debt)) == ("4.00", "0.00")
    assert_ledger_is_clean()


def test_a_fitters_share_goes_on_under_the_account_that_stays(jan: Person) -> None:
    firm = members.ensure_firm(nip=str(BUYER.nip), name="Instalacje")
    for name in ("ewa", "piotr"):
        members.enroll(person=ensure_person(email=f"{name}@example.com"), firm=firm)
    piotr = Member.objects.get(email="piotr@example.com")
    firms.set_split(firm=firm, shares={piotr.pk: 2_500}, actor=None)
    kept = members.enroll(person=jan)
    merge(piotr, kept)
    kept.refresh_from_db()
    assert (kept.firm_id, kept.firm_role) == (firm.pk, firms.FITTER)
    split = firms.split_on(firm.pk, clock.local_today() + timedelta(days=1))
    assert split is not None and firms.shares_of(split) == {kept.pk: 2_500}


def test_two_accounts_of_one_firm_become_its_owner(jan: Person) -> None:
    firm = members.ensure_firm(nip=str(BUYER.nip), name="Instalacje")
    owner = members.enroll(person=ensure_person(email="stary@example.com"), firm=firm)
    fitter = members.enroll(person=jan, firm=firm)
    merge(owner, fitter)
    fitter.refresh_from_db()
    assert (fitter.firm_id, fitter.firm_role) == (firm.pk, firms.OWNER)
    assert firm.memberships.filter(left_at__isnull=True).count() == 1


def test_what_cannot_be_merged_is_refused_and_stays(jan: Person) -> None:
    kept = members.enroll(person=jan, firm=members.ensure_firm(nip=str(BUYER.nip), name="I"))
    other = members.enroll(
        person=ensure_person(email="ewa@example.com"), firm=members.ensure_firm(nip="1111111111", name="E")
    )
    for code, gone_id, kept_id, reason in (
        ("MERGE_TWO_FIRMS", other.pk, kept.pk, "Ta sama"), ("SAME_MEMBER", kept.pk, kept.pk, "Ta sama"),
        ("REASON_MISSING", other.pk, kept.pk, " "), ("NOT_FOUND", jan.pk, kept.pk, "Ta sama"),
    ):  # fmt: skip
        with pytest.raises(DomainError) as refused:
            merging.merge(gone_id=gone_id, kept_id=kept_id, reason=reason, actor=jan.pk)
        assert refused.value.code == code
    assert Member.objects.filter(merged_into__isnull=True).count() == 2


def test_an_open_order_stands_in_the_way_and_a_voucher_comes_along(alfa: Any, jan: Person) -> None:
    world = build(alfa, "a")
    with tenant_context(alfa):
        kept = members.enroll(person=jan)
        buying = members.enroll(person=ensure_person(email="kupuje@example.com"))
        give(buying, 50_000, "reklamacja-9")
        orders.place(
            member=buying, reward_id=world.reward.pk, face_value=Decimal(50), idempotency_key="merge-me-1"
        )  # fmt: skip
        with pytest.raises(DomainError, match="MERGE_OPEN_ORDERS"):
            merge(buying, kept)
        merge(world.member, kept)
        world.voucher.refresh_from_db()
        assert world.voucher.member_id == kept.pk
        with pytest.raises(NotFound):
            merge(world.member, kept)
