"""The template database of our rows: one wholesaler, ten thousand owners with lots, members with sessions and orders."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django.db import connection, connections

from catalog.orders import services as orders
from catalog.rewards import services as rewards
from catalog.rewards.models import Reward
from catalog.rewards.ports import CallLog, CatalogItem, IssueResult, Issuers, VoucherCode, VoucherIssuer, VoucherRequest
from kolektor.embedded import home as embedded_home
from kolektor.embedded import postgres
from kolektor.identity.services import ensure_person
from kolektor.kernel.binding import bind
from kolektor.kernel.outbox import services as outbox
from kolektor.kernel.points import Points
from kolektor.kernel.tenant import tenant_context
from kolektor.network.models import Wholesaler
from tenants.ledger import services as ledger
from tenants.ledger.services import Award, Owner
from tenants.members import services as members
from tenants.members.models import Member
from tenants.partners import services as partners
from tenants.program.onboarding import create_wholesaler
from tests.benchmarks import cluster

SLUG = "bench"
HOST = f"{SLUG}.kolektor.localhost"
PASSWORD = "wiosna-lato-jesień"
FACE = Decimal("50.00")
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


class CodesAtOnce:
    """An aggregator inside the process, for seeding only: nothing is measured through it."""

    def open(self, *, adapter: str, base_url: str, credentials: Mapping[str, str], log: CallLog) -> VoucherIssuer:
        return self  # type: ignore[return-value]

    def place(self, request: VoucherRequest) -> IssueResult:
        return IssueResult("done", f"p-{request.reference}", VoucherCode(f"KOD-{request.reference}", None, None))


def point_at(database: str, role: str) -> None:
    """Let Django work on a database of the cluster as one of the roles."""
    for alias in connections:
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = database
    connections["default"].settings_dict["USER"] = f"kolektor_{role}"


def wholesaler() -> Wholesaler:
    """The benchmarks' wholesaler."""
    found: Wholesaler = Wholesaler.objects.get(slug=SLUG)
    return found


def make_template(*, accounts: int, buyers: int, orders_each: int) -> None:
    """Build `bench_template` anew through the services; the ten thousand lots come by the bulk lane."""
    home = embedded_home.state_home()
    postgres.drop_database(home, cluster.TEMPLATE)
    postgres.ensure_database(home, cluster.TEMPLATE)
    point_at(cluster.TEMPLATE, "owner")
    create_wholesaler(slug=SLUG, network="pomiary", name="Pomiary", nip="5260250274")
    point_at(cluster.TEMPLATE, "app")
    outbox.on_wake(lambda schema: None)
    with tenant_context(wholesaler()):
        _lots(accounts)
        reward = _reward()
        for number in range(buyers):
            _buyer(number, reward, orders_each)
    point_at("postgres", "app")


def _lots(accounts: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT count(*) FROM (SELECT array_agg('member'::text) AS kinds, array_agg(
                 ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid) AS owners,
                 array_agg(1000000000::bigint) AS units, array_agg('seed:' || n) AS keys, array_agg(now()) AS times,
                 array_agg('d'::text) AS sources, array_agg(now() + interval '2 years') AS ends
               FROM generate_series(1, %s) AS n) AS x,
               LATERAL ledger_award_bulk(
                 kinds, owners, units, keys, times, 'document', sources, ends, NULL, 'wholesaler', '{}')""",
            [accounts],
        )


def _reward() -> Reward:
    bind(Issuers, CodesAtOnce())
    row = partners.connect(
        name="Agregator",
        kind="voucher",
        adapter="kolektor_v1",
        base_url="http://127.0.0.1:9",
        credentials={"api_key": "k", "webhook_secret": "whsec_x"},
    )
    item = CatalogItem("paliwo", "Paliwo 50", "Szlak", "PLN", denominations=(FACE,))
    return rewards.offer(connection=row, item=item)


def buyer_email(number: int) -> str:
    """Who orders in S2, and whose orders G1 lists (number 0)."""
    return f"buyer{number}@example.com"


def _buyer(number: int, reward: Reward, orders_each: int) -> Member:
    member = members.enroll(person=ensure_person(email=buyer_email(number), password=PASSWORD))
    award = Award(Owner("member", member.pk), Points(10**11), f"start:{number}", NOW, "d", None)
    ledger.award(awards=[award], source_kind="document")
    for index in range(orders_each if number == 0 else 0):
        orders.place(member=member, reward_id=reward.pk, face_value=FACE, idempotency_key=f"seed-{index:06}")
        outbox.drain()
    outbox.drain()
    return member


def facts() -> dict[str, Any]:
    """The ids that a round needs."""
    reward = Reward.objects.get()
    found = [Member.objects.get(email=buyer_email(n)) for n in range(Member.objects.count())]
    return {"reward": reward.pk, "members": [member.pk for member in found]}
