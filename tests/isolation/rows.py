"""What the isolation suite tries: a row for every operation and every path. One without a row fails there."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from catalog.orders import services as orders
from kolektor.config import urls_network, urls_sso, urls_wholesaler
from kolektor.identity.services import ensure_person
from kolektor.kernel import clock
from kolektor.kernel.points import Points
from kolektor.kernel.tenant import tenant_context
from kolektor.network.models import Wholesaler
from tenants.ledger import services as ledger
from tenants.ledger.services import Owner
from tenants.members import firms, invitations, staff
from tenants.members import services as members
from tenants.members.consents import CURRENT as CONSENT_TEXT
from tenants.members.models import Firm, Member, StaffRole
from tenants.program import outside_clients, terms
from tenants.sales.models import ImportBatch, ImportProblem
from tests.isolation import enrollment_rows, network_rows
from tests.isolation.selections import BRANDING, OF_A_MEMBER, PROGRAM
from tests.support_data import DRAFT_RULE, SALES_MAPPING, World

Arguments = Callable[[World], dict[str, Any]]


def nothing(_world: World) -> dict[str, Any]:
    return {}


def waiting_order(world: World) -> str:
    """An order that no worker has come to yet."""
    with tenant_context(world.wholesaler):
        return str(
            orders.place(
                member=world.member, reward_id=world.reward.pk, face_value=Decimal(50), idempotency_key="waiting-1"
            ).pk
        )


def problem_of(world: World) -> str:
    """The one error of A's mistaken import."""
    with tenant_context(world.wholesaler):
        return str(ImportProblem.objects.get(batch=world.mistaken, code="BAD_NUMBER").pk)


def put(world: World, state: ImportBatch.State) -> ImportBatch:
    """A's checked import in another state."""
    with tenant_context(world.wholesaler):
        ImportBatch.objects.filter(pk=world.checked.pk).update(state=state)
    return world.checked


def stopped(world: World) -> ImportBatch:
    return put(world, ImportBatch.State.STOPPED)


def running(world: World) -> ImportBatch:
    return put(world, ImportBatch.State.COMMITTING)


def after(*made: str, **arguments: Any) -> dict[str, Any]:
    """Arguments that name nothing of what was made for them."""
    assert all(made)
    return arguments


def firm_of(world: World) -> str:
    """The firm that A's member owns."""
    with tenant_context(world.wholesaler):
        member = Member.objects.get(pk=world.member.pk)
        if member.firm is None:
            firm = Firm.objects.create(name=f"Firma {world.wholesaler.slug}")
            firm.refresh_from_db()
            firms.join(member=member, firm=firm, role="owner")
        assert member.firm is not None
        return str(member.firm.pk)


def fitter_of(world: World, *, spending: str = "free") -> str:
    """A fitter of the firm of A's member."""
    firm_id = firm_of(world)
    with tenant_context(world.wholesaler):
        fitter = members.enroll(person=ensure_person(email=f"fitter@{world.wholesaler.slug}.example"))
        if fitter.firm is None:
            firms.join(member=fitter, firm=Firm.objects.get(pk=firm_id), role="fitter", spending=spending)
        return str(fitter.pk)


def awaiting_order(world: World) -> str:
    """An order of that fitter which the owner is asked about."""
    fitter_id = fitter_of(world, spending="approval")
    with tenant_context(world.wholesaler):
        fitter = Member.objects.get(pk=fitter_id)
        ledger.adjust(
            owner=Owner("member", fitter.pk), points=Points(50_000), reason="Na próbę", key="awaiting",
            expires_at=None, actor=world.admin.pk,
        )  # fmt: skip
        return str(
            orders.place(
                member=fitter, reward_id=world.reward.pk, face_value=Decimal(50), idempotency_key="awaiting-1"
            ).pk
        )


def place_of(world: World) -> str:
    """The place of A's member in somebody else's firm."""
    with tenant_context(world.wholesaler):
        owner = members.enroll(
            person=ensure_person(email=f"owner@{world.wholesaler.slug}.example"),
            firm=Firm.objects.get(pk=Firm.objects.create(name="Cudza").pk),
        )
        assert owner.firm is not None
        member = Member.objects.get(pk=world.member.pk)
        return str(firms.join(member=member, firm=owner.firm, role="fitter", spending="approval").pk)


def own_awaiting_order(world: World) -> str:
    """An order of A's member that another's approval is asked for."""
    place_of(world)
    with tenant_context(world.wholesaler):
        member = Member.objects.get(pk=world.member.pk)
        return str(
            orders.place(
                member=member, reward_id=world.reward.pk, face_value=Decimal(50), idempotency_key="awaiting-2"
            ).pk
        )


def invitation_of(world: World) -> str:
    """An invitation that A's member has received."""
    with tenant_context(world.wholesaler):
        firm = Firm.objects.get(pk=Firm.objects.create(name=f"Gospodarz {world.wholesaler.slug}").pk)
        members.enroll(person=ensure_person(email=f"host@{world.wholesaler.slug}.example"), firm=firm)
        row = invitations.invite(firm=firm, email=world.person.email, name="Jan", spending="free", actor=world.admin.pk)
        return str(row.pk)


def terms_of(world: World) -> str:
    """Terms that A's wholesaler has published; B's has its own."""
    for each in Wholesaler.objects.filter(slug__in=["alfa", "beta"]):
        with tenant_context(each):
            terms.publish(text_pl=f"Regulamin {each.slug}", text_en=f"Terms {each.slug}", actor=None)
    return str(world.wholesaler.slug)


def agent_of(world: World) -> str:
    """A care agent of A's wholesaler."""
    with tenant_context(world.wholesaler):
        email = f"opieka@{world.wholesaler.slug}.example"
        person = ensure_person(email=email)
        if not StaffRole.objects.filter(person_id=person.pk).exists():
            staff.add(email=email, name="Olga Opiekun", roles=["care_agent"], actor=world.admin.pk)
        return str(person.pk)


def client_of(world: World) -> str:
    """A shop of A's wholesaler that signs people in."""
    with tenant_context(world.wholesaler):
        made = outside_clients.register(
            name=f"Sklep {world.wholesaler.slug}", kind="web", redirect_uris=["https://sklep.example/wroc"], logout_uri="",
            actor=world.admin.pk,
        )  # fmt: skip
        return made.client.id


def sent_invitation(world: World) -> str:
    """An invitation that the firm of A's member has sent."""
    firm_id = firm_of(world)
    with tenant_context(world.wholesaler):
        row = invitations.invite(
            firm=Firm.objects.get(pk=firm_id), email="ktos@example.com", name="", spending="free", actor=world.admin.pk
        )
        return str(row.pk)


TEMPLATE = {
    "kind": "welcome",
    "language": "pl",
    "subject": "Cześć {{ first_name }}",
    "text": "Dzień dobry",
    "mjml": "<mj-text>Dzień dobry</mj-text>",
    "action": "Dalej",
}


# operation → arguments that work at home; the ids in them are what must not work elsewhere
MEMBER: dict[str, Arguments] = {
    "balance": nothing,
    "entry": lambda w: {"id": w.posting_id},
    "history": nothing,
    "consents": nothing,
    "me": nothing,
    "message": lambda w: {"id": str(w.message.pk)},
    "messages": nothing,
    "order": lambda w: {"id": str(w.order.pk)},
    "orders": nothing,
    "program": nothing,
    "reward": lambda w: {"id": str(w.reward.pk)},
    "rewards": nothing,
    "rewardCategories": nothing,
    "unreadMessages": nothing,
    "vouchers": nothing,
    "markVoucherUsed": lambda w: {"input": {"voucherId": str(w.voucher.pk), "used": True}},
    "placeOrder": lambda w: {
        "input": {"rewardId": str(w.reward.pk), "faceValue": "50.00", "idempotencyKey": "isolation-1"}
    },
    "readMessage": lambda w: {"input": {"id": str(w.message.pk)}},
    "revealVoucher": lambda w: {"input": {"voucherId": str(w.voucher.pk)}},
    "setConsent": lambda w: {"input": {"kind": "sms", "given": True, "textVersion": CONSENT_TEXT}},
    "terms": lambda w: after(terms_of(w)),
    "acceptTerms": lambda w: after(terms_of(w), input={"version": 1}),
    "firm": lambda w: after(firm_of(w)),
    "firmEvidence": lambda w: after(firm_of(w), year=clock.local_today().year),
    "firmInvitations": lambda w: after(invitation_of(w)),
    "firmOrders": lambda w: after(awaiting_order(w)),
    "inviteFitter": lambda w: after(
        firm_of(w), input={"email": "nowy@example.com", "name": "Nowy", "spending": "approval"}
    ),
    "cancelInvitation": lambda w: {"input": {"id": sent_invitation(w)}},
    "leaveFirm": lambda w: after(place_of(w), input={}),
    "removeFitter": lambda w: {"input": {"memberId": fitter_of(w)}},
    "handOverFirm": lambda w: {"input": {"memberId": fitter_of(w)}},
    "setFitterSpending": lambda w: {"input": {"memberId": fitter_of(w), "spending": "none"}},
    "setFirmSplit": lambda w: {"input": {"shares": [{"memberId": fitter_of(w), "percent": "12.5"}]}},
    "givePoints": lambda w: {
        "input": {"memberId": fitter_of(w), "points": "1.00", "note": "", "idempotencyKey": "isolation-give"}
    },
    "approveOrder": lambda w: {"input": {"id": awaiting_order(w)}},
    "declineOrder": lambda w: {"input": {"id": awaiting_order(w)}},
    "withdrawOrder": lambda w: {"input": {"id": own_awaiting_order(w)}},
    "updateProfile": lambda w: {
        "input": {"firstName": "Jan", "lastName": "Alfowski", "phone": "600100200", "language": "pl"}
    },
}
CONSOLE: dict[str, Arguments] = {
    "firms": lambda w: after(firm_of(w)),
    "firm": lambda w: {"id": firm_of(w)},
    "firmEvidence": lambda w: {"firmId": firm_of(w), "year": clock.local_today().year},
    "inviteToFirm": lambda w: {
        "input": {"firmId": firm_of(w), "email": "nowy@example.com", "name": "Nowy", "spending": "approval"}
    },
    "cancelFirmInvitation": lambda w: {"input": {"firmId": firm_of(w), "id": sent_invitation(w)}},
    "removeFromFirm": lambda w: {"input": {"firmId": firm_of(w), "memberId": fitter_of(w)}},
    "setFirmOwner": lambda w: {"input": {"firmId": firm_of(w), "memberId": fitter_of(w)}},
    "importBatch": lambda w: {"id": str(w.batch.pk)},
    "imports": nothing,
    "member": lambda w: {"id": str(w.member.pk)},
    "members": nothing,
    **dict.fromkeys(OF_A_MEMBER, lambda w: {"memberId": str(w.member.pk)}),
    "branding": nothing,
    "termsVersions": lambda w: after(terms_of(w)),
    "publishTerms": lambda _: {"input": {"textPl": "Regulamin", "textEn": "Terms"}},
    "staff": nothing,
    "staffTimeline": lambda w: after(agent_of(w)),
    "addStaff": lambda w: {"input": {"email": "nowa.osoba@example.com", "name": "Nowa Osoba", "roles": ["care_agent"]}},
    "setStaffRoles": lambda w: {"input": {"personId": agent_of(w), "roles": ["auditor", "marketer"]}},
    "removeStaff": lambda w: {"input": {"personId": agent_of(w)}},
    "outsideClients": lambda w: after(client_of(w)),
    "registerClient": lambda _: {
        "input": {"name": "Sklep", "kind": "web", "redirectUris": ["https://sklep.example/wroc"], "logoutUri": ""}
    },
    "changeClient": lambda w: {
        "input": {"id": client_of(w), "name": "Inny", "redirectUris": ["https://sklep.example/inny"], "logoutUri": ""}
    },
    "renewClientSecret": lambda w: {"input": {"id": client_of(w)}},
    "removeClient": lambda w: {"input": {"id": client_of(w)}},
    "cockpit": nothing,
    "listExports": nothing,
    "askListExport": lambda _: {"input": {"kind": "members", "search": "Nowak"}},
    # an invoice's number is no id: B is told of B's own invoices only
    "findDocuments": lambda w: {"text": w.document.number},
    "programTimeline": nothing,
    "order": lambda w: {"id": str(w.order.pk)},
    "orders": nothing,
    "partners": nothing,
    "program": nothing,
    "rule": lambda w: {"id": str(w.draft_rule.pk)},
    "ruleOptions": nothing,
    "rulePreview": lambda w: {"body": json.dumps(DRAFT_RULE), "ruleId": str(w.draft_rule.rule_id)},
    "rules": nothing,
    "viewer": nothing,
    "messageTemplates": nothing,
    "messageSender": nothing,
    # they name no object: A's admin writes at A, B's at B
    "messagePreview": lambda _: TEMPLATE,
    "saveMessageTemplate": lambda _: {"input": TEMPLATE},
    "restoreMessageTemplate": lambda _: {"input": {"kind": "welcome", "language": "pl"}},
    "setMessageSender": lambda _: {"input": {"name": "Program", "address": "program@example.com"}},
    "updateProgram": lambda _: {"input": PROGRAM},
    "updateBranding": lambda _: {"input": BRANDING},
    "adjustPoints": lambda w: {
        "input": {
            "memberId": str(w.member.pk),
            "points": "5.00",
            "reason": "Reklamacja",
            "idempotencyKey": "isolation-adjust",
        }
    },
    "saveRuleDraft": lambda w: {"input": {"body": json.dumps(DRAFT_RULE), "ruleId": str(w.draft_rule.rule_id)}},
    "publishRule": lambda w: {"input": {"id": str(w.draft_rule.pk)}},
    "endRule": lambda w: {"input": {"id": str(w.live_rule.pk)}},
    "discardRuleDraft": lambda w: {"input": {"id": str(w.draft_rule.pk)}},
    "reward": lambda w: {"id": str(w.reward.pk)},
    "rewards": nothing,
    "changeReward": lambda w: {"input": {"id": str(w.reward.pk), "category": "Kawa"}},
    "checkOrder": lambda w: {"input": {"id": waiting_order(w)}},
    # names no object: A's admin makes a reward at A, B's at B
    "createPoolReward": lambda w: {
        "input": {"name": "Kino", "brandName": "Kino", "amounts": ["30"], "pointsPerUnit": "1.00"}
    },
    "setLowBalance": lambda w: {"input": {"id": str(w.reward.connection_id), "limit": "100"}},
    "setPartnerEnabled": lambda w: {"input": {"id": str(w.reward.connection_id), "enabled": False}},
    "syncCatalog": lambda w: {"input": {"id": str(w.reward.connection_id)}},
    "importInspection": lambda w: {"id": str(w.uploaded.pk)},
    "importJobs": nothing,
    "importRevertPreview": lambda w: {"id": str(w.batch.pk)},
    "importSources": nothing,
    "checkImport": lambda w: {"input": {"id": str(w.uploaded.pk), "mapping": json.dumps(SALES_MAPPING)}},
    "fixImport": lambda w: {
        "input": {"id": str(w.mistaken.pk), "fixes": [{"problemId": problem_of(w), "value": "12,00"}]}
    },
    "forgetImportSource": lambda w: {"input": {"id": str(w.source.pk)}},
    "retryImport": lambda w: {"input": {"id": str(stopped(w).pk)}},
    "revertImport": lambda w: {"input": {"id": str(w.batch.pk)}},
    "stopImport": lambda w: {"input": {"id": str(running(w).pk)}},
    "brands": nothing,
    "product": lambda w: {"id": str(w.product.pk)},
    "products": nothing,
    "unmatchedGoods": nothing,
    "unmatchedBuyers": nothing,
    "learnedGoods": nothing,
    "learnedBuyers": nothing,
    "saveProduct": lambda w: {"input": {"id": str(w.product.pk), "sku": w.product.sku, "name": "Zawór"}},
    "fileProducts": lambda w: {
        "input": {
            "ids": [str(w.product.pk)],
            "expected": 1,
            "setBrand": False,
            "setCategory": True,
            "category": "Zawory",
        }
    },
    "matchGoods": lambda w: {"input": {"key": w.goods_key, "productId": str(w.product.pk)}},
    "forgetGoods": lambda w: {"input": {"key": w.learned_goods}},
    "matchBuyer": lambda w: {"input": {"key": w.buyer_key, "memberId": str(w.member.pk)}},
    "enrollBuyer": lambda w: {"input": {"key": w.buyer_key}},
    "forgetBuyer": lambda w: {"input": {"key": w.learned_buyer}},
    "commitImport": lambda w: {"input": {"id": str(w.checked.pk)}},
    "discardImport": lambda w: {"input": {"id": str(w.checked.pk)}},
}
NETWORK: dict[str, Arguments] = {
    **network_rows.NETWORK,
    "network": nothing,
    "overview": nothing,
    "viewer": nothing,
    "cut": lambda _: {"by": "brand"},
    "exports": nothing,
    "askExport": lambda _: {"input": {"months": 6}},
}
# mutations that name no object of another: there is no id of A to try at B
WITHOUT_IDS = {
    "askExport", "setConsent", "updateProfile", "createPoolReward", "updateProgram", "updateBranding", "messagePreview",
    "registerClient", "addStaff", "publishTerms", "acceptTerms",
    "findDocuments", "askListExport", "saveMessageTemplate", "restoreMessageTemplate", "setMessageSender",
}  # fmt: skip
CONSOLE |= enrollment_rows.CONSOLE
WITHOUT_IDS |= enrollment_rows.WITHOUT_IDS
ROWS = {"member": MEMBER, "console": CONSOLE, "network": NETWORK}


# path → what a stranger gets. "signature": see tests/partners/test_webhooks.py; "public": the host's own face, no data of people
WHOLESALER_PATHS = {
    "brand.css": "public", "brand.json": "public", "icons/<str:name>": "public", "session": "public",
    "session/language": "public", "auth/logout": "public", "auth/login": "public", "auth/callback": "public",
    "manifest.webmanifest": "public", "sw.js": "public", "graphql/member": "session", "graphql/console": "session",
    "api/invitations": "session", **enrollment_rows.PATHS,
    "api/console/products": "session", "api/console/imports": "session", "api/console/imports/template": "session",
    "api/console/rewards/<uuid:reward_id>/codes": "session", "api/console/rewards/<uuid:reward_id>/picture": "session",
    "pictures/<str:name>": "public", "api/console/branding/logo": "session", "logos/<str:name>": "public",
    "api/console/messages/preview": "session", "api/console/exports/<uuid:export_id>": "session",
    "hooks/partners/<uuid:connection_id>": "signature", "^console(?:/.*)?$": "public",
    "^(?:$|history|shop|checkout|wallet|orders|messages|profile|firm|terms)(?:/.*)?$": "public",
}  # fmt: skip


NETWORK_PATHS = {
    "brand.css": "public", "brand.json": "public", "icons/<str:name>": "public", "session": "public",
    "session/language": "public", "auth/logout": "public", "auth/login": "public", "auth/callback": "public",
    "api/exports/<uuid:export_id>": "session", "graphql/network": "session", "^(?!static/)(?:[a-z0-9-]+/?)*$": "public",
}  # fmt: skip
# "protocol": the OpenID Connect provider, which answers to its registered clients
SSO_PATHS = {
    "brand.css": "public", "brand.json": "public", "icons/<str:name>": "public", "session": "public",
    "session/language": "public", "auth/logout": "public", "auth/password": "public", "auth/code": "public",
    "auth/code/confirm": "public", "api/programs": "session", "api/sessions": "session",
    "auth/second-factor": "public", "auth/passkey/begin": "public", "auth/passkey": "public",
    "auth/again/password": "session", "auth/again/code": "session", "auth/again/code/confirm": "session",
    "api/account/security": "session", "api/account/password": "session", "api/account/app/begin": "session",
    "api/account/app/confirm": "session", "api/account/app/remove": "session", "api/account/recovery-codes": "session",
    "api/account/passkeys/begin": "session", "api/account/passkeys/add": "session", "api/account/passkeys/remove": "session",
    "sign-in/second-factor": "public", "sign-in/again": "public", "account/security": "public",
    "account/second-factor": "public",
    "api/consent": "session", "api/consent/allow": "session", "api/clients": "session",
    "api/clients/withdraw": "session", "consent": "public",
    "api/face": "public", "logos/<slug:slug>": "public",
    "api/sessions/revoke": "session", "account": "public", "dev/messages": "public", "api/dev/messages": "public",
    "api/dev/second-factors": "public",
    "dev/messages/<int:key>/preview": "public",
    ".well-known/openid-configuration": "public", ".well-known/jwks.json": "public",
    "identity/o/authorize": "protocol", "identity/o/logout": "protocol", "identity/o/api/token": "protocol",
    "identity/o/api/revoke": "protocol", "identity/o/api/userinfo": "protocol", "identity/o/api/device": "protocol",
    "": "public", "sign-in": "public",
}  # fmt: skip
NO_ID = "00000000-0000-7000-8000-000000000000"
HOSTS = {
    "wholesaler": (urls_wholesaler, WHOLESALER_PATHS),
    "network": (urls_network, NETWORK_PATHS),
    "sso": (urls_sso, SSO_PATHS),
}
SSO_HOST = "id.kolektor.localhost"
# a call that succeeds for the one who may make it
