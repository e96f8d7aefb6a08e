"""Catalog sync: new products wait inactive, known ones follow the partner, vanished ones stay for the orders that name them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import pytest

from catalog.rewards import selectors, services, sync
from catalog.rewards.models import Reward
from catalog.rewards.ports import CallLog, CatalogItem, Issuers, VoucherIssuer
from kolektor.audit.models import AuditEntry
from kolektor.kernel import clock
from kolektor.kernel.binding import bind, bound
from kolektor.kernel.errors import DomainError, NotFound
from kolektor.kernel.models import OutboxDelivery
from kolektor.kernel.outbox import services as outbox
from tenants.partners import selectors as partner_reads
from tenants.partners import services as partners
from tenants.partners.models import Connection, Health


class Catalog:
    """A partner with a catalog that tests change."""

    def __init__(self) -> None:
        self.items: list[CatalogItem] = []
        self.left = Decimal("900.00")
        self.down = False

    def open(self, *, adapter: str, base_url: str, credentials: Mapping[str, str], log: CallLog) -> VoucherIssuer:
        return self  # type: ignore[return-value]

    def catalog(self) -> list[CatalogItem]:
        if self.down:
            raise DomainError("PARTNER_UNAVAILABLE", reason="timeout")
        return self.items

    def balance(self) -> tuple[Decimal, str]:
        return self.left, "PLN"


def fixed(id: str, *amounts: int, name: str = "Karta") -> CatalogItem:
    return CatalogItem(id, name, "Sklep", "PLN", tuple(Decimal(amount) for amount in amounts))


@pytest.fixture
def catalog() -> Iterator[Catalog]:
    made, before = Catalog(), bound(Issuers)
    bind(Issuers, made)
    yield made
    bind(Issuers, before)


@pytest.fixture
def connection(in_alfa: Any) -> Connection:
    return partners.connect(
        name="Agregator", kind="voucher", adapter="kolektor_v1", base_url="http://x", credentials={}
    )


def run(connection: Connection) -> Health:
    sync.ask(connection_id=connection.pk)
    OutboxDelivery.objects.filter(state="pending").update(available_at=clock.now())
    outbox.drain()
    return Health.objects.get(connection=connection)


def test_new_changed_gone_same(catalog: Catalog, connection: Connection) -> None:
    catalog.items = [
        fixed("A", 20, 50),
        fixed("B", 50),
        CatalogItem("R", "Karta", "Inny", "PLN", (), Decimal(10), Decimal(90)),
    ]
    health = run(connection)
    assert (health.sync_state, health.sync_counts) == ("DONE", {"added": 3, "changed": 0, "gone": 0, "same": 0})
    assert (health.balance, health.balance_currency) == (Decimal("900.00"), "PLN")
    assert not Reward.objects.filter(active=True).exists()
    assert selectors.shop() == []
    first = Reward.objects.get(product_id="A")
    services.change(reward_id=first.pk, active=True, units_per_currency=200, category="Zakupy")

    catalog.items = [
        fixed("A", 50, 100, name="Karta 2"),
        fixed("C", 10),
        CatalogItem("R", "Karta", "Inny", "PLN", (), Decimal(10), Decimal(90)),
    ]
    assert run(connection).sync_counts == {"added": 1, "changed": 1, "gone": 1, "same": 1}
    first.refresh_from_db()
    assert (first.name, first.active, first.category) == ("Karta 2", True, "Zakupy"), "people's choices stay"
    assert [(item.amount, item.units) for item in first.denominations.order_by("amount")] == [
        (Decimal("50.00"), 10_000), (Decimal("100.00"), 20_000),
    ]  # fmt: skip
    gone = Reward.objects.get(product_id="B")
    assert (gone.available, Reward.objects.count()) == (False, 4)
    with pytest.raises(DomainError, match="REWARD_GONE"):
        services.change(reward_id=gone.pk, active=True)
    with pytest.raises(DomainError, match="REWARD_GONE"):
        services.price(gone, Decimal(50))

    catalog.items.append(fixed("B", 50))
    assert run(connection).sync_counts == {"added": 0, "changed": 1, "gone": 0, "same": 3}
    gone.refresh_from_db()
    assert gone.available
    data = AuditEntry.objects.filter(action="catalog.synced").order_by("id").values_list("data", flat=True)
    assert list(data)[-1] == {"added": 0, "changed": 1, "gone": 0, "same": 3}


def test_a_vanished_reward_leaves_the_shop_and_comes_back(catalog: Catalog, connection: Connection) -> None:
    catalog.items = [fixed("A", 20)]
    run(connection)
    services.change(reward_id=Reward.objects.get().pk, active=True)
    assert len(selectors.shop()) == 1
    catalog.items = []
    run(connection)
    assert selectors.shop() == []
    catalog.items = [fixed("A", 20)]
    run(connection)
    assert [row.name for row in selectors.shop()] == ["Karta"]


def test_a_partner_that_does_not_answer_changes_nothing(catalog: Catalog, connection: Connection) -> None:
    catalog.items = [fixed("A", 20)]
    run(connection)
    catalog.down = True
    sync.ask(connection_id=connection.pk)
    states = []
    for _ in range(3):
        OutboxDelivery.objects.filter(state="pending").update(available_at=clock.now())
        outbox.drain()
        states.append(Health.objects.get().sync_state)
    assert states == ["ASKED", "ASKED", "FAILED"]
    assert Reward.objects.get().available
    assert AuditEntry.objects.get(action="catalog.sync_failed").data == {"code": "PARTNER_UNAVAILABLE"}
    assert not OutboxDelivery.objects.filter(state__in=["pending", "dead"]).exists()


def test_asking_twice_fetches_once(catalog: Catalog, connection: Connection) -> None:
    sync.ask(connection_id=connection.pk)
    sync.ask(connection_id=connection.pk)
    assert OutboxDelivery.objects.filter(state="pending").count() == 1


def test_who_is_not_asked(catalog: Catalog, connection: Connection) -> None:
    made = services.offer_pool(name="Karta", brand_name="Sklep", amounts=[Decimal(20)])
    with pytest.raises(NotFound):
        sync.ask(connection_id=made.connection_id)
    partners.set_enabled(connection_id=connection.pk, enabled=False)
    with pytest.raises(DomainError, match="PARTNER_PAUSED"):
        sync.ask(connection_id=connection.pk)


def test_the_warning_of_a_low_balance(catalog: Catalog, connection: Connection) -> None:
    def is_low() -> bool:
        return partner_reads.balance_is_low(Health.objects.get(connection=connection))

    partners.set_low_balance(connection_id=connection.pk, limit=Decimal(1000))
    assert not is_low(), "nothing is known yet"
    run(connection)
    assert is_low()
    catalog.left = Decimal("1000.00")
    run(connection)
    assert not is_low()
    for limit in (Decimal(0), Decimal(-1), Decimal("NaN")):
        with pytest.raises(DomainError, match="AMOUNT_NOT_POSITIVE"):
            partners.set_low_balance(connection_id=connection.pk, limit=limit)


def test_a_new_rate_prices_all_face_values(catalog: Catalog, connection: Connection) -> None:
    reward = services.offer(connection=connection, item=fixed("A", 20, 50))
    services.change(reward_id=reward.pk, units_per_currency=150)
    assert [item.units for item in reward.denominations.order_by("amount")] == [3000, 7500]
    assert AuditEntry.objects.get(action="reward.priced").data == {"rate": "1.50"}
    before = AuditEntry.objects.count()
    services.change(reward_id=reward.pk, units_per_currency=150, active=True, category="")
    assert AuditEntry.objects.count() == before, "nothing changed, nothing is written"
