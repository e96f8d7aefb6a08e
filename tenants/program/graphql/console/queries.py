"""The program, for its staff."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import CONSOLE
from kolektor.api.permissions import reads_offer, works_here
from tenants.program import selectors
from tenants.program.graphql.console.types import Branding, Program, branding_type, program_type


@CONSOLE.query(graphene.NonNull(Program), permission=works_here)
def program(_info: Any) -> Program:
    """The program of this host."""
    return program_type(selectors.settings())


@CONSOLE.query(graphene.NonNull(Branding), permission=reads_offer)
def branding(_info: Any) -> Branding:
    """The look of this host."""
    return branding_type(selectors.branding())
