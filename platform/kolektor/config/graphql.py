"""The three GraphQL schemas, built from what the apps declare in the modules of this table."""

from __future__ import annotations

from importlib import import_module

from kolektor.api.kits import CONSOLE, MEMBER, NETWORK

MODULES = (
    "tenants.program.graphql.member.queries",
    "tenants.program.graphql.console.queries",
    "tenants.members.graphql.member.queries",
    "tenants.members.graphql.console.queries",
    "tenants.ledger.graphql.member.queries",
    "tenants.sales.graphql.console.queries",
    "tenants.sales.graphql.console.commit_import",
    "tenants.sales.graphql.console.discard_import",
    "tenants.rules.graphql.console.queries",
    "catalog.rewards.graphql.member.queries",
    "catalog.fulfillment.graphql.member.queries",
    "catalog.fulfillment.graphql.member.place_order",
    "catalog.fulfillment.graphql.member.reveal_voucher",
    "catalog.fulfillment.graphql.console.queries",
    "tenants.insight.graphql.member.queries",
    "tenants.insight.graphql.console.queries",
    "kolektor.reporting.graphql.network.queries",
)
for _module in MODULES:
    import_module(_module)

MEMBER_SCHEMA = MEMBER.build()
CONSOLE_SCHEMA = CONSOLE.build()
NETWORK_SCHEMA = NETWORK.build()
SCHEMAS = {"member": MEMBER_SCHEMA, "console": CONSOLE_SCHEMA, "network": NETWORK_SCHEMA}
