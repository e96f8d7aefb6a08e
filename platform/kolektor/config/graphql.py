"""The three GraphQL schemas, built from what the apps declare in the modules of this table."""

from __future__ import annotations

from importlib import import_module

from kolektor.api.kits import CONSOLE, MEMBER, NETWORK

MODULES = (
    "tenants.program.graphql.member.queries",
    "tenants.program.graphql.console.queries",
    "tenants.program.graphql.console.update_branding",
    "tenants.program.graphql.console.update_program",
    "tenants.members.graphql.member.queries",
    "tenants.members.graphql.member.consents",
    "tenants.members.graphql.member.set_consent",
    "tenants.members.graphql.member.update_profile",
    "tenants.members.graphql.console.queries",
    "tenants.messaging.graphql.member.queries",
    "tenants.messaging.graphql.member.read_message",
    "tenants.messaging.graphql.console.queries",
    "tenants.messaging.graphql.console.save_message_template",
    "tenants.messaging.graphql.console.restore_message_template",
    "tenants.messaging.graphql.console.set_message_sender",
    "tenants.ledger.graphql.member.queries",
    "tenants.sales.graphql.console.queries",
    "tenants.sales.graphql.console.commit_import",
    "tenants.sales.graphql.console.discard_import",
    "tenants.sales.graphql.console.check_import",
    "tenants.sales.graphql.console.fix_import",
    "tenants.sales.graphql.console.stop_import",
    "tenants.sales.graphql.console.retry_import",
    "tenants.sales.graphql.console.revert_import",
    "tenants.sales.graphql.console.forget_import_source",
    "tenants.sales.graphql.console.product_queries",
    "tenants.sales.graphql.console.save_product",
    "tenants.sales.graphql.console.file_products",
    "tenants.sales.graphql.console.match_goods",
    "tenants.sales.graphql.console.forget_goods",
    "tenants.sales.graphql.console.match_buyer",
    "tenants.sales.graphql.console.enroll_buyer",
    "tenants.sales.graphql.console.forget_buyer",
    "tenants.rules.graphql.console.queries",
    "tenants.rules.graphql.console.save_rule_draft",
    "tenants.rules.graphql.console.publish_rule",
    "tenants.rules.graphql.console.end_rule",
    "tenants.rules.graphql.console.discard_rule_draft",
    "tenants.partners.graphql.console.queries",
    "tenants.partners.graphql.console.set_partner_enabled",
    "tenants.partners.graphql.console.set_low_balance",
    "catalog.rewards.graphql.member.queries",
    "catalog.rewards.graphql.console.queries",
    "catalog.rewards.graphql.console.change_reward",
    "catalog.rewards.graphql.console.create_pool_reward",
    "catalog.rewards.graphql.console.sync_catalog",
    "catalog.fulfillment.graphql.member.queries",
    "catalog.fulfillment.graphql.member.place_order",
    "catalog.fulfillment.graphql.member.reveal_voucher",
    "catalog.fulfillment.graphql.member.mark_voucher_used",
    "catalog.fulfillment.graphql.console.queries",
    "catalog.fulfillment.graphql.console.check_order",
    "tenants.insight.graphql.member.queries",
    "tenants.insight.graphql.console.queries",
    "tenants.insight.graphql.console.member_queries",
    "tenants.insight.graphql.console.document_queries",
    "tenants.insight.graphql.console.list_exports",
    "tenants.insight.graphql.console.ask_list_export",
    "tenants.insight.graphql.console.program_queries",
    "tenants.insight.graphql.console.cockpit",
    "tenants.insight.graphql.console.adjust_points",
    "kolektor.reporting.graphql.network.queries",
    "kolektor.reporting.graphql.network.exports",
    "kolektor.reporting.graphql.network.ask_export",
)
for _module in MODULES:
    import_module(_module)

MEMBER_SCHEMA = MEMBER.build()
CONSOLE_SCHEMA = CONSOLE.build()
NETWORK_SCHEMA = NETWORK.build()
SCHEMAS = {"member": MEMBER_SCHEMA, "console": CONSOLE_SCHEMA, "network": NETWORK_SCHEMA}
