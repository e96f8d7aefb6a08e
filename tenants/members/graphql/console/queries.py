"""Who is signed in at the console."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import CONSOLE
from kolektor.api.permissions import actor_of, works_here
from kolektor.api.schema import Type


class Viewer(Type):
    """The staff member who is signed in."""

    class Meta:
        kit = CONSOLE

    name = graphene.String(required=True)
    email = graphene.String(required=True)
    roles = graphene.List(graphene.NonNull(graphene.String), required=True)
    language = graphene.String(required=True)


@CONSOLE.query(graphene.NonNull(Viewer), permission=works_here)
def viewer(info: Any) -> Viewer:
    """The staff member who is signed in."""
    user = info.context.user
    return Viewer(
        name=user.get_full_name(),
        email=user.email,
        roles=sorted(actor_of(info.context).roles),
        language=user.language,
    )
