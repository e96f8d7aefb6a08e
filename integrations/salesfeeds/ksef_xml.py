"""Parsing FA(3) and FA(2) XML that strangers send: no DTD, no entities, no network, no huge trees."""

from __future__ import annotations

from typing import Final
from xml.parsers import expat

from lxml import etree

from integrations.salesfeeds.problems import SourceRefused

# Ministry of Finance, logical structure FA(3), valid from 2026-02-01
FA3_NAMESPACE: Final = "http://crd.gov.pl/wzor/2025/06/25/13775/"
# the same up to 2026-01-31; all that is read of it has the same names and meanings in FA(3)
FA2_NAMESPACE: Final = "http://crd.gov.pl/wzor/2023/06/29/12648/"
_FA1_NAMESPACE: Final = "http://crd.gov.pl/wzor/2021/11/29/11089/"
# where the Ministry publishes the structures of documents
_STRUCTURES: Final = "http://crd.gov.pl/wzor/"
_FORMS: Final = "FA(3), FA(2)"


class _DoctypeSeen(Exception):
    pass


class _PrologOver(Exception):
    pass


def parse(data: bytes) -> etree._Element:
    """The root element. Raises SourceRefused DTD_FORBIDDEN, XML_MALFORMED (with the line), FORM_NOT_READ (another version of
    the structure) or UNKNOWN_FORMAT.
    """
    _refuse_doctype(data)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line = error.lineno if isinstance(error.lineno, int) and error.lineno > 0 else 1
        raise SourceRefused("XML_MALFORMED", line=line, xml_line=str(line), detail=error.msg or "") from error
    # the first look is expat's; should the two parsers ever read a prolog differently, this one decides
    if root.getroottree().docinfo.internalDTD is not None:
        raise SourceRefused("DTD_FORBIDDEN", line=1, xml_line="1")
    name = etree.QName(root)
    if name.localname == "Faktura" and name.namespace in {FA3_NAMESPACE, FA2_NAMESPACE}:
        return root
    if name.localname == "Faktura" and name.namespace is not None and name.namespace.startswith(_STRUCTURES):
        form = "FA(1)" if name.namespace == _FA1_NAMESPACE else name.namespace
        raise SourceRefused("FORM_NOT_READ", line=_line(root), form=form, known=_FORMS)
    raise SourceRefused("UNKNOWN_FORMAT", line=_line(root), expected=f"KSeF {_FORMS}", found=str(root.tag))


def is_fa2(root: etree._Element) -> bool:
    """Whether a document that `parse` gave is FA(2)."""
    return etree.QName(root).namespace == FA2_NAMESPACE


def to_fa3(root: etree._Element) -> None:
    """Give a document of FA(2) the names of FA(3), so that one reader reads both."""
    for node in root.iter():
        if isinstance(node.tag, str) and etree.QName(node).namespace == FA2_NAMESPACE:
            node.tag = f"{{{FA3_NAMESPACE}}}{etree.QName(node).localname}"


def _line(node: etree._Element) -> int | None:
    return node.sourceline if isinstance(node.sourceline, int) else None


def _refuse_doctype(data: bytes) -> None:
    """Stop at `<!DOCTYPE`, before any parser reads what is declared in it (billion laughs, external
    entities).
    """

    def doctype(*_: object) -> None:
        raise _DoctypeSeen

    def element(*_: object) -> None:
        raise _PrologOver

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = element
    try:
        parser.Parse(data, True)
    except _DoctypeSeen as seen:
        line = parser.CurrentLineNumber
        raise SourceRefused("DTD_FORBIDDEN", line=line, xml_line=str(line)) from seen
    except (_PrologOver, expat.ExpatError):
        # not well-formed is for lxml to say, in one voice
        return
