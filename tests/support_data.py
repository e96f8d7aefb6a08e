"""One wholesaler with a bit of everything, made through the services: what isolation and API tests look at."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from catalog.fulfillment.models import Voucher
from catalog.orders import services as orders
from catalog.orders.models import Order
from catalog.rewards import services as rewards
from catalog.rewards.models import Reward
from catalog.rewards.ports import CallLog, CatalogItem, IssueResult, Issuers, VoucherCode, VoucherIssuer, VoucherRequest
from kolektor.identity.models import Person
from kolektor.identity.services import ensure_person
from kolektor.kernel import clock
from kolektor.kernel.binding import bind, bound
from kolektor.kernel.outbox import services as outbox
from kolektor.kernel.tenant import tenant_context
from tenants.ledger import selectors as ledger
from tenants.ledger.services import Owner
from tenants.members import services as members
from tenants.members.models import Member
from tenants.messaging.models import Message
from tenants.partners import services as partners
from tenants.rules import services as rules
from tenants.rules.models import RuleVersion
from tenants.sales import console_imports, products, sources
from tenants.sales import services as sales
from tenants.sales.models import BuyerMatch, GoodsMatch, ImportBatch, ImportSource, Product, SalesDocument
from tenants.sales.ports import CanonicalDocument, CanonicalLine, Problem
from tenants.sales.products import ProductRow
from tenants.sales.staging import Stager

ONE_POINT: dict[str, Any] = {
    "rules": [
        {
            "code": "one-point",
            "name": {"pl": "1 punkt za 1 zł", "en": "1 point per 1 PLN"},
            "award": {"kind": "per_amount", "points": "1"},
        }
    ]
}


# two documents: a good one, and one whose value is no number
SALES_CSV = "nr;data;nazwa;netto\nFV/1;2026-03-02;Kabel;10,00\nFV/2;2026-03-02;Kabel;dużo\n"
SALES_MAPPING: dict[str, Any] = {
    "version": 1,
    "columns": {
        "number": "nr", "issue_date": "data", "currency": {"constant": "PLN"}, "name": "nazwa", "net": "netto",
    },
}  # fmt: skip


def upload_csv(text: str, admin: Person, *, mapping: str) -> ImportBatch:
    """Upload a CSV file in the schema in force, as the console does."""
    data = text.encode()
    return console_imports.upload(
        file=io.BytesIO(data), file_name="sprzedaż.csv", size=len(data), format="csv", mapping=mapping, actor=admin.pk
    )


class CodesAtOnce:
    """An aggregator that gives a code for each reference at once."""

    def place(self, request: VoucherRequest) -> IssueResult:
        return IssueResult("done", f"p-{request.reference}", VoucherCode(f"CODE-{request.reference}", "1234", None))

    def poll(self, reference: str) -> IssueResult:
        return IssueResult("failed", reason="not_found")


class _OpenAtOnce:
    def open(self, *, adapter: str, base_url: str, credentials: Mapping[str, str], log: CallLog) -> VoucherIssuer:
        return CodesAtOnce()  # type: ignore[return-value]


DRAFT_RULE = {"name": "Podwójnie", "award": {"kind": "multiplier", "times": "2"}}


@dataclass(frozen=True)
class World:
    """What was made at one wholesaler."""

    wholesaler: Any
    host: str
    person: Person
    admin: Person
    member: Member
    reward: Reward
    order: Order
    voucher: Voucher
    batch: ImportBatch
    checked: ImportBatch
    document: SalesDocument
    posting_id: str
    live_rule: RuleVersion
    draft_rule: RuleVersion
    message: Message
    pool_reward: Reward
    uploaded: ImportBatch
    mistaken: ImportBatch
    source: ImportSource
    product: Product
    goods_key: str
    learned_goods: str
    buyer_key: str
    learned_buyer: str


def waiting(tag: str) -> CanonicalDocument:
    """A purchase of ten days ago, of a buyer and of goods that nobody knows."""
    day = clock.local_today() - timedelta(days=10)
    line = CanonicalLine(1, f"Towar {tag}", f"ON-{tag}", None, None, Decimal(1), "szt.", Decimal(9), None, None)
    return CanonicalDocument(
        file="w.xml", kind="invoice", number=f"FW/{tag}/1", issue_date=day, sale_date=day, seller_nip=None, currency="PLN",
        lines=(line,), buyer_code=f"K-{tag}", buyer_name=f"Nabywca {tag}",
    )  # fmt: skip


def invoice(number: str, email: str, *, net: str = "1000.00", day: date = date(2026, 3, 2)) -> CanonicalDocument:
    """An invoice with one line."""
    line = CanonicalLine(
        1, "Zawór kulowy 1/2", "ZK-12", None, None, Decimal(2), "szt.", Decimal(net), Decimal("0"), Decimal(net)
    )
    return CanonicalDocument(
        file="f.xml", kind="invoice", number=number, issue_date=day, sale_date=day, seller_nip=None, currency="PLN",
        lines=(line,), buyer_email=email,
    )  # fmt: skip


def import_documents(*documents: CanonicalDocument | Problem, commit: bool = True) -> ImportBatch:
    """Import canonical documents in the schema in force."""
    batch = sales.create_batch(format="ksef", file_name="próba.xml")
    stager = Stager(batch.pk)
    stager.add_all(documents)
    stager.flush()
    batch.total = batch.documents = stager.documents
    batch.save()
    if commit:
        sales.commit(batch=batch)
    else:
        sales.check(batch=batch)
    batch.refresh_from_db()
    return batch


def build(wholesaler: Any, tag: str, *, person: Person | None = None) -> World:
    """A member with points, a receipt, an order with its voucher, imports; and an admin."""
    if person is None:
        person = ensure_person(email=f"jan.{tag}@example.com", first_name="Jan", last_name="Nowak")
    admin = ensure_person(email=f"admin.{tag}@example.com", first_name="Anna", last_name="Zielińska")
    before = bound(Issuers)
    bind(Issuers, _OpenAtOnce())
    try:
        with tenant_context(wholesaler):
            member = members.enroll(person=person)
            members.grant_role(person=admin, role="program_admin")
            rules.apply(body=ONE_POINT)
            batch = import_documents(invoice(f"FV/{tag}/1", person.email))
            bad = Problem("XML_MALFORMED", "zły.xml", line=3)
            checked = import_documents(invoice(f"FV/{tag}/2", person.email), bad, commit=False)
            connection = partners.connect(
                name="Agregator", kind="voucher_aggregator", adapter="kolektor_v1",
                base_url="http://127.0.0.1:1", credentials={"api_key": "k", "webhook_secret": "s"},
            )  # fmt: skip
            item = CatalogItem("p1", "Karta", "Sklep", "PLN", (Decimal(50), Decimal(100)))
            reward = rewards.offer(connection=connection, item=item)
            uploaded = upload_csv(SALES_CSV.replace("FV/", f"FV/{tag}/"), admin, mapping="")
            mistaken = upload_csv(SALES_CSV.replace("FV/", f"FZ/{tag}/"), admin, mapping=json.dumps(SALES_MAPPING))
            source = sources.save(
                name=f"System {tag}", format="csv", mapping=json.dumps(SALES_MAPPING), header_key="", actor=admin.pk
            )
            order = orders.place(
                member=member, reward_id=reward.pk, face_value=Decimal(50), idempotency_key=f"order-key-{tag}-1"
            )
            outbox.drain()
            order.refresh_from_db()
            mistaken.refresh_from_db()
            posting = ledger.history(Owner("member", member.pk))[-1][1].posting_id
            document = SalesDocument.objects.get(number=f"FV/{tag}/1")
            live_rule = RuleVersion.objects.get(state="live")
            draft_rule = rules.save_draft(body=DRAFT_RULE, rule_id=live_rule.rule_id)
            voucher = Voucher.objects.get(order=order)
            message = Message.objects.get(member=member, channel="inbox", kind="order_fulfilled")
            pool_reward = rewards.offer_pool(name="Kawa", brand_name="Ziarno", amounts=[Decimal(20)])
            import_documents(waiting(tag))
            product = products.save_product(
                product_id=None, row=ProductRow(sku=f"P-{tag}", name=f"Produkt {tag}"), actor=admin.pk
            )
            goods = GoodsMatch.objects.create(key=f"sku:UM-{tag}", product=product, created_by=admin.pk)
            buyer = BuyerMatch.objects.create(key=f"code:KU-{tag}", member_id=member.pk, created_by=admin.pk)
    finally:
        bind(Issuers, before)
    host = f"{wholesaler.slug}.kolektor.localhost"
    return World(
        wholesaler, host, person, admin, member, reward, order, voucher, batch, checked, document, str(posting),
        live_rule, draft_rule, message, pool_reward, uploaded, mistaken, source, product, f"sku:ON-{tag}", goods.key,
        f"code:K-{tag}", buyer.key,
    )  # fmt: skip


REPOSITORY = Path(__file__).resolve().parents[1]
