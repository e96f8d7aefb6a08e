"""Every GraphQL operation and every path: succeeds at home, refused elsewhere.

The cases are generated from the SDLs and the URL maps. An operation or a path without a row fails here. For each one:
1. at A, with A's session and A's ids, it succeeds (otherwise the refusals below would prove nothing);
2. at B, with A's session cookie, it is as if nobody were signed in;
3. at B, signed in at B, with A's ids, A's objects do not exist;
4. at A, without a session, with a stranger's and with one of another role, it is refused.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

import pytest
from graphql import build_schema

from kolektor.identity.services import ensure_person
from kolektor.kernel.tenant import tenant_context
from kolektor.network.models import Wholesaler
from kolektor.network.selectors import network_named
from kolektor.network.services import grant_network_role
from tenants.members.models import Consent, Member
from tenants.messaging.models import Sender, TemplateOverride
from tenants.program.models import Branding, ProgramSettings
from tenants.sales.models import Product
from tests import tally
from tests.api.client import HostClient, session_key
from tests.isolation.rows import HOSTS, NO_ID, ROWS, SSO_HOST, TEMPLATE, WITHOUT_IDS, invitation_of
from tests.isolation.selections import operation, roots
from tests.support_data import REPOSITORY, World, build


def cases() -> list[tuple[str, str, str]]:
    found = []
    for name in ROWS:
        schema = build_schema((REPOSITORY / "frontend" / "schema" / f"{name}.graphql").read_text("utf-8"))
        found += [(name, kind, operation_name) for kind, operation_name, _ in roots(schema)]
    return found


def field_of(schema_name: str, name: str) -> Any:
    schema = build_schema((REPOSITORY / "frontend" / "schema" / f"{schema_name}.graphql").read_text("utf-8"))
    return next(field for _, found, field in roots(schema) if found == name)


def count(what: str) -> None:
    tally.count("isolation", what)


@pytest.fixture
def worlds(alfa: Any, beta: Any) -> tuple[World, World]:
    """A and B in one network; the same installer is a member of both."""
    home = build(alfa, "a")
    return home, build(beta, "b", person=home.person)


def succeeded(answer: tuple[int, dict[str, Any]], name: str) -> bool:
    status, body = answer
    if status != 200 or body.get("errors") or body["data"][name] is None:
        return False
    payload = body["data"][name]
    return not (isinstance(payload, dict) and payload.get("errors"))


def test_every_operation_has_a_row() -> None:
    assert {(schema, name) for schema, _, name in cases()} == {
        (schema, name) for schema, rows in ROWS.items() for name in rows
    }


@pytest.mark.parametrize(("schema", "kind", "name"), [case for case in cases() if case[0] != "network"])
def test_operation_stays_at_home(worlds: tuple[World, World], schema: str, kind: str, name: str) -> None:
    home, other = worlds
    person = home.person if schema == "member" else home.admin
    text, variables = operation(kind, name, field_of(schema, name), ROWS[schema][name](home))
    key = session_key(person, home.host)

    at_home = HostClient(home.host, key).graphql(schema, text, variables)
    assert succeeded(at_home, name), at_home
    count("at home")

    status, body = HostClient(other.host, key).graphql(schema, text, variables)
    assert (status, body["errors"][0]["code"]) == (401, "UNAUTHENTICATED")
    count("session of A at B")

    status, body = HostClient(home.host).graphql(schema, text, variables)
    assert (status, body["errors"][0]["code"]) == (401, "UNAUTHENTICATED")
    count("no session")

    stranger = ensure_person(email=f"stranger.{name.lower()}@example.com")
    status, body = HostClient(home.host, session_key(stranger, home.host)).graphql(schema, text, variables)
    assert (status, body["errors"][0]["code"]) == (403, "FORBIDDEN")
    count("stranger")

    if schema == "console":
        # a password alone opens no console
        key = session_key(home.admin, home.host, two_factors=False)
        status, body = HostClient(home.host, key).graphql(schema, text, variables)
        assert (status, body["errors"][0]["code"]) == (403, "SECOND_FACTOR_REQUIRED")
        count("one factor")

    # the other role of the same wholesaler
    elsewise = home.admin if schema == "member" else home.person
    status, body = HostClient(home.host, session_key(elsewise, home.host)).graphql(schema, text, variables)
    assert (status, body["errors"][0]["code"]) == (403, "FORBIDDEN")
    count("other role")

    there = other.person if schema == "member" else other.admin
    client = HostClient(other.host, session_key(there, other.host))
    if name in WITHOUT_IDS:
        before = own_rows(home)
        answer = client.graphql(schema, text, variables)
        assert succeeded(answer, name), answer
        assert own_rows(home) == before, "a deed at B changed something at A"
        assert not any(secret in json.dumps(answer[1]) for secret in secrets_of(home, schema))
        count("a deed at B leaves A alone")
    elif variables:
        foreign = client.graphql(schema, text, variables)
        nonsense = client.graphql(schema, text, nonsense_ids(variables))
        assert not succeeded(foreign, name), foreign
        assert shape(foreign) == shape(nonsense), "a foreign id answers otherwise than nonsense"
        count("id of A at B")
    else:
        status, body = client.graphql(schema, text, variables)
        assert status == 200
        text_of_answer = json.dumps(body, ensure_ascii=False)
        for secret in secrets_of(home, schema):
            assert secret not in text_of_answer
        count("lists of B hold nothing of A")


OWN: tuple[Any, ...] = (Member, Consent, ProgramSettings, Branding, TemplateOverride, Sender)


def own_rows(world: World) -> list[list[Any]]:
    """What may be changed without naming an object, at this wholesaler, and its face."""
    with tenant_context(world.wholesaler):
        rows = [list(model.objects.order_by("pk").values()) for model in OWN]
    return [*rows, list(Wholesaler.objects.filter(pk=world.wholesaler.pk).values())]


def nonsense_ids(variables: dict[str, Any]) -> dict[str, Any]:
    text = json.dumps(variables)
    for piece in text.split('"'):
        if piece.count("-") == 4 and len(piece) == 36:
            text = text.replace(piece, "00000000-0000-7000-8000-000000000000")
    found: dict[str, Any] = json.loads(text)
    return found


def shape(answer: tuple[int, dict[str, Any]]) -> Any:
    """Status, data and codes: everything that an asker could tell apart."""
    status, body = answer
    return status, json.dumps(body.get("data"), sort_keys=True), [
        (error["message"], error.get("extensions")) for error in body.get("errors", [])
    ]  # fmt: skip


def secrets_of(world: World, schema: str) -> list[str]:
    """What B must never see of A, even for a person who belongs to both."""
    found = [str(world.order.pk), str(world.voucher.pk), str(world.batch.pk), str(world.member.pk), world.posting_id,
             str(world.reward.pk), world.document.number, str(world.message.pk), "alfa"]  # fmt: skip
    if schema == "console":
        found.append(world.admin.email)
    return found


@pytest.mark.django_db(databases=["default", "hq"])
@pytest.mark.parametrize(("schema", "kind", "name"), [case for case in cases() if case[0] == "network"])
def test_headquarters_stay_in_their_network(schema: str, kind: str, name: str) -> None:
    analyst = ensure_person(email="hq@example.com", first_name="Tomasz", last_name="Lis")
    network = network_named("proba")
    assert network is not None
    for role in ("analyst", "director"):
        grant_network_role(network=network, person_id=analyst.pk, role=role)
    home, other = "hq.proba.kolektor.localhost", "hq.inna.kolektor.localhost"
    # headquarters name no object of a wholesaler: what is asked for needs no world
    arguments: dict[str, Any] = ROWS[schema][name](None)  # type: ignore[arg-type]
    text, variables = operation(kind, name, field_of(schema, name), arguments)
    at_home = HostClient(home, session_key(analyst, home)).graphql(schema, text, variables)
    assert succeeded(at_home, name), at_home
    assert "Gamma" not in json.dumps(at_home[1])
    count("at home")
    status, _ = HostClient(other, session_key(analyst, home)).graphql(schema, text, variables)
    assert status == 401
    count("session of A at B")
    status, _ = HostClient(other, session_key(analyst, other)).graphql(schema, text, variables)
    assert status == 403
    count("role of A at B")
    weak = HostClient(home, session_key(analyst, home, two_factors=False)).graphql(schema, text, variables)
    assert (weak[0], weak[1]["errors"][0]["code"]) == (403, "SECOND_FACTOR_REQUIRED")
    count("one factor")
    status, _ = HostClient(home).graphql(schema, text, variables)
    assert status == 401
    count("no session")


GUARDED: dict[str, dict[str, Any]] = {
    "graphql/member": {"data": json.dumps({"query": "{ me { id } }"}), "content_type": "application/json"},
    "graphql/console": {"data": json.dumps({"query": "{ program { name } }"}), "content_type": "application/json"},
    "api/console/imports/template": {"data": b"", "content_type": "text/plain"},
    "api/console/messages/preview": {
        "data": urlencode(TEMPLATE),
        "content_type": "application/x-www-form-urlencoded",
    },
    "api/console/imports": {
        "data": b'--x\r\nContent-Disposition: form-data; name="format"\r\n\r\nksef\r\n'
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.xml"\r\n\r\n<a/>\r\n--x--\r\n',
        "content_type": "multipart/form-data; boundary=x",
    },
}


def _paths(patterns: Iterable[Any]) -> set[str]:
    found: set[str] = set()
    for item in patterns:
        if hasattr(item, "url_patterns"):
            assert str(item.pattern) == ""
            found |= _paths(item.url_patterns)
        else:
            found.add(str(item.pattern))
    return found


@pytest.mark.parametrize("kind", sorted(HOSTS))
def test_every_path_has_a_row(kind: str) -> None:
    module, rows = HOSTS[kind]
    assert _paths(module.urlpatterns) == set(rows)


@pytest.mark.parametrize("path", list(GUARDED))
def test_guarded_path(worlds: tuple[World, World], path: str) -> None:
    home, other = worlds
    person = home.person if path == "graphql/member" else home.admin
    key = session_key(person, home.host)
    answer = HostClient(home.host, key).request("POST", f"/{path}", **GUARDED[path])
    assert answer.status_code in {200, 201}, answer.content
    if path != "graphql/member":
        weak = HostClient(home.host, session_key(person, home.host, two_factors=False))
        assert weak.request("POST", f"/{path}", **GUARDED[path]).status_code == 403
        count("one factor")
    for client in (HostClient(home.host), HostClient(other.host, key)):
        assert client.request("POST", f"/{path}", **GUARDED[path]).status_code == 401
        count("guarded path")


def _address(path: str) -> str:
    if path == "dev/messages/<int:key>/preview":
        return "/dev/messages/1/preview"
    if "<uuid:" in path:
        return "/" + re.sub("<uuid:[a-z_]+>", NO_ID, path)
    return "/" + ("icons/192.png" if path.startswith("icons/") else "" if path.startswith("^") else path)


@pytest.mark.parametrize(
    ("kind", "path"),
    [(kind, path) for kind, (_, rows) in HOSTS.items() for path, sort in rows.items() if sort != "session"],
)
def test_an_open_path_tells_a_session_of_elsewhere_nothing(worlds: tuple[World, World], kind: str, path: str) -> None:
    """With the cookie of A's member, another host answers as to a stranger, and with no word of A or its people."""
    home, other = worlds
    host = {"wholesaler": other.host, "network": "hq.proba.kolektor.localhost", "sso": SSO_HOST}[kind]
    for method in ("GET", "POST"):
        told = []
        for client in (HostClient(host), HostClient(host, session_key(home.person, home.host))):
            answer = client.request(method, _address(path))
            assert answer.status_code < 500, answer.content[:300]
            text = answer.content.decode("utf-8", "replace").lower()
            for word in (
                home.person.email,
                str(home.person.pk),
                str(home.member.pk),
                home.wholesaler.name.lower() + "<",
            ):
                assert word not in text
            told.append(answer.status_code)
        assert told[0] == told[1]
        count("open path")


def test_an_invitation_is_for_the_invited_person_at_that_wholesaler(worlds: tuple[World, World]) -> None:
    home, other = worlds
    invitation = invitation_of(home)
    stranger = ensure_person(email="obcy@example.com")
    form = {
        "data": urlencode({"id": invitation, "answer": "accept"}),
        "content_type": "application/x-www-form-urlencoded",
    }
    for client, status in (
        (HostClient(home.host), 401),
        (HostClient(other.host, session_key(home.person, home.host)), 401),
        (HostClient(home.host, session_key(stranger, home.host)), 404),
        (HostClient(other.host, session_key(home.person, other.host)), 404),
    ):
        assert client.request("POST", "/api/invitations", **form).status_code == status
        listed = client.get("/api/invitations")
        assert listed.status_code == (401 if status == 401 else 200)
        assert invitation not in listed.content.decode()
        count("guarded path")
    invited = HostClient(home.host, session_key(home.person, home.host))
    assert invitation in invited.get("/api/invitations").content.decode()
    assert invited.request("POST", "/api/invitations", **form).status_code == 200


def test_my_programs_are_for_the_session_of_the_sign_on_host(worlds: tuple[World, World]) -> None:
    home, _ = worlds
    answer = HostClient(SSO_HOST, session_key(home.person, SSO_HOST)).get("/api/programs")
    assert answer.status_code == 200
    assert home.wholesaler.slug in answer.content.decode()
    stranger = ensure_person(email="obca@example.com")
    answer = HostClient(SSO_HOST, session_key(stranger, SSO_HOST)).get("/api/programs")
    assert answer.status_code == 200
    assert home.wholesaler.slug not in answer.content.decode()
    for client in (HostClient(SSO_HOST), HostClient(SSO_HOST, session_key(home.person, home.host))):
        assert client.get("/api/programs").status_code == 401
        count("guarded path")


def test_headquarters_are_for_the_session_of_their_own_host(worlds: tuple[World, World]) -> None:
    """The analyst of one network, a member and an admin of its wholesalers, with sessions of the right and wrong hosts."""
    home, _ = worlds
    hq, foreign = "hq.proba.kolektor.localhost", "hq.inna.kolektor.localhost"
    analyst = ensure_person(email="analityk@example.com")
    network = network_named("proba")
    assert network is not None
    grant_network_role(person_id=analyst.pk, network=network, role="analyst")
    query = {"data": json.dumps({"query": "{ viewer { email } }"}), "content_type": "application/json"}

    def status(host: str, key: str) -> int:
        return int(HostClient(host, key).request("POST", "/graphql/network", **query).status_code)

    assert status(hq, session_key(analyst, hq)) == 200
    refused = {
        "stranger": (hq, "", 401),
        "analyst with a session of the other network": (hq, session_key(analyst, foreign), 401),
        "analyst at the other network": (foreign, session_key(analyst, foreign), 403),
        "admin of a wholesaler": (hq, session_key(home.admin, hq), 403),
        "member": (hq, session_key(home.person, hq), 403),
        "session of a wholesaler's host": (hq, session_key(analyst, home.host), 401),
    }
    for who, (host, key, expected) in refused.items():
        assert status(host, key) == expected, who
        count("guarded path")


def test_upload_stays_at_home(worlds: tuple[World, World]) -> None:
    home, other = worlds
    content = GUARDED["api/console/imports"]
    answer = HostClient(home.host, session_key(home.admin, home.host)).request(
        "POST", "/api/console/imports", **content
    )
    assert answer.status_code == 201, answer.content
    batch_id = json.loads(answer.content)["id"]
    with tenant_context(other.wholesaler):
        from tenants.sales.models import ImportBatch

        assert not ImportBatch.objects.filter(pk=batch_id).exists()
    answer = HostClient(home.host, session_key(home.person, home.host)).request(
        "POST", "/api/console/imports", **content
    )
    assert answer.status_code == 403
    count("upload")


def test_codes_are_uploaded_at_home_only(worlds: tuple[World, World]) -> None:
    home, other = worlds
    content = {
        "data": b'--x\r\nContent-Disposition: form-data; name="faceValue"\r\n\r\n20\r\n'
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nKOD-1\r\n--x--\r\n',
        "content_type": "multipart/form-data; boundary=x",
    }
    address = f"/api/console/rewards/{home.pool_reward.pk}/codes"
    key = session_key(home.admin, home.host)
    there = session_key(other.admin, other.host)
    expected = [
        (HostClient(home.host, key), 201),
        (HostClient(home.host), 401),
        (HostClient(other.host, key), 401),
        (HostClient(home.host, session_key(home.person, home.host)), 403),
        (HostClient(other.host, there), 404),
    ]
    for client, status in expected:
        assert client.request("POST", address, **content).status_code == status
        count("guarded path")


def test_products_are_uploaded_at_home_only(worlds: tuple[World, World]) -> None:
    home, other = worlds

    def upload(client: HostClient, text: str) -> tuple[int, Any]:
        data = f'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n{text}\r\n--x--\r\n'
        answer = client.request(
            "POST", "/api/console/products", data=data.encode(), content_type="multipart/form-data; boundary=x"
        )
        count("guarded path")
        return answer.status_code, json.loads(answer.content)

    key = session_key(home.admin, home.host)
    good = "sku;name\nNOWY-1;Nowy"
    assert upload(HostClient(home.host, key), good) == (201, {"products": 1})
    assert upload(HostClient(home.host), good)[0] == 401
    assert upload(HostClient(other.host, key), good)[0] == 401
    assert upload(HostClient(home.host, session_key(home.person, home.host)), good)[0] == 403
    with tenant_context(other.wholesaler):
        assert not Product.objects.filter(sku="NOWY-1").exists()
    status, answer = upload(HostClient(home.host, key), "sku;name;ean\nNOWY-2;Dobry;\nNOWY-3;Zły;123")
    assert (status, answer["errors"][0]["code"], answer["rows"][0]["row"]) == (400, "BAD_PRODUCT_ROWS", 3)
    assert answer["rows"][0]["message"] == "Nieprawidłowy EAN: 123"
    with tenant_context(home.wholesaler):
        assert not Product.objects.filter(sku="NOWY-2").exists()


def test_tenant_pages_never_name_another_program(worlds: tuple[World, World]) -> None:
    home, other = worlds
    client = HostClient(home.host, session_key(home.person, home.host))
    for path in ("/brand.css", "/brand.json", "/session", "/manifest.webmanifest", "/icons/logo.svg"):
        answer = client.get(path)
        assert answer.status_code == 200
        text = answer.content.decode().lower()
        assert other.wholesaler.name.lower() not in text
        assert other.wholesaler.slug not in text
        count("face")
    assert client.get("/api/programs").status_code == 404
