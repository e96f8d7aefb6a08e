"""The three schemas. Types and operations add themselves; `kolektor.config.graphql` builds."""

from __future__ import annotations

from kolektor.api.schema import SchemaKit
from kolektor.api.timeline import timeline_type

MEMBER = SchemaKit("member")
CONSOLE = SchemaKit("console")
NETWORK = SchemaKit("network")

MemberTimelineEvent = timeline_type(MEMBER)
ConsoleTimelineEvent = timeline_type(CONSOLE)
NetworkTimelineEvent = timeline_type(NETWORK)
