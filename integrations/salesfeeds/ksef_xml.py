"""Parsing FA(3) XML that strangers send: no DTD, no entities, no network, no huge trees."""

from __future__ import annotations

from typing import Final
from xml.parsers import expat

from lxml import etree

from integrations.salesfeeds.problems import SourceRefused

# Ministry of Finance, logical structure FA(3), valid from 2026-02-01
FA3_NAMESPACE: Final = "http://crd.gov.pl/wzor/2025/06/25/13775/"
_ROOT: Final = f"{{{FA3_NAMESPACE}}}Faktura"


class _DoctypeSeen(Exception):
    pass


class _PrologOver(Exception):
    pass


def parse(data: bytes) -> etree._Element:
    """The root element. Raises SourceRefused DTD_FORBIDDEN, XML_MALFORMED (with the line) or UNKNOWN_FORMAT."""
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
    if root.tag != _ROOT:
        raise SourceRefused("UNKNOWN_FORMAT", line=_line(root), expected="KSeF FA(3)", found=str(root.tag))
    return root


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
