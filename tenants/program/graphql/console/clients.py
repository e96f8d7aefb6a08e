"""Shops and apps that sign people in through the sign-on, for the program's admins."""

from __future__ import annotations

from typing import Any

import graphene

from kolektor.api.kits import CONSOLE
from kolektor.api.permissions import reads_program
from kolektor.api.schema import Type
from kolektor.identity.clients import id_host, origin
from kolektor.identity.oidc.outside_clients import ClientFacts
from tenants.program import outside_clients as registered


class OutsideClient(Type):
    """A shop or app of the wholesaler that signs people in by OpenID Connect."""

    class Meta:
        kit = CONSOLE

    id = graphene.ID(required=True, description="The client_id.")
    name = graphene.String(required=True, description="People read it where they are asked for consent.")
    kind = graphene.String(required=True, description="web or native.")
    redirect_uris = graphene.List(graphene.NonNull(graphene.String), required=True)
    logout_uri = graphene.String(required=True, description="Back-channel logout; empty: never told.")
    issuer = graphene.String(required=True, description="Where discovery begins.")
    created_at = graphene.DateTime(required=True)


def client_type(facts: ClientFacts) -> OutsideClient:
    """A client as the console reads it."""
    return OutsideClient(
        id=facts.id,
        name=facts.name,
        kind=facts.kind,
        redirect_uris=list(facts.redirect_uris),
        logout_uri=facts.logout_uri,
        issuer=origin(id_host()),
        created_at=facts.created_at,
    )


@CONSOLE.query(graphene.NonNull(graphene.List(graphene.NonNull(OutsideClient))), permission=reads_program)
def outside_clients(_info: Any) -> list[OutsideClient]:
    """Shops and apps that were registered here, the oldest first."""
    return [client_type(facts) for facts in registered.clients()]
