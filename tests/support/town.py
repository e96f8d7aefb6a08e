"""A wholesaler in a database of its own that real processes work on: people, points, a reward, the sandbox partner."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.db import connections
from django.test import override_settings

from catalog.fulfillment.models import Voucher, VoucherIssue
from catalog.orders.models import Order
from catalog.rewards import services as rewards
from catalog.rewards.models import Reward
from kolektor.embedded import home as embedded_home
from kolektor.embedded import postgres
from kolektor.identity.services import ensure_person
from kolektor.kernel import vault
from kolektor.kernel.points import Points
from kolektor.kernel.tenant import tenant_context
from kolektor.network.models import Wholesaler
from kolektor.network.provisioning import register_hosts
from tenants.ledger import selectors as ledger_reads
from tenants.ledger import services as ledger
from tenants.ledger.services import Award, Owner
from tenants.ledger.verification import verify
from tenants.members import services as members
from tenants.members.models import Member
from tenants.partners import services as partners
from tests.conftest import clone
from tests.integrations.sandbox_process import API_KEY, WEBHOOK_SECRET, SandboxProcess, tremendous_id
from tests.support.browser import Browser
from tests.support.servers import Servers

ID_HOST = "id.kolektor.localhost"
ALFA = "alfa.kolektor.localhost"
PASSWORD = "wiosna-lato-jesień"
PRODUCT = "paliwo-szlak"
WHEN = datetime(2026, 3, 1, 12, tzinfo=UTC)


@dataclass
class Town:
    """The wholesaler alfa of a cloned database, entered for good, with its servers."""

    wholesaler: Wholesaler
    servers: Servers
    sandbox: SandboxProcess
    reward: Reward | None = field(default=None)

    def open_shop(self) -> Reward:
        """Connect the sandbox partner and offer its voucher for fuel, one point for one zloty."""
        if self.reward is None:
            self.sandbox.start()
            tremendous = self.sandbox.partner == "tremendous"
            connection = partners.connect(
                name="Agregator",
                kind="voucher",
                adapter="tremendous" if tremendous else "kolektor_v1",
                base_url=self.sandbox.url + ("/api/v2" if tremendous else ""),
                credentials={"api_key": API_KEY, "webhook_secret": WEBHOOK_SECRET},
            )
            stock = {item.product_id: item for item in rewards.issuer_of(connection).catalog()}
            self.reward = rewards.offer(
                connection=connection, item=stock[tremendous_id(PRODUCT) if tremendous else PRODUCT]
            )
        return self.reward

    def listen_to_webhooks(self) -> None:
        """Have the sandbox partner send its webhooks to alfa's web server, which must run."""
        path = f"/hooks/partners/{self.open_shop().connection_id}"
        account = {
            "api_key": API_KEY,
            "name": "default",
            "webhook_secret": WEBHOOK_SECRET,
            "webhook_url": f"http://{ALFA}:{self.servers.port}{path}",
        }
        assert self.sandbox.ask("POST", "/sandbox/accounts", json=account).status_code == 201

    def enroll(self, points: str, *, password: bool = False) -> Member:
        """A new member with that many points."""
        name = uuid4().hex[:12]
        person = ensure_person(email=f"{name}@example.com", password=PASSWORD if password else None)
        member = members.enroll(person=person)
        award = Award(Owner("member", member.pk), Points.parse(points), f"start:{member.pk}", WHEN, "d-1", None)
        ledger.award(awards=[award], source_kind="document")
        return member

    def browser(self, member: Member) -> Browser:
        """A browser in which the member is signed in at alfa."""
        browser = Browser(self.servers.port)
        browser.sign_in(id_host=ID_HOST, host=ALFA, email=member.email, password=PASSWORD)
        return browser

    def standing(self, member: Member) -> tuple[str, str]:
        """Available and held points."""
        owner = Owner("member", member.pk)
        found = ledger_reads.balances([owner])[owner]
        return str(found.available), str(found.held)

    def state_of(self, order_id: Any) -> str:
        """The order's state now."""
        return Order.objects.values_list("state", flat=True).get(pk=order_id)

    def books_of(self, order_id: Any) -> dict[str, Any] | None:
        """What the sandbox partner's own record says of an order of ours; None when it never heard of it."""
        reference = VoucherIssue.objects.filter(order_id=order_id).values_list("reference", flat=True).first()
        return next((row for row in self.sandbox.orders() if row["external_id"] == reference), None)

    def code_of(self, order_id: Any) -> str:
        """The code in the wallet, in the clear."""
        return vault.decrypt(Voucher.objects.get(order_id=order_id).code_encrypted)

    def assert_clean(self) -> None:
        """The ledger of alfa follows from its transfers."""
        assert verify().differences == ()


@contextmanager
def town(logs: Path, blocker: Any, *, suffix: str = "town", partner: str = "aggregator") -> Iterator[Town]:
    """Clone the template, work in it committed and as `app`, and drop it in the end; nothing started here stays."""
    before = os.environ["KOLEKTOR_DATABASE"]
    name = f"{before}_{suffix}"
    home = embedded_home.state_home()
    with blocker.unblock():
        clone(name)
        servers = Servers(name, logs)
        sandbox = SandboxProcess(logs / "sandbox.sqlite3", partner=partner)
        _point_at(name)
        try:
            with override_settings(PUBLIC_PORT=servers.port):
                register_hosts()
            alfa = Wholesaler.objects.get(slug="alfa")
            with tenant_context(alfa):
                made = Town(alfa, servers, sandbox)
                yield made
        finally:
            servers.stop()
            if sandbox.port:
                sandbox.kill()
            _point_at(before)
            postgres.drop_database(home, name)


def _point_at(database: str) -> None:
    for alias in connections:
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = database


FACE = Decimal("50.00")
