"""Partners at the console."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import CONSOLE
from kolektor.api.permissions import reads_program
from tenants.partners import selectors
from tenants.partners.graphql.console.types import Partner, partner_types


@CONSOLE.query(graphene.NonNull(graphene.List(graphene.NonNull(Partner))), permission=reads_program)
def partners(_info: Any) -> list[Partner]:
    """All partners, by name."""
    return partner_types(list(selectors.connections()))
