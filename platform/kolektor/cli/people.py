"""`kolektor person take-off-second-factor`, `grant-network-role`, `revoke-network-role`."""

from __future__ import annotations

from typing import Annotated

import typer

from kolektor.cli import boot
from kolektor.cli.common import JsonOption, require_tables
from kolektor.cli.output import emit_json, refusals, say


def take_off_second_factor(
    email: Annotated[str, typer.Argument(help="The person's e-mail.")],
    reason: Annotated[str, typer.Option("--reason", help="How you made sure who asks; kept in the audit trail.")],
    json: JsonOption = False,
) -> None:
    """Take app, passkeys and recovery codes off somebody who has lost them all. The person is told by mail."""
    boot.start()
    require_tables()
    from kolektor.identity import second_factor
    from kolektor.identity.models import Person
    from kolektor.kernel.errors import DomainError, NotFound
    from kolektor.kernel.fields import same_address
    from kolektor.kernel.tenant import public_context

    with refusals(as_json=json), public_context():
        if not reason.strip():
            raise DomainError("REASON_MISSING", field="reason")
        person = Person.objects.filter(same_address(email.strip())).first()
        if person is None:
            raise NotFound("email")
        count = second_factor.take_off(person, reason=reason.strip()[:300])
    if json:
        emit_json({"email": person.email, "takenOff": count})
    else:
        say(
            f"{count} taken off {person.email}, who signs in with one factor now and adds a new one before a console opens."
        )


def _network_role(email: str, network: str, role: str, *, give: bool, json: bool) -> None:
    boot.start()
    require_tables()
    from kolektor.identity.models import Person
    from kolektor.identity.services import ensure_person
    from kolektor.kernel.errors import NotFound
    from kolektor.kernel.fields import same_address
    from kolektor.kernel.tenant import public_context
    from kolektor.network import selectors, services

    with refusals(as_json=json), public_context():
        found = selectors.network_named(network)
        if found is None:
            raise NotFound("network")
        if give:
            person = ensure_person(email=email.strip())
            services.grant_network_role(network=found, person_id=person.pk, role=role)
        else:
            known = Person.objects.filter(same_address(email.strip())).first()
            if known is None:
                raise NotFound("email")
            person = known
            services.revoke_network_role(network=found, person_id=person.pk, role=role)
    if json:
        emit_json({"email": person.email, "network": network, "role": role, "held": give})
    else:
        say(f"{person.email} is {role} of {found.name} {'now' if give else 'no more'}.")


def grant_network_role(
    email: Annotated[str, typer.Argument(help="The person's e-mail; an account is made if there is none.")],
    network: Annotated[str, typer.Option("--network", help="The network's slug.")],
    role: Annotated[str, typer.Option("--role", help="analyst, buyer, finance or director.")],
    json: JsonOption = False,
) -> None:
    """Give somebody a role at headquarters. They add a second factor before it opens."""
    _network_role(email, network, role, give=True, json=json)


def revoke_network_role(
    email: Annotated[str, typer.Argument(help="The person's e-mail.")],
    network: Annotated[str, typer.Option("--network", help="The network's slug.")],
    role: Annotated[str, typer.Option("--role", help="analyst, buyer, finance or director.")],
    json: JsonOption = False,
) -> None:
    """Take a role at headquarters away, at once."""
    _network_role(email, network, role, give=False, json=json)
