"""Who listens to what: the one table of events and handlers.

| event                     | emitted by        | handler                              | effect                          |
|---------------------------|-------------------|--------------------------------------|---------------------------------|
| `members.enrolled`        | tenants.members   | insight.on_enrolled                  | first balance in the Passport   |
|                           |                   | late.on_enrolled                     | sales that waited are awarded   |
|                           |                   | messaging.on_enrolled                | the welcome                     |
| `members.invited_to_firm` | tenants.members   | firm_notices.on_invited              | the invitation by mail          |
| `members.counter_entered` | tenants.members   | counter.on_entered                   | the member of an address or a number |
| `members.invited_to_program` | tenants.members | firm_notices.on_invited_to_program  | the invitation by mail          |
| `insight.application_declined` | tenants.insight | firm_notices.on_application_declined | a no by mail                   |
| `insight.claim_asked`     | tenants.insight   | claims.on_asked                      | the code, if there is something |
| `insight.member_claimed`  | tenants.insight   | insight, late.on_enrolled            | balance and waiting sales       |
| `insight.members_merged`  | tenants.insight   | insight, late.on_enrolled            | balance and waiting sales       |
| `members.staff_added`     | tenants.members   | firm_notices.on_staff_added          | "you have access" by mail       |
| `members.left_firm`       | tenants.members   | approvals.on_left_firm               | what waits gives points back    |
| `orders.approval_asked`   | catalog.orders    | firm_notices.on_approval_asked       | the firm's owner is asked       |
| `orders.approval_decided` | catalog.orders    | firm_notices.on_approval_decided     | the fitter hears of a no        |
| `insight.points_given`    | tenants.insight   | giving.on_given                      | the receiver hears of it        |
| `messaging.queued`        | tenants.messaging | delivery.send (step)                 | the mail, while it is wanted    |
| `identity.code_asked`     | identity          | codes.send (step, in `public`)       | the sign-in code by mail        |
| `identity.security_changed` | identity        | notices.send (step, in `public`)     | what changed in signing in      |
| `identity.session_ended`  | identity          | logout.send (step, in `public`)      | clients hear that one signed out |
| `reporting.export_asked`  | reporting         | exports.run (step, in `public`)      | headquarters' workbook          |
| `insight.list_export_asked` | tenants.insight | list_exports.run (step)              | a list as a workbook            |
| `sales.import_uploaded`   | tenants.sales     | console_imports.run_check (step)     | stage and dry run               |
| `sales.import_commit_asked` | tenants.sales   | console_imports.run_commit (step)    | commit, chunk by chunk          |
| `sales.import_revert_asked` | tenants.sales   | console_imports.run_revert (step)    | take a whole import back        |
| `sales.products_changed`  | tenants.sales     | matching.on_products_changed         | lines that wait find products   |
| `sales.buyer_matched`     | tenants.sales     | late.on_enrolled                     | sales that waited are awarded   |
| `sales.accepted`          | tenants.sales     | insight.on_sales_accepted            | facts of those days to HQ       |
| `orders.placed`           | catalog.orders    | fulfillment.issue (step)             | the voucher, or the points back |
| `partners.webhook_kept`   | tenants.partners  | webhooks.on_kept                     | the order is looked up at once  |
| `orders.check_asked`      | catalog           | fulfillment.check (step)             | one look at an open order       |
| `rewards.sync_asked`      | catalog.rewards   | sync.run (step)                      | rewards as the partner sells    |
| `orders.closed`           | catalog.orders    | insight.on_order_closed              | facts of that day to HQ         |
|                           |                   | order_notices.on_order_closed        | "your voucher is there"         |
| `ledger.changed`          | tenants.ledger    | insight.on_ledger_changed            | balances to the Passport        |
|                           |                   | merging.on_ledger_changed            | merged members pass points on   |
"""

from __future__ import annotations

from catalog.fulfillment import services as fulfillment
from catalog.fulfillment import webhooks
from catalog.orders import approvals
from catalog.rewards import sync
from kolektor.config.tasks import send_wake_up
from kolektor.identity import codes, notices
from kolektor.identity.oidc import logout
from kolektor.kernel.outbox.registry import subscribe, subscribe_step
from kolektor.kernel.outbox.services import on_wake
from kolektor.reporting import exports
from tenants.insight import claims, firm_notices, giving, list_exports, merging, order_notices, registering
from tenants.insight import services as insight
from tenants.members import counter, firms, invitations, recruiting, staff
from tenants.messaging import delivery
from tenants.messaging import services as messaging
from tenants.sales import console_imports, late, matching


def wire() -> None:
    """Register every handler. Called once, when Django starts."""
    subscribe("members.enrolled", insight.on_enrolled)
    subscribe("members.enrolled", late.on_enrolled)
    subscribe("members.enrolled", messaging.on_enrolled)
    subscribe(invitations.INVITED, firm_notices.on_invited)
    subscribe(counter.ENTERED, counter.on_entered)
    subscribe(recruiting.INVITED, firm_notices.on_invited_to_program)
    subscribe(registering.DECLINED, firm_notices.on_application_declined)
    subscribe(claims.ASKED, claims.on_asked)
    for event in (claims.CLAIMED, merging.MERGED):
        subscribe(event, insight.on_enrolled)
        subscribe(event, late.on_enrolled)
    subscribe(staff.ADDED, firm_notices.on_staff_added)
    subscribe(firms.LEFT, approvals.on_left_firm)
    subscribe(approvals.ASKED, firm_notices.on_approval_asked)
    subscribe(approvals.DECIDED, firm_notices.on_approval_decided)
    subscribe(giving.GIVEN, giving.on_given)
    subscribe_step("messaging.queued", delivery.send)
    subscribe_step("identity.code_asked", codes.send, urgent=True)
    subscribe_step(notices.EVENT, notices.send)
    subscribe_step(logout.EVENT, logout.send)
    subscribe_step(exports.ASKED, exports.run)
    subscribe_step(list_exports.ASKED, list_exports.run)
    subscribe_step("sales.import_uploaded", console_imports.run_check)
    subscribe_step("sales.import_commit_asked", console_imports.run_commit)
    subscribe_step("sales.import_revert_asked", console_imports.run_revert)
    subscribe(matching.PRODUCTS_CHANGED, matching.on_products_changed)
    subscribe("sales.buyer_matched", late.on_enrolled)
    subscribe("sales.accepted", insight.on_sales_accepted)
    subscribe_step("orders.placed", fulfillment.issue, urgent=True)
    subscribe("partners.webhook_kept", webhooks.on_kept)
    subscribe_step("orders.check_asked", fulfillment.check)
    subscribe_step("rewards.sync_asked", sync.run)
    subscribe("orders.closed", insight.on_order_closed)
    subscribe("orders.closed", order_notices.on_order_closed)
    subscribe("ledger.changed", insight.on_ledger_changed)
    subscribe("ledger.changed", merging.on_ledger_changed)
    on_wake(send_wake_up)
