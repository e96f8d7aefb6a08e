"""My sessions: the list and its ends, on the `id.` host only."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from kolektor.audit.models import AuditEntry
from kolektor.identity.clients import id_host
from kolektor.identity.models import HostSession, Person
from kolektor.identity.services import ensure_person
from kolektor.kernel import clock
from kolektor.kernel.tenant import public_context
from tests.api.client import HostClient, session_key

ALFA, BETA = "alfa.kolektor.localhost", "beta.kolektor.localhost"
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 "
    "Mobile/15E148 Safari/604.1"
)


@pytest.fixture
def person(alfa: Any, beta: Any) -> Person:
    return ensure_person(email="jan@example.com", password="correct-horse-battery")


def listed(client: HostClient) -> list[dict[str, Any]]:
    answer = client.get("/api/sessions")
    assert answer.status_code == 200, answer.content
    found: list[dict[str, Any]] = json.loads(answer.content)["sessions"]
    return found


def test_all_sessions_are_listed_with_this_one_marked(person: Person) -> None:
    here = HostClient(id_host(), session_key(person, id_host()))
    for host in (ALFA, BETA, "hq.proba.kolektor.localhost"):
        session_key(person, host)
    session_key(ensure_person(email="other@example.com"), ALFA)
    rows = listed(here)
    assert sorted((row["host"], row["kind"], row["present"]) for row in rows) == [
        (ALFA, "wholesaler", False), (BETA, "wholesaler", False), ("hq.proba.kolektor.localhost", "network", False),
        (id_host(), "sso", True),
    ]  # fmt: skip
    keys = set(HostSession.objects.values_list("session_key", flat=True))
    assert not keys & {row["id"] for row in rows}  # an id opens nothing


def test_a_device_is_told_by_its_browser(person: Person) -> None:
    client = HostClient(id_host())
    client.client.defaults["HTTP_USER_AGENT"] = PHONE
    client.post("/auth/password", {"email": "jan@example.com", "password": "correct-horse-battery"})
    (row,) = listed(client)
    assert (row["browser"], row["system"]) == ("Mobile Safari", "iOS")


def test_when_it_was_last_seen(person: Person) -> None:
    client = HostClient(id_host(), session_key(person, id_host()))
    began = clock.now()
    for minutes, kept in ((5, 0), (20, 20), (30, 20)):
        with time_machine.travel(began + timedelta(minutes=minutes), tick=False):
            client.get("/session")
        seen = HostSession.objects.get(host=id_host()).last_seen_at
        assert abs(seen - began - timedelta(minutes=kept)) < timedelta(seconds=20)


def test_one_session_is_ended_and_the_others_stay(person: Person) -> None:
    here = HostClient(id_host(), session_key(person, id_host()))
    there, stays = session_key(person, ALFA), session_key(person, BETA)
    row = next(row for row in listed(here) if row["host"] == ALFA)
    assert here.post("/api/sessions/revoke", {"id": row["id"]}).status_code == 200
    assert not json.loads(HostClient(ALFA, there).get("/session").content)["authenticated"]
    assert json.loads(HostClient(BETA, stays).get("/session").content)["authenticated"]
    assert here.post("/api/sessions/revoke", {"id": row["id"]}).status_code == 404
    with public_context():
        entry = AuditEntry.objects.get(action="person.session_revoked")
    assert (entry.object_id, entry.actor, entry.data) == (str(person.pk), person.pk, {"host": ALFA})


def test_a_strangers_session_is_not_found(person: Person) -> None:
    here = HostClient(id_host(), session_key(person, id_host()))
    other = ensure_person(email="other@example.com")
    theirs = HostClient(id_host(), session_key(other, id_host()))
    foreign = here.post("/api/sessions/revoke", {"id": listed(theirs)[0]["id"]})
    nonsense = here.post("/api/sessions/revoke", {"id": "x"})
    assert (foreign.status_code, foreign.content) == (404, nonsense.content)
    assert len(listed(theirs)) == 1


def test_a_wholesalers_host_learns_of_no_session(person: Person) -> None:
    session_key(person, BETA)
    client = HostClient(ALFA, session_key(person, ALFA))
    for path in ("/api/sessions", "/account", "/dev/messages"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert "beta" not in answer.content.decode().lower()
    for stranger in (HostClient(id_host()), HostClient(id_host(), session_key(person, ALFA))):
        assert stranger.get("/api/sessions").status_code == 401
        assert stranger.post("/api/sessions/revoke", {"id": "x"}).status_code == 401


def test_an_ended_session_is_not_listed(person: Person) -> None:
    here = HostClient(id_host(), session_key(person, id_host()))
    key = session_key(person, ALFA)
    HostSession.objects.filter(session_key=key).update(expire_date=clock.now())
    assert [row["host"] for row in listed(here)] == [id_host()]
