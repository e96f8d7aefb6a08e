"""FA(2): the same reader, checks of our own instead of the schema; other versions are refused by name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree

from integrations.salesfeeds.ksef import KsefFeed
from tenants.sales.messages import sentence
from tenants.sales.ports import CanonicalDocument, Problem
from tenants.sales.staging import content_hash
from tests.integrations.salesfeeds.test_ksef_bad_input import VALID
from tests.shared_data import ksef_samples, shared
from tests.support.importing import as_fa2

FA2 = as_fa2(VALID)
# new in FA(3), and not read: a term described in three elements, how a part was paid
_NEW = re.compile(
    rb"<TerminPlatnosci>\s*<TerminOpis>.*?</TerminPlatnosci>|(?<=</DataZaplatyCzesciowej>)\s*<FormaPlatnosci>\d</FormaPlatnosci>",
    re.DOTALL,
)


def read(tmp_path: Path, data: bytes) -> list[CanonicalDocument | Problem]:
    path = tmp_path / "in.xml"
    path.write_bytes(data)
    return list(KsefFeed().read(path, file="in.xml"))


class _Beside(etree.Resolver):
    def resolve(self, system_url: str, public_id: str, context: object = None) -> object:
        return self.resolve_filename(str(shared("ksef", "xsd", system_url.rsplit("/", 1)[-1])), context)  # type: ignore[attr-defined]


def schema() -> etree.XMLSchema:
    file = shared("ksef", "xsd", "schemat_FA(2)_v1-0E.xsd")
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_Beside())
    return etree.XMLSchema(etree.parse(str(file), parser))


def test_the_samples_written_as_fa2_give_the_same_documents(tmp_path: Path) -> None:
    """Each is valid against the official schema of FA(2), so that our checks refuse nothing that it allows."""
    official = schema()
    for sample in ksef_samples():
        written = _NEW.sub(b"", sample.read_bytes())
        data = as_fa2(written)
        assert official.validate(etree.fromstring(data)), (sample.name, official.error_log)
        (old,) = read(tmp_path, data)
        (new,) = read(tmp_path, written)
        assert isinstance(old, CanonicalDocument), old
        assert isinstance(new, CanonicalDocument)
        assert content_hash(old) == content_hash(new)
        assert old.notices == new.notices


@pytest.mark.parametrize(
    ("was", "becomes", "field"),
    [
        (b"FA (2)", b"FA (3)", "Naglowek/KodFormularza"),
        (b"<RodzajFaktury>VAT<", b"<RodzajFaktury>VAX<", "Fa/RodzajFaktury"),
        (b"<KodWaluty>PLN</KodWaluty>", b"", "Fa/KodWaluty"),
        (b"<RodzajFaktury>VAT<", b"<RodzajFaktury>KOR<", "Fa/DaneFaKorygowanej"),
        (b"<NIP>7740001454</NIP>", b"<NIP>774000145</NIP>", "DaneIdentyfikacyjne/NIP"),
        (b"<P_11>", b"<P_11>x", "FaWiersz/P_11"),
        (b"<NrWierszaFa>1<", b"<NrWierszaFa>0<", "FaWiersz/NrWierszaFa"),
    ],
)
def test_what_is_read_is_checked(tmp_path: Path, was: bytes, becomes: bytes, field: str) -> None:
    (good,) = read(tmp_path, FA2)
    assert isinstance(good, CanonicalDocument), good
    assert was in FA2
    (problem, *_) = read(tmp_path, FA2.replace(was, becomes, 1))
    assert isinstance(problem, Problem)
    assert (problem.code, problem.field, problem.severity) == ("STRUCTURE_INVALID", field, "error")
    assert "FA(2)" in sentence(problem, "pl")
    assert field in sentence(problem, "en")


@pytest.mark.parametrize("path", ["P_1", "P_2", "P_15"])
def test_what_has_to_be_there(tmp_path: Path, path: str) -> None:
    root = etree.fromstring(FA2)
    (node,) = root.iter(f"{{http://crd.gov.pl/wzor/2023/06/29/12648/}}{path}")
    parent = node.getparent()
    assert parent is not None
    parent.remove(node)
    (problem,) = read(tmp_path, etree.tostring(root))
    assert isinstance(problem, Problem)
    assert (problem.code, problem.field) == ("STRUCTURE_INVALID", f"Fa/{path}")


def test_a_date_and_a_doubled_element(tmp_path: Path) -> None:
    root = etree.fromstring(FA2)
    (day,) = root.iter("{http://crd.gov.pl/wzor/2023/06/29/12648/}P_1")
    day.text = "2026-02-30"
    (number,) = root.iter("{http://crd.gov.pl/wzor/2023/06/29/12648/}P_2")
    number.addnext(etree.fromstring(etree.tostring(number)))
    found = read(tmp_path, etree.tostring(root))
    assert [(each.code, each.field) for each in found if isinstance(each, Problem)] == [
        ("STRUCTURE_INVALID", "Fa/P_1"),
        ("STRUCTURE_INVALID", "Fa/P_2"),
    ]


@pytest.mark.parametrize(
    ("namespace", "form"),
    [
        (b"http://crd.gov.pl/wzor/2021/11/29/11089/", "FA(1)"),
        (b"http://crd.gov.pl/wzor/2031/01/01/1/", "http://crd.gov.pl/wzor/2031/01/01/1/"),
    ],
)
def test_other_versions_are_refused_by_name(tmp_path: Path, namespace: bytes, form: str) -> None:
    (problem,) = read(tmp_path, VALID.replace(b"http://crd.gov.pl/wzor/2025/06/25/13775/", namespace))
    assert isinstance(problem, Problem)
    assert (problem.code, problem.severity, problem.params["form"]) == ("FORM_NOT_READ", "error", form)
    assert form in sentence(problem, "pl")
    assert "FA(3), FA(2)" in sentence(problem, "en")


def test_another_invoice_altogether(tmp_path: Path) -> None:
    (problem,) = read(tmp_path, VALID.replace(b"http://crd.gov.pl/wzor/2025/06/25/13775/", b"urn:other"))
    assert isinstance(problem, Problem)
    assert problem.code == "UNKNOWN_FORMAT"
