"""The official FA(3) schema, read once per process from the package `ksef-client`, never from the network.

Source: Ministry of Finance, `schemat_FA(3)_v1-0E.xsd` with its three imports, as shipped by ksef-client.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from lxml import etree

from integrations.salesfeeds.ksef_xml import FA3_NAMESPACE

MAX_ERRORS: Final = 20
_SCHEMA_FILE: Final = "schemat_FA(3)_v1-0E.xsd"
# one validation at a time: an lxml schema keeps the errors of the last one
_lock: Final = threading.Lock()


@dataclass(frozen=True, slots=True)
class SchemaError:
    """One violation: line in the XML, the last two names of the element's path, and what libxml2 says of it."""

    xml_line: int
    field: str
    value: str | None
    position: str | None
    detail: str


class _LocalImports(etree.Resolver):
    """The schema imports `http://crd.gov.pl/…/Name.xsd`: the same base name lies beside it."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def resolve(self, system_url: str, public_id: str, context: object = None) -> object:
        file = self._folder / system_url.rsplit("/", 1)[-1]
        if not file.is_file():
            raise OSError(f"not in the package: {file.name}")
        return self.resolve_filename(str(file), context)  # type: ignore[attr-defined]


def _folder() -> Path:
    # looked up, not imported: the client itself (HTTP, cryptography) is not needed to read a schema
    spec = find_spec("ksef_client")
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError("the package ksef-client is not installed: it carries the FA(3) schema")
    return Path(spec.submodule_search_locations[0]) / "documents" / "fa3" / "schemas"


@lru_cache(maxsize=1)
def _load() -> etree.XMLSchema:
    folder = _folder()
    parser = etree.XMLParser(no_network=True, resolve_entities=False)
    parser.resolvers.add(_LocalImports(folder))
    return etree.XMLSchema(etree.parse(str(folder / _SCHEMA_FILE), parser))


def validate(root: etree._Element) -> list[SchemaError]:
    """Violations in file order, one per element, at most 20. Empty when the document is valid."""
    tree = root.getroottree()
    with _lock:
        schema = _load()
        if schema.validate(tree):
            return []
        entries = [(entry.line, entry.path, entry.message) for entry in schema.error_log]  # type: ignore[attr-defined]
    errors: list[SchemaError] = []
    seen: set[str] = set()
    for line, path, message in entries:
        # libxml2 reports the broken facet and then the broken type of the same element
        if path in seen:
            continue
        seen.add(path)
        errors.append(_describe(tree, line, path, message))
        if len(errors) == MAX_ERRORS:
            break
    return errors


def _describe(tree: etree._ElementTree, line: int, path: str, message: str) -> SchemaError:
    found = tree.xpath(path) if path else []
    node = found[0] if isinstance(found, list) and found and isinstance(found[0], etree._Element) else tree.getroot()
    names = [etree.QName(node).localname]
    parent = node.getparent()
    if parent is not None:
        names.insert(0, etree.QName(parent).localname)
    position: str | None = None
    step: etree._Element | None = node
    while step is not None and position is None:
        position = step.findtext(f"{{{FA3_NAMESPACE}}}NrWierszaFa")
        step = step.getparent()
    value = (node.text or "").strip() if len(node) == 0 else ""
    return SchemaError(
        xml_line=line,
        field="/".join(names),
        value=value or None,
        position=position,
        detail=message.replace(f"{{{FA3_NAMESPACE}}}", ""),
    )
