"""Whether people may ask to join by themselves."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import CONSOLE
from kolektor.api.permissions import reads_program
from kolektor.api.schema import Type
from tenants.program import selectors
from tenants.program.models import ProgramSettings


class Registration(Type):
    """Self-registration, and what applicants confirm."""

    class Meta:
        kit = CONSOLE

    mode = graphene.String(required=True, description="closed, reviewed or open.")
    criteria_pl = graphene.String(required=True)
    criteria_en = graphene.String(required=True)


def registration_type(row: ProgramSettings) -> Registration:
    """As the console reads it."""
    return Registration(mode=row.registration, criteria_pl=row.criteria_pl, criteria_en=row.criteria_en)


@CONSOLE.query(graphene.NonNull(Registration), permission=reads_program)
def registration(_info: Any) -> Registration:
    """How one joins by oneself."""
    return registration_type(selectors.settings())
