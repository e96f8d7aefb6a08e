"""From headquarters' wish to the first sign-in, suspended and resumed, closed: each step, and each that is not allowed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.test import override_settings

from kolektor.audit.models import AuditEntry
from kolektor.config import hosts, tasks
from kolektor.identity.models import Person
from kolektor.identity.services import ensure_person
from kolektor.kernel import clock
from kolektor.kernel.errors import DomainError, NotFound
from kolektor.kernel.tenant import public_context, tenant_context
from kolektor.network import life_cycle, provisioning, selectors
from kolektor.network.models import Network, Opening, Wholesaler
from tenants.insight import daily, opening
from tenants.members import selectors as members_reads
from tenants.members import services as members
from tenants.members import staff
from tenants.program import selectors as program
from tests.api.client import HostClient, session_key
from tests.support_data import build

State = Wholesaler.State
GOOD = {
    "slug": "delta", "name": "Delta  Hurt", "nip": "774-000-14-54", "admin_name": "Anna Delta",
    "admin_email": "Anna@Delta.example",
}  # fmt: skip


@pytest.fixture
def network(db: None) -> Network:
    found = selectors.network_named("proba")
    assert found is not None
    return found


@pytest.fixture
def director(db: None) -> Person:
    return ensure_person(email="director@example.com", first_name="Dorota", last_name="Dyrektor")


def ask(network: Network, director: Person, **changes: str) -> Wholesaler:
    return life_cycle.request(network=network, actor=director.pk, **{**GOOD, **changes})


def code_of(deed: Callable[[], Any]) -> str:
    with pytest.raises(DomainError) as refused:
        deed()
    return refused.value.code


class TestRequest:
    def test_what_is_asked_for_waits_for_the_provisioner(self, network: Network, director: Person) -> None:
        row = ask(network, director)
        assert (row.slug, row.name, row.state, row.schema_name) == ("delta", "Delta Hurt", State.REQUESTED, "w_delta")
        [waiting] = life_cycle.waiting()
        assert (waiting.wholesaler_id, waiting.nip, waiting.admin_email) == (row.pk, "7740001454", "anna@delta.example")
        # its host does not answer yet
        assert HostClient("delta.kolektor.localhost").get("/").status_code == 404
        entry = AuditEntry.objects.get(object_type="network", action="wholesaler.requested")
        assert (entry.actor, entry.data["name"]) == (director.pk, "Delta Hurt")

    @pytest.mark.parametrize(
        ("code", "changes"),
        [
            ("SLUG_TAKEN", {"slug": "alfa"}), ("SLUG_TAKEN", {"slug": "gamma"}), ("SLUG_RESERVED", {"slug": "id"}),
            ("BAD_SLUG", {"slug": "Zażółć"}), ("BAD_SLUG", {"slug": ""}), ("NAME_MISSING", {"name": " "}),
            ("NAME_TOO_LONG", {"name": "x" * 121}), ("BAD_NIP", {"nip": "123"}), ("NAME_MISSING", {"admin_name": ""}),
            ("BAD_EMAIL", {"admin_email": "anna"}),
        ],
    )  # fmt: skip
    def test_bad_input_is_refused_and_nothing_kept(
        self, network: Network, director: Person, code: str, changes: dict[str, str]
    ) -> None:
        before = Wholesaler.objects.count()
        assert code_of(lambda: ask(network, director, **changes)) == code
        assert (Wholesaler.objects.count(), Opening.objects.count()) == (before, 0)

    def test_a_few_wait_at_once_and_no_more(self, network: Network, director: Person) -> None:
        for number in range(life_cycle.MOST_WAITING):
            ask(network, director, slug=f"delta-{number}")
        assert code_of(lambda: ask(network, director, slug="epsilon")) == "TOO_MANY_WAITING"

    def test_what_was_asked_for_can_be_taken_back(self, network: Network, director: Person, alfa: Any) -> None:
        row = ask(network, director)
        life_cycle.withdraw(network=network, wholesaler_id=row.pk, actor=director.pk)
        assert (life_cycle.waiting(), Wholesaler.objects.get(pk=row.pk).state) == ([], State.ERASED)
        # nothing that goes through the schemas comes by there
        assert "delta" not in [found.slug for found in selectors.active_wholesalers()]
        tasks.sweep()
        deed: dict[str, Any] = {"network": network, "actor": director.pk}
        assert code_of(lambda: life_cycle.withdraw(**deed, wholesaler_id=alfa.pk)) == "WRONG_STATE"
        assert code_of(lambda: ask(network, director)) == "SLUG_TAKEN"
        # one that has a schema already is closed
        Wholesaler.objects.filter(pk=alfa.pk).update(state=State.PROVISIONED)
        life_cycle.withdraw(**deed, wholesaler_id=alfa.pk)
        assert Wholesaler.objects.get(pk=alfa.pk).state == State.CLOSED

    def test_a_slug_that_gives_the_schema_of_another_is_taken(self, network: Network, director: Person) -> None:
        ask(network, director, slug="delta-hurt")
        Wholesaler.objects.filter(slug="delta-hurt").update(slug="delta-hurt-old")
        assert code_of(lambda: ask(network, director, slug="delta-hurt")) == "SLUG_TAKEN"


@pytest.fixture
def as_owner(committed: None) -> Iterator[Network]:
    """The provisioner's role and committed data, cleaned up afterwards."""
    user = connection.settings_dict["USER"]
    connection.close()
    connection.settings_dict["USER"] = "kolektor_owner"
    found = selectors.network_named("proba")
    assert found is not None
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        mail.outbox = []
        yield found
    with public_context():
        for row in list(Wholesaler.objects.filter(slug__startswith="delta")):
            with connection.cursor() as cursor:
                cursor.execute(f'DROP SCHEMA IF EXISTS "{row.schema_name}" CASCADE')
            Opening.objects.filter(pk=row.pk).delete()
            row.passports.all().delete()
            row.domains.all().delete()
            Wholesaler.objects.filter(pk=row.pk)._raw_delete("default")
        Person.objects.filter(email__endswith="delta.example").delete()
    connection.close()
    connection.settings_dict["USER"] = user


class TestProvisioner:
    def test_it_makes_what_was_asked_for_with_its_first_administrator(self, as_owner: Network) -> None:
        director = ensure_person(email="director@delta.example")
        row = ask(as_owner, director)
        assert opening.run_once() == 1
        found = selectors.wholesaler_named("delta")
        assert found is not None and found.state == State.LIVE
        with tenant_context(found):
            assert (program.settings().name, program.settings().nip) == ("Delta Hurt", "7740001454")
            [admin] = staff.staff()
        assert (admin.name, admin.email, admin.roles) == ("Anna Delta", "anna@delta.example", ("program_admin",))
        [message] = mail.outbox
        assert message.to == ["anna@delta.example"] and as_owner.name in str(message.body)
        assert Opening.objects.get(pk=row.pk).done_at is not None
        # the console opens for her, and not for who only asked for it
        anna = Person.objects.get(email="anna@delta.example")
        host = "delta.kolektor.localhost"
        query = "{ program { name } }"
        status, body = HostClient(host, session_key(anna, host)).graphql("console", query, {})
        assert (status, body["data"]["program"]["name"]) == (200, "Delta Hurt")
        status, _ = HostClient(host, session_key(director, host)).graphql("console", query, {})
        assert status == 403
        # again changes nothing
        assert opening.run_once() == 0

    @pytest.mark.parametrize("step", ["schema", "administrator", "open"])
    def test_it_goes_on_where_it_was_cut_off(
        self, as_owner: Network, monkeypatch: pytest.MonkeyPatch, step: str
    ) -> None:
        ask(as_owner, ensure_person(email="director@delta.example"))
        with monkeypatch.context() as broken:

            def fail(*_: Any, **__: Any) -> Any:
                raise RuntimeError("cut off")

            target, name = {
                "schema": (provisioning, "grant_rights"), "administrator": (staff, "add"), "open": (provisioning, "go_live"),
            }[step]  # fmt: skip
            broken.setattr(target, name, fail)
            assert opening.run_once() == 0
        row = Opening.objects.get()
        assert (row.attempts, row.failure, row.done_at) == (1, "RuntimeError", None)
        assert HostClient("delta.kolektor.localhost").get("/").status_code == 404
        # not before its time
        assert opening.run_once() == 0
        Opening.objects.update(next_try_at=clock.now() - timedelta(seconds=1))
        assert opening.run_once() == 1
        found = selectors.wholesaler_named("delta")
        assert found is not None and found.state == State.LIVE
        with tenant_context(found):
            assert len(staff.staff()) == 1

    def test_one_that_fails_stops_no_other(self, as_owner: Network, monkeypatch: pytest.MonkeyPatch) -> None:
        director = ensure_person(email="director@delta.example")
        ask(as_owner, director, slug="delta-1")
        ask(as_owner, director, slug="delta-2")
        real = provisioning.build_schema

        def fail_for_the_first(wholesaler: Wholesaler) -> None:
            if wholesaler.slug == "delta-1":
                raise RuntimeError("no room")
            real(wholesaler)

        monkeypatch.setattr(provisioning, "build_schema", fail_for_the_first)
        assert opening.run_once() == 1
        assert {row.slug: row.state for row in life_cycle.listed(as_owner) if row.slug.startswith("delta")} == {
            "delta-1": State.REQUESTED, "delta-2": State.LIVE,
        }  # fmt: skip


@pytest.fixture
def no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hosts are looked up anew at each request."""
    monkeypatch.setattr(hosts, "_known", {})
    monkeypatch.setattr("django.conf.settings.HOST_CACHE_SECONDS", 0)


class TestSuspended:
    def test_everything_is_read_and_nothing_changed(
        self, alfa: Any, network: Network, director: Person, no_memory: None
    ) -> None:
        world = build(alfa, "a")
        life_cycle.suspend(network=network, wholesaler_id=alfa.pk, reason="Zaległe faktury", actor=director.pk)
        member = HostClient(world.host, session_key(world.person, world.host))
        status, body = member.graphql("member", "{ balance { available } }", {})
        assert (status, body.get("errors")) == (200, None)
        assert json.loads(member.get("/session").content)["readOnly"] is True
        consent = 'mutation { setConsent(input: {kind: "sms", given: false, textVersion: "x"}) { errors { code } } }'
        _, body = member.graphql("member", consent, {})
        assert body["data"]["setConsent"]["errors"] == [{"code": "READ_ONLY"}]
        admin = HostClient(world.host, session_key(world.admin, world.host))
        _, body = admin.graphql("console", "{ members { totalCount } }", {})
        assert body["data"]["members"]["totalCount"] >= 1
        for client, path in ((admin, "/api/console/imports"), (member, "/api/invitations"), (member, "/api/claims")):
            answer = client.post(path, {})
            assert (answer.status_code, json.loads(answer.content)["errors"][0]["code"]) == (403, "READ_ONLY")
        # signing out is no change of the program
        assert member.post("/auth/logout", {}).status_code == 200
        life_cycle.resume(network=network, wholesaler_id=alfa.pk, actor=director.pk)
        member = HostClient(world.host, session_key(world.person, world.host))
        _, body = member.graphql("member", consent, {})
        assert body["data"]["setConsent"]["errors"] != [{"code": "READ_ONLY"}]
        assert json.loads(member.get("/session").content)["readOnly"] is False

    def test_nothing_ends_while_people_can_do_nothing_about_it(
        self, alfa: Any, network: Network, director: Person, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        ran: list[str] = []

        def run() -> bool:
            ran.append(connection.schema_name)  # type: ignore[attr-defined]
            return False

        monkeypatch.setattr(daily, "run", run)
        life_cycle.suspend(network=network, wholesaler_id=alfa.pk, reason="Przerwa", actor=director.pk)
        tasks.sweep()
        assert "w_alfa" not in ran and "w_beta" in ran
        life_cycle.resume(network=network, wholesaler_id=alfa.pk, actor=director.pk)
        tasks.sweep()
        assert "w_alfa" in ran

    def test_a_closed_one_answers_nobody_and_is_on_no_list(
        self, alfa: Any, network: Network, director: Person, no_memory: None
    ) -> None:
        person = ensure_person(email="jan@example.com")
        with tenant_context(alfa):
            members.enroll(person=person)
        deed: dict[str, Any] = {"network": network, "wholesaler_id": alfa.pk, "reason": "Koniec", "actor": director.pk}
        assert code_of(lambda: life_cycle.close(**deed, slug="alfa")) == "WRONG_STATE"
        life_cycle.suspend(**deed)
        assert code_of(lambda: life_cycle.close(**deed, slug="beta")) == "SLUG_MISTYPED"
        assert [card.slug for card in selectors.passports_of(person.pk)] == ["alfa"]
        life_cycle.close(**deed, slug=" Alfa ")
        assert HostClient("alfa.kolektor.localhost").get("/").status_code == 404
        assert selectors.passports_of(person.pk) == []
        with tenant_context(alfa):
            assert members_reads.member_of(person.pk) is not None
        assert code_of(lambda: life_cycle.suspend(**deed)) == "WRONG_STATE"
        del deed["reason"]
        assert code_of(lambda: life_cycle.resume(**deed)) == "WRONG_STATE"

    def test_the_steps_are_in_the_timeline_with_their_reason(
        self, alfa: Any, network: Network, director: Person
    ) -> None:
        deed: dict[str, Any] = {"network": network, "wholesaler_id": alfa.pk, "actor": director.pk}
        assert code_of(lambda: life_cycle.suspend(**deed, reason=" ")) == "REASON_MISSING"
        life_cycle.suspend(**deed, reason="Zaległe  faktury")
        life_cycle.resume(**deed)
        rows = AuditEntry.objects.filter(object_type="network", object_id=str(network.pk), actor=director.pk)
        assert [(row.action, row.data.get("reason", "")) for row in rows.order_by("id")] == [
            ("wholesaler.suspended", "Zaległe faktury"), ("wholesaler.resumed", ""),
        ]  # fmt: skip

    def test_another_networks_wholesaler_does_not_exist(self, network: Network, director: Person) -> None:
        gamma = selectors.wholesaler_named("gamma")
        assert gamma is not None
        for wholesaler_id in (gamma.pk, UUID(int=7)):
            with pytest.raises(NotFound):
                life_cycle.suspend(network=network, wholesaler_id=wholesaler_id, reason="x", actor=director.pk)


def test_the_web_and_the_workers_have_no_right_to_make_a_schema(alfa: Any) -> None:
    assert connection.settings_dict["USER"] == "kolektor_app"
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA w_mine")
