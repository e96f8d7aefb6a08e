"""Seed the demo network through the services that a user's click calls; nothing is written past them.

Two roles: `provision_demo` makes schemas and runs as `owner`, `seed_demo` does the rest and runs as `app`. Both may be
cut off anywhere and called again: what is there is found and left, the rest is added. The day on which the network was
made is the last day of its year of sales, also when the seed is finished on a later day.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from catalog.orders import services as orders
from catalog.orders.models import Order
from catalog.rewards import selectors as shop
from catalog.rewards import services as rewards
from kolektor.demo import catalog, invoices, numbers, ordering, rules, sales
from kolektor.demo.network import NETWORK_NAME, NETWORK_SLUG, SUPPLIERS, WHOLESALERS, DemoWholesaler
from kolektor.demo.people import (
    ADMINS,
    ANALYST,
    APPLICANT,
    CLERK,
    DEMO_EMAIL,
    PASSWORD,
    REPRESENTATIVE,
    SECOND_FACTOR,
    Staff,
    installers,
    members_of,
    shares_of,
)
from kolektor.demo.rewards import OFFERS, SHOWN
from kolektor.demo.summary import DemoSummary, summary
from kolektor.identity import second_factor
from kolektor.identity import services as identity
from kolektor.identity.models import Person
from kolektor.kernel import clock
from kolektor.kernel.errors import DomainError
from kolektor.kernel.models import OutboxDelivery
from kolektor.kernel.outbox import services as outbox
from kolektor.kernel.tenant import public_context, tenant_context
from kolektor.network import provisioning
from kolektor.network import selectors as network
from kolektor.network import services as network_deeds
from kolektor.network.models import Wholesaler
from tenants.insight import registering
from tenants.ledger import selectors as ledger
from tenants.ledger.services import Owner
from tenants.members import firms
from tenants.members import services as members
from tenants.members.models import Firm, Member
from tenants.partners import services as partners
from tenants.partners.models import Connection
from tenants.program import registration
from tenants.program import services as program
from tenants.rules import services as rule_deeds
from tenants.sales import services as imports
from tenants.sales.models import ImportBatch, ImportProblem
from tenants.sales.products import ProductRow, upsert_products

Say = Callable[[str], None]

CONNECTION = "Agregator voucherów"
ADAPTER = "kolektor_v1"
# work that a killed process had claimed comes free when its lease ends
_PATIENCE_SECONDS = 180.0


class DemoFailed(Exception):
    """The demo network cannot be finished; the message is a sentence for the person at the terminal."""


def is_complete() -> bool:
    """Whether the demo network is there and open. Going live is the last step of the seed."""
    with public_context():
        opened = {item.slug for item in network.active_wholesalers() if not item.never_opened}
    return all(item.slug in opened for item in WHOLESALERS)


def provision_demo(*, say: Say) -> None:
    """Make the network and the schemas of its wholesalers. Runs as the role `owner`; again does what is missing.

    Raises DemoFailed when a schema of an earlier start cannot be brought to the present code.
    """
    failed = provisioning.migrate_all(say=lambda text: None)
    if failed:
        raise DemoFailed(f"The schema of {', '.join(failed)} cannot be brought up to date. Try: kolektor demo --reset")
    if is_complete():
        return
    with public_context():
        network_deeds.ensure_network(slug=NETWORK_SLUG, name=NETWORK_NAME)
    for item in WHOLESALERS:
        say(f"Creating {item.name}")
        provisioning.provision(slug=item.slug, network=NETWORK_SLUG, name=item.name)


def seed_demo(*, home: Path, sandbox_url: str, api_key: str, webhook_secret: str, say: Say) -> DemoSummary:
    """Fill the provisioned network. Files go below `home`/demo; vouchers come from the aggregator at `sandbox_url`.

    Runs as the role `app`. A complete network is left as it is; only addresses that may change from start to start
    (the aggregator's, the sign-on's with its port) are kept right.
    Raises DemoFailed.
    """
    try:
        tenants = _provisioned()
        complete = is_complete()
        provisioning.register_hosts()
        for tenant in tenants.values():
            with tenant_context(tenant):
                _connect(sandbox_url, api_key, webhook_secret)
        if not complete:
            _fill(tenants, home, say)
        for staff in (*ADMINS, ANALYST):  # a demo of before the second factor has none
            _staff_person(staff)
    except DomainError as error:
        if error.code == "PARTNER_UNAVAILABLE":
            raise DemoFailed(f"The voucher aggregator at {sandbox_url} does not answer ({error}).") from error
        raise DemoFailed(
            f"The demo network cannot be finished ({error}). Start it anew with: kolektor demo --reset"
        ) from error
    return summary()


def seed(*, home: Path, sandbox_url: str, api_key: str, webhook_secret: str, say: Say) -> DemoSummary:
    """Both steps in one process, which must run as `owner`. Raises DemoFailed."""
    provision_demo(say=say)
    return seed_demo(home=home, sandbox_url=sandbox_url, api_key=api_key, webhook_secret=webhook_secret, say=say)


def _provisioned() -> dict[str, Wholesaler]:
    with public_context():
        found = {item.slug: network.wholesaler_named(item.slug) for item in WHOLESALERS}
    tenants = {slug: row for slug, row in found.items() if row and row.state != Wholesaler.State.REQUESTED}
    if len(tenants) < len(found):
        raise DemoFailed("The demo network is not provisioned. Start it anew with: kolektor demo --reset")
    return tenants


def _fill(tenants: dict[str, Wholesaler], home: Path, say: Say) -> None:
    made = next(iter(tenants.values())).network
    today = made.created_at.astimezone(clock.WARSAW).date()
    say("Adding suppliers, brands and people")
    with public_context():
        for supplier in SUPPLIERS:
            for brand in supplier.brands:
                network_deeds.ensure_brand(network=made, supplier=(supplier.slug, supplier.name), brand=brand)
        analyst = _staff_person(ANALYST)
        for role in ("analyst", "director"):
            network_deeds.grant_network_role(network=made, person_id=analyst.pk, role=role)
    people = _people()
    for item in WHOLESALERS:
        with tenant_context(tenants[item.slug]):
            say(f"Setting up {item.name}: products, members, rewards, rules")
            admin = _set_up(item, made.pk, people, today)
            say(f"Importing a year of sales at {item.name}")
            _import_sales(item, home, today, admin)
            _drain(say)
    for item in WHOLESALERS:
        with tenant_context(tenants[item.slug]):
            say(f"Ordering vouchers at {item.name}")
            _order(item)
            _ask_owner()
            _drain(say)
            _check_orders()
    for item in WHOLESALERS:
        provisioning.go_live(tenants[item.slug])


def _staff_person(staff: Staff) -> Person:
    person = identity.ensure_person(
        email=staff.email, first_name=staff.first_name, last_name=staff.last_name, password=PASSWORD
    )
    second_factor.give_app(person, secret=SECOND_FACTOR)
    return person


def _people() -> dict[str, Person]:
    """By e-mail. Only the installer that is printed gets a password: hashing hundreds takes minutes."""
    return {
        person.email: identity.ensure_person(
            email=person.email,
            first_name=person.first_name,
            last_name=person.last_name,
            phone=person.phone,
            password=PASSWORD if index == 0 else None,
        )
        for index, person in enumerate(installers())
    }


def _connect(url: str, api_key: str, webhook_secret: str) -> None:
    known = Connection.objects.filter(name=CONNECTION).first()
    credentials = {"api_key": api_key, "webhook_secret": webhook_secret}
    if known is None or known.base_url != url or partners.credentials(known) != credentials:
        partners.connect(name=CONNECTION, kind="voucher", adapter=ADAPTER, base_url=url, credentials=credentials)


def _set_up(item: DemoWholesaler, network_id: UUID, people: dict[str, Person], today: date) -> UUID:
    """Everything that comes before the first invoice. Returns the admin's person id."""
    staff = next(staff for staff in ADMINS if staff.wholesaler == item.slug)
    admin = _staff_person(staff)
    program.set_up(
        name=item.name,
        nip=item.nip,
        face=program.Face(
            primary_color=item.primary_color,
            accent_color=item.accent_color,
            surface_color=item.surface_color,
            logo_text=item.logo_text,
            logo_shape=item.logo_shape,
        ),
        point_forms=item.point_forms,
        support_email=item.support_email,
        support_phone=item.phone,
        actor=admin.pk,
    )
    members.grant_role(person=admin, role="program_admin")
    for colleague, role in ((CLERK, "clerk"), (REPRESENTATIVE, "sales_rep")):
        if colleague.wholesaler == item.slug:
            members.grant_role(person=_staff_person(colleague), role=role)
    if item.slug == CLERK.wholesaler:
        _open_registration(admin.pk)
    _add_products(item, network_id, admin.pk)
    rule_deeds.apply(body=rules.body(item.slug, today=today), actor=admin.pk)
    for person, enrollment in members_of(item.slug):
        members.enroll(
            person=people[person.email],
            firm=members.ensure_firm(nip=person.firm.nip, name=person.firm.name),
            customer_code=enrollment.code,
            joined_on=today - timedelta(days=enrollment.joined_days_before),
            actor=admin.pk,
        )
    _split_points(item)
    _offer_rewards(item, admin.pk)
    return admin.pk


def _open_registration(admin: UUID) -> None:
    """People may ask to join, and one already does."""
    registration.change(
        mode="open",
        criteria_pl="Prowadzę firmę instalacyjną i kupuję na fakturę.",
        criteria_en="I run an installation firm and buy on invoices.",
        actor=admin,
    )
    person = identity.ensure_person(email=APPLICANT, first_name="Robert", last_name="Zdun")
    if registering.of_person(person) is None:
        registering.apply(
            person=person,
            first_name="Robert",
            last_name="Zdun",
            nip=numbers.nip(9_901),
            firm_name="Zdun Instalacje",
            phone="+48 500 300 400",
            invoice_number="",
            confirmed=True,
            terms_version=None,
        )


def _split_points(item: DemoWholesaler) -> None:
    """Owners give their fitters a share of what the firm buys, from the day on which all of them were there."""
    for firm in Firm.objects.filter(memberships__role="fitter", splits__isnull=True).distinct():
        owner = firm.members.get(firm_role="owner")
        wanted = next(person for person in installers() if person.firm.nip == firm.nip)
        shares = shares_of(wanted.firm)
        fitters = list(firm.members.filter(firm_role="fitter"))
        firms.set_split(
            firm=firm,
            shares={row.pk: shares[row.email] for row in fitters},
            actor=owner.person_id,
            valid_from=max(row.joined_on for row in [owner, *fitters]),
        )
        if owner.email == DEMO_EMAIL:
            youngest = max(fitters, key=lambda row: row.joined_on)
            firms.set_spending(firm=firm, member_id=youngest.pk, spending="approval", actor=owner.person_id)


def _add_products(item: DemoWholesaler, network_id: UUID, actor: UUID) -> None:
    with public_context():
        brands = {row.slug: row for row in network.brands_of(network_id)}
    upsert_products(
        rows=[
            ProductRow(
                sku=product.sku,
                name=product.name,
                ean=product.ean,
                unit=product.unit,
                category=product.category,
                brand_id=brands[product.brand].id,
                supplier_id=brands[product.brand].supplier_id,
            )
            for product in catalog.sold_by(item)
        ],
        actor=actor,
    )


def _offer_rewards(item: DemoWholesaler, actor: UUID) -> None:
    connection = Connection.objects.get(name=CONNECTION)
    stock = {product.product_id: product for product in rewards.issuer_of(connection).catalog()}
    for product_id in OFFERS[item.slug]:
        if product_id not in stock:
            raise DemoFailed(f"The voucher aggregator does not sell {product_id!r}, which {item.name} wants to offer.")
        shown = SHOWN[product_id]
        rewards.offer(
            connection=connection,
            item=stock[product_id],
            units_per_currency=item.units_per_currency,
            category=shown.category,
            color=shown.color,
            description_pl=shown.pl,
            description_en=shown.en,
            actor=actor,
        )


def _import_sales(item: DemoWholesaler, home: Path, today: date, actor: UUID) -> None:
    documents = sales.documents_of(item, today=today)
    for drop in invoices.write_drops(home / "demo" / item.slug, item, documents):
        usable = ImportBatch.objects.filter(file_name=drop.name).exclude(
            state__in=[ImportBatch.State.FAILED, ImportBatch.State.DISCARDED]
        )
        batch = usable.order_by("created_at").last() or imports.create_batch(
            format=drop.format, file_name=drop.name, mapping=drop.mapping, actor=actor
        )
        if batch.state == ImportBatch.State.DONE:
            continue
        if batch.state != ImportBatch.State.COMMITTING:
            imports.stage(batch=batch, paths=[(path, path.name) for path in drop.paths])
        imports.commit(batch=batch, actor=actor)
        batch.refresh_from_db()
        if batch.rejected:
            problem = ImportProblem.objects.filter(batch=batch, severity="error").order_by("id").first()
            what = f"{problem.file}, {problem.document}: {problem.code}" if problem else "no problem is recorded"
            raise DemoFailed(f"{batch.rejected} of the demo's own documents were rejected; the first: {what}")


def _order(item: DemoWholesaler) -> None:
    rows = {row.customer_code: row for row in Member.objects.filter(customer_code__isnull=False)}
    asking = set(Member.objects.filter(memberships__spending="approval").values_list("pk", flat=True))
    totals = ledger.earned_and_spent([Owner("member", row.pk) for row in rows.values()])
    wishes = ordering.wishes(
        slug=item.slug,
        # who asks the owner first does so once, below
        earned={
            code: totals[row.pk][0] for code, row in rows.items() if code and row.pk in totals and row.pk not in asking
        },
        shop=shop.shop(),
        always=frozenset(found.code for found in installers()[0].programs),
    )
    for wish in wishes:
        member = rows[wish.code]
        if not Order.objects.filter(member=member, idempotency_key=wish.key).exists():
            orders.place(
                member=member,
                reward_id=wish.reward_id,
                face_value=wish.face_value,
                idempotency_key=wish.key,
                actor=member.person_id,
            )


def _ask_owner() -> None:
    """A fitter of the demo installer would like a voucher: something to decide."""
    fitter = Member.objects.filter(
        memberships__spending="approval", memberships__left_at__isnull=True, firm__isnull=False
    ).first()
    if fitter is None or Order.objects.filter(member=fitter).exists():
        return
    available = ledger.balances([Owner("member", fitter.pk)])[Owner("member", fitter.pk)].available
    offers = [row for row in shop.shop() if row.denominations and row.from_points <= available]
    if not offers:
        raise DemoFailed("The demo installer's fitter has no points to ask for a voucher.")
    cheapest = min(offers, key=lambda row: (row.from_points, row.name))
    orders.place(
        member=fitter,
        reward_id=cheapest.id,
        face_value=min(item.amount for item in cheapest.denominations),
        idempotency_key="demo-approval",
        actor=fitter.person_id,
    )


def _drain(say: Say) -> None:
    """Do the background work of the schema in force here and now, as the worker would. Raises DemoFailed."""
    began = time.monotonic()
    told = False
    while True:
        tried = outbox.drain()
        dead = OutboxDelivery.objects.filter(state=OutboxDelivery.State.DEAD).first()
        if dead is not None:
            raise DemoFailed(f"Background work failed for good: {dead.handler}: {dead.last_error}")
        if outbox.pending_count() == 0:
            return
        waited = time.monotonic() - began
        if waited > _PATIENCE_SECONDS:
            late = OutboxDelivery.objects.filter(state=OutboxDelivery.State.PENDING).order_by("id").first()
            what = f"{late.handler}: {late.last_error or 'no error'}" if late else "nothing is left"
            raise DemoFailed(f"Background work did not end within {_PATIENCE_SECONDS:.0f} s: {what}")
        if waited > 5 and not told:
            told = True
            say(f"Waiting for work that a start before this one left unfinished (up to {_PATIENCE_SECONDS:.0f} s)")
        if not tried:
            time.sleep(0.2)


def _check_orders() -> None:
    left = Order.objects.exclude(state__in=[Order.State.FULFILLED, Order.State.AWAITING]).first()
    if left is not None:
        raise DemoFailed(f"Order {left.number} got no voucher: {left.state} {left.failure}")
