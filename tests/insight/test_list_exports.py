"""Lists as workbooks: what is in them, who may have them, that they end, and what becomes of one that cannot be written."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import FileSystemStorage, default_storage
from python_calamine import load_workbook

from catalog.orders.models import Order
from kolektor.kernel import clock
from kolektor.kernel.errors import NotFound
from kolektor.kernel.exporting import MAX_ATTEMPTS
from kolektor.kernel.models import OutboxDelivery
from kolektor.kernel.outbox import services as outbox
from kolektor.kernel.tenant import tenant_context
from tenants.insight import list_exports
from tenants.insight.list_exports import Narrowing
from tenants.insight.models import ListExport
from tenants.members.services import grant_role
from tests.api.client import HostClient, session_key
from tests.support_data import World, build

ASK = """mutation($input: AskListExportInput!) { askListExport(input: $input) {
  export { id state url } errors { code field } } }"""
LIST = "{ listExports { id kind state total written url } }"


@pytest.fixture
def world(alfa: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(default_storage, "_wrapped", FileSystemStorage(location=tmp_path / "media"))
    return build(alfa, "a")


@pytest.fixture
def here(world: World) -> Iterator[World]:
    with tenant_context(world.wholesaler):
        yield world


def written(world: World, kind: str, narrowing: Narrowing | None = None, language: str = "pl") -> ListExport:
    row = list_exports.ask(kind=kind, narrowing=narrowing or Narrowing(), language=language, actor=world.admin.pk)
    outbox.drain()
    row.refresh_from_db()
    return row


def cells(row: ListExport) -> tuple[str, list[list[Any]]]:
    with default_storage.open(row.storage_key) as stream:
        book = load_workbook(io.BytesIO(stream.read()))
    (name,) = book.sheet_names
    return name, book.get_sheet_by_name(name).to_python()


def test_members_with_their_figures_as_numbers(here: World) -> None:
    row = written(here, "members")
    assert (row.state, row.written, row.total) == ("DONE", 1, 1)
    assert row.storage_key.startswith(f"{here.wholesaler.schema_name}/exports/")
    name, (head, *rows) = cells(row)
    assert name == "Uczestnicy" and head[:2] == ["Nazwisko", "Firma"]
    (found,) = rows
    assert found[0] == here.member.name
    figures = dict(zip(head, found, strict=True))
    assert figures["Wydane"] == 50.0 and figures["Do wykorzystania"] > 0
    english, (head, *_) = cells(written(here, "members", language="en"))
    assert english == "Members" and head[0] == "Name"


def test_a_list_is_narrowed_as_its_screen_was(here: World) -> None:
    assert written(here, "members", Narrowing(search="nikt-taki")).written == 0
    _, (head, *rows) = cells(written(here, "orders", Narrowing(state="FULFILLED")))
    assert [cells_[0] for cells_ in rows] == [here.order.number] and "Sekundy do kodu" in head
    assert written(here, "orders", Narrowing(state="FAILED")).written == 0
    _, (_, *rows) = cells(written(here, "products", Narrowing(without_brand=True)))
    assert [cells_[1] for cells_ in rows] == [here.product.sku]


def test_it_belongs_to_the_one_who_asked(world: World, beta: Any) -> None:
    with tenant_context(world.wholesaler):
        row = written(world, "members")
        colleague = build_colleague(world)
    path = f"/api/console/exports/{row.pk}"

    def status(person: Any, host: str = world.host) -> int:
        client = HostClient(host, session_key(person, host)) if person else HostClient(host)
        return int(client.get(path).status_code)

    assert status(None) == 401
    assert status(world.person) == 403
    assert status(colleague) == 404
    assert status(world.admin) == 200
    other = build(beta, "b")
    assert status(other.admin, other.host) == 404


def build_colleague(world: World) -> Any:
    from kolektor.identity.services import ensure_person

    person = ensure_person(email="kolega@example.com", first_name="Olga", last_name="Kowal")
    grant_role(person=person, role="program_admin")
    return person


def test_it_goes_away(here: World) -> None:
    row = written(here, "members")
    assert list_exports.tidy() == 0
    ListExport.objects.filter(pk=row.pk).update(expires_at=clock.now())
    assert list_exports.of_person(here.admin.pk) == []
    with pytest.raises(NotFound):
        list_exports.to_download(export_id=row.pk, actor=here.admin.pk)
    assert list_exports.tidy() == 1
    assert not default_storage.exists(row.storage_key)


def test_one_that_cannot_be_written_says_so(here: World, monkeypatch: pytest.MonkeyPatch) -> None:
    row = list_exports.ask(kind="members", narrowing=Narrowing(), language="pl", actor=here.admin.pk)

    def broken(*_: Any) -> int:
        raise OSError("the disk is full")

    monkeypatch.setattr(list_exports, "write", broken)
    for _ in range(MAX_ATTEMPTS):
        OutboxDelivery.objects.filter(state="pending").update(available_at=clock.now())
        outbox.drain()
    row.refresh_from_db()
    assert row.state == "FAILED"
    assert not OutboxDelivery.objects.filter(handler__contains="list_exports", state="pending").exists()


def test_refusals_keep_nothing(world: World) -> None:
    client = HostClient(world.host, session_key(world.admin, world.host))

    def codes(**sent: Any) -> list[str]:
        _, body = client.graphql("console", ASK, {"input": sent})
        return [error["code"] for error in body["data"]["askListExport"]["errors"]]

    assert codes(kind="vouchers") == ["BAD_INPUT"]
    assert codes(kind="orders", state="LOST") == ["BAD_INPUT"]
    assert codes(kind="products", brandId="none") != []
    for _ in range(list_exports.MAX_WAITING):
        assert codes(kind="members") == []
    assert codes(kind="members") == ["TOO_MANY_EXPORTS"]
    _, body = client.graphql("console", LIST, {})
    assert [row["state"] for row in body["data"]["listExports"]] == ["WAITING"] * list_exports.MAX_WAITING


def test_every_state_of_an_order_has_a_word() -> None:
    assert set(Order.State.values) <= set(list_exports._WORDS)
