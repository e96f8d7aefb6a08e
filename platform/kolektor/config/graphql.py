"""The three GraphQL schemas, built from what the apps declare."""

from __future__ import annotations

import tenants.insight.graphql.console.queries
import tenants.insight.graphql.member.queries
import tenants.ledger.graphql.member.queries
import tenants.members.graphql.console.queries
import tenants.members.graphql.member.queries
import tenants.program.graphql.console.queries
import tenants.program.graphql.member.queries
import tenants.rules.graphql.console.queries
import tenants.sales.graphql.console.commit_import
import tenants.sales.graphql.console.discard_import
import tenants.sales.graphql.console.queries  # noqa: F401
from kolektor.api.kits import CONSOLE, MEMBER, NETWORK

MEMBER_SCHEMA = MEMBER.build()
CONSOLE_SCHEMA = CONSOLE.build()
NETWORK_SCHEMA = NETWORK.build()
SCHEMAS = {"member": MEMBER_SCHEMA, "console": CONSOLE_SCHEMA, "network": NETWORK_SCHEMA}
