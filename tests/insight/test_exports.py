"""Headquarters' workbook: its figures, who may have it, and that it goes away."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.storage import FileSystemStorage, default_storage
from python_calamine import load_workbook

from kolektor.identity.services import ensure_person
from kolektor.kernel import clock
from kolektor.kernel.errors import DomainError
from kolektor.kernel.exporting import MAX_ATTEMPTS
from kolektor.kernel.models import OutboxDelivery
from kolektor.kernel.outbox import services as outbox
from kolektor.kernel.tenant import public_context, tenant_context
from kolektor.network.models import NetworkRole
from kolektor.network.services import ensure_brand, grant_network_role
from kolektor.reporting import exports, selectors
from kolektor.reporting.models import Export
from tenants.sales.products import ProductRow, upsert_products
from tests.api.client import HostClient, session_key
from tests.support.importing import Folder, line, run_import


@pytest.fixture
def shop(fresh: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A wholesaler with two lines of sales; its network's exports go to a folder of the test."""
    monkeypatch.setattr(default_storage, "_wrapped", FileSystemStorage(location=tmp_path / "media"))
    wholesaler = fresh("eksport", nip="5260250274", network="siec-eksportu")
    with public_context():
        brand = ensure_brand(network=wholesaler.network, supplier=("d", "=1+1"), brand=("m", "=HYPERLINK(1)"))
    with tenant_context(wholesaler):
        upsert_products(rows=[ProductRow(sku="A", name="A", brand_id=brand.pk, supplier_id=brand.supplier_id)])
        day = clock.local_today() - timedelta(days=1)
        run_import(
            [Folder(tmp_path).sale("1", line("10.50", name="A", sku="A"), line("2.00", name="B", sku="B"), day=day)]
        )
        outbox.drain()
    yield wholesaler
    with public_context():
        Export.objects.filter(network_id=wholesaler.network_id).delete()
        NetworkRole.objects.filter(network=wholesaler.network).delete()


def asked(shop: Any, language: str = "pl") -> Export:
    row = exports.ask(network_id=shop.network_id, months=2, language=language, actor=uuid4())
    with public_context():
        outbox.drain()
        row.refresh_from_db()
    return row


def sheets(row: Export) -> dict[str, list[list[Any]]]:
    with default_storage.open(row.storage_key) as stream:
        book = load_workbook(io.BytesIO(stream.read()))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_the_workbook_holds_the_figures_as_numbers(shop: Any) -> None:
    row = asked(shop)
    assert row.state == "DONE"
    assert row.storage_key == f"network-siec-eksportu/exports/{row.pk.hex}.xlsx"
    found = sheets(row)
    assert list(found) == ["Hurtownie", "Marki", "Dostawcy"]
    overview = selectors.overview(shop.network_id, months=2)
    head, *rows = found["Hurtownie"]
    assert head[:4] == ["Hurtownia", "Miesiąc", "Sprzedaż netto (PLN)", "Dokumenty"]
    for cells, month in zip(rows, overview.wholesalers[0].months, strict=True):
        assert cells[:5] == ["Eksport", month.month, float(month.sales), month.documents, month.lines]
    brands = {(cells[0], cells[1]): sum(each[3] for each in found["Marki"][1:] if each[0] == cells[0])
              for cells in found["Marki"][1:]}  # fmt: skip
    assert brands == {("=HYPERLINK(1)", "=1+1"): 10.5, ("Bez marki lub dostawcy", ""): 2.0}
    assert list(sheets(asked(shop, "en"))) == ["Wholesalers", "Brands", "Suppliers"]


def test_who_may_have_it(shop: Any, fresh: Callable[..., Any]) -> None:
    other = fresh("obca", network="siec-obca")
    row = asked(shop)
    people = {}
    with public_context():
        for name, owner in (("home", shop), ("other", other)):
            people[name] = ensure_person(email=f"{name}@hq.example")
            grant_network_role(network=owner.network, person_id=people[name].pk, role="analyst")
        stranger = ensure_person(email="nobody@hq.example")

    def status(person: Any, network: str) -> int:
        host = f"hq.{network}.kolektor.localhost"
        client = HostClient(host, session_key(person, host)) if person else HostClient(host)
        return client.get(f"/api/exports/{row.pk}").status_code

    assert status(None, "siec-eksportu") == 401
    assert status(stranger, "siec-eksportu") == 403
    assert status(people["other"], "siec-eksportu") == 403
    assert status(people["other"], "siec-obca") == 404
    assert status(people["home"], "siec-eksportu") == 200
    with public_context():
        NetworkRole.objects.filter(network=other.network).delete()


def test_it_goes_away(shop: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    row = asked(shop)
    assert [each.pk for each in exports.of_network(shop.network_id)] == [row.pk]
    with public_context():
        assert exports.tidy() == 0
        Export.objects.filter(pk=row.pk).update(expires_at=clock.now())
        assert exports.of_network(shop.network_id) == []
        assert exports.tidy() == 1
    assert not default_storage.exists(row.storage_key)


def test_refusals(shop: Any) -> None:
    for months in (0, 25):
        with pytest.raises(DomainError, match="BAD_INPUT"):
            exports.ask(network_id=shop.network_id, months=months, language="pl", actor=uuid4())
    for _ in range(exports.MAX_WAITING):
        exports.ask(network_id=shop.network_id, months=1, language="pl", actor=uuid4())
    with pytest.raises(DomainError, match="TOO_MANY_EXPORTS"):
        exports.ask(network_id=shop.network_id, months=1, language="pl", actor=uuid4())
    with public_context():
        outbox.drain()


def test_one_that_cannot_be_written_says_so(shop: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    row = exports.ask(network_id=shop.network_id, months=2, language="pl", actor=uuid4())

    def broken(*_: Any, **__: Any) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(exports, "write", broken)
    with public_context():
        for _ in range(MAX_ATTEMPTS):
            OutboxDelivery.objects.filter(state="pending").update(available_at=clock.now())
            outbox.drain()
        row.refresh_from_db()
    assert row.state == "FAILED"
