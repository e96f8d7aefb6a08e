"""Who listens to what: the one table of events and handlers.

| event                     | emitted by        | handler                              | effect                          |
|---------------------------|-------------------|--------------------------------------|---------------------------------|
| `members.enrolled`        | tenants.members   | insight.on_enrolled                  | first balance in the Passport   |
|                           |                   | late.on_enrolled                     | sales that waited are awarded   |
| `sales.import_uploaded`   | tenants.sales     | console_imports.run_check (step)     | stage and dry run               |
| `sales.import_commit_asked` | tenants.sales   | console_imports.run_commit (step)    | commit, chunk by chunk          |
| `sales.accepted`          | tenants.sales     | insight.on_sales_accepted            | facts of those days to HQ       |
| `orders.placed`           | catalog.orders    | fulfillment.issue (step)             | the voucher, or the points back |
| `orders.closed`           | catalog.orders    | insight.on_order_closed              | facts of that day to HQ         |
| `ledger.changed`          | tenants.ledger    | insight.on_ledger_changed            | balances to the Passport        |
"""

from __future__ import annotations

from catalog.fulfillment import services as fulfillment
from kolektor.config.tasks import send_wake_up
from kolektor.kernel.outbox.registry import subscribe, subscribe_step
from kolektor.kernel.outbox.services import on_wake
from tenants.insight import services as insight
from tenants.sales import console_imports, late


def wire() -> None:
    """Register every handler. Called once, when Django starts."""
    subscribe("members.enrolled", insight.on_enrolled)
    subscribe("members.enrolled", late.on_enrolled)
    subscribe_step("sales.import_uploaded", console_imports.run_check)
    subscribe_step("sales.import_commit_asked", console_imports.run_commit)
    subscribe("sales.accepted", insight.on_sales_accepted)
    subscribe_step("orders.placed", fulfillment.issue)
    subscribe("orders.closed", insight.on_order_closed)
    subscribe("ledger.changed", insight.on_ledger_changed)
    on_wake(send_wake_up)
