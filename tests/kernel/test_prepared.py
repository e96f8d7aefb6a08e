"""A prepared query gives what the QuerySet gives."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from catalog.rewards.models import Reward
from kolektor.kernel.prepared import Prepared, Slot
from kolektor.network.models import Wholesaler
from tenants.members.models import Firm, Member
from tests.support_data import build


def fields_of(instance: Any) -> dict[str, Any]:
    return {field.attname: getattr(instance, field.attname) for field in instance._meta.concrete_fields}


def test_an_instance_with_its_relation(alfa: Any, django_assert_num_queries: Any) -> None:
    prepared = Prepared(lambda: Wholesaler.objects.select_related("network").filter(domains__domain=Slot("host")))
    expected = Wholesaler.objects.select_related("network").get(pk=alfa.pk)
    prepared.first(host="alfa.kolektor.localhost")
    with django_assert_num_queries(1):
        found = prepared.first(host="alfa.kolektor.localhost")
        assert found is not None
        assert fields_of(found) == fields_of(expected)
        assert fields_of(found.network) == fields_of(expected.network)
    assert not found._state.adding and found._state.db == "default"
    assert prepared.first(host="nobody.example") is None


def test_a_null_relation_and_converted_columns(in_alfa: Any) -> None:
    joined = datetime(2026, 1, 2, tzinfo=UTC).date()
    firm = Firm.objects.create(name="Firma", nip="5260250274")
    with_firm = Member.objects.create(person_id="00000000-0000-4000-8000-000000000001", firm=firm, joined_on=joined)
    alone = Member.objects.create(person_id="00000000-0000-4000-8000-000000000002", joined_on=joined)
    prepared = Prepared(lambda: Member.objects.select_related("firm").filter(person_id=Slot("person")))
    for member in (with_firm, alone):
        found = prepared.first(person=member.person_id)
        assert found is not None
        assert fields_of(found) == fields_of(Member.objects.get(pk=member.pk))
        assert found.firm == member.firm


def test_money_and_json_come_as_the_model_has_them(in_alfa: Any) -> None:
    build(in_alfa, "a")
    reward = Reward.objects.order_by("pk")[0]
    found = Prepared(lambda: Reward.objects.filter(pk=Slot("id"))).first(id=reward.pk)
    assert found is not None
    assert fields_of(found) == fields_of(reward)
    assert found.minimum is None or isinstance(found.minimum, Decimal)


def test_a_slot_without_value_is_a_mistake(in_alfa: Any) -> None:
    with pytest.raises(KeyError):
        Prepared(lambda: Member.objects.filter(person_id=Slot("person"))).first(somebody=1)
