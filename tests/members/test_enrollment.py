"""Members made from buyers that an import found."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kolektor.identity.models import Person
from kolektor.kernel.errors import DomainError
from kolektor.network.models import Passport
from tenants.members import selectors, services
from tenants.members.models import Firm, Member
from tenants.members.services import Buyer

DAY = date(2026, 3, 1)


def enroll(**facts: Any) -> Member:
    return services.enroll_buyer(buyer=Buyer(**facts), joined_on=DAY)


def test_a_buyer_becomes_firm_and_member(in_alfa: Any) -> None:
    member = enroll(nip="5260250274", email="biuro@firma.example", name="Firma sp. z o.o.")
    assert (member.firm and member.firm.nip, member.name, member.joined_on) == ("5260250274", "Firma sp. z o.o.", DAY)
    assert Passport.objects.get(person_id=member.person_id).roles == ["member"]


def test_two_firms_with_one_contact_address_get_a_member_each(in_alfa: Any) -> None:
    first = enroll(nip="5260250274", email="ksiegowa@biuro.example", name="Pierwsza")
    second = enroll(nip="7740001454", email="ksiegowa@biuro.example", name="Druga")
    assert first.pk != second.pk
    assert second.firm is not None
    assert second.firm.nip == "7740001454"
    assert Person.objects.get(pk=second.person_id).email.endswith(".invalid")


def test_enrolling_again_gives_the_same_member(in_alfa: Any) -> None:
    assert enroll(nip="5260250274", name="A").pk == enroll(nip="5260250274", name="A").pk
    assert Firm.objects.count() == Member.objects.count() == 1


@pytest.mark.parametrize(
    ("facts", "code"),
    [({"name": "Nikt"}, "BUYER_UNIDENTIFIED"), ({"nip": "1234567890"}, "BAD_NIP"), ({"email": "x@"}, "BAD_EMAIL")],
)
def test_a_buyer_that_cannot_be_known_is_refused(in_alfa: Any, facts: dict[str, str], code: str) -> None:
    with pytest.raises(DomainError) as refused:
        enroll(**facts)
    assert refused.value.code == code
    assert not Member.objects.exists()


def test_roles_are_of_this_wholesaler_only(alfa: Any, beta: Any) -> None:
    from kolektor.identity.services import ensure_person
    from kolektor.kernel.tenant import tenant_context

    person = ensure_person(email="a@example.com")
    with tenant_context(alfa):
        services.grant_role(person=person, role="program_admin")
        assert selectors.roles_of(person.pk) == ("program_admin",)
        with pytest.raises(DomainError, match="UNKNOWN_ROLE"):
            services.grant_role(person=person, role="king")
    with tenant_context(beta):
        assert selectors.roles_of(person.pk) == ()
