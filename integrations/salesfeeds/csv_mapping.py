"""The saved column mapping of a CSV feed: what a wholesaler's export calls things. Documented in
docs/csv-mapping.md.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, get_args

from integrations.salesfeeds.csv_mapping_check import Checker
from kolektor.kernel.errors import DomainError
from tenants.sales.ports import DocumentKind

KINDS: Final[tuple[DocumentKind, ...]] = get_args(DocumentKind)
ENCODINGS: Final = ("utf-8-sig", "utf-8", "cp1250", "iso-8859-2")
DOCUMENT_FIELDS: Final = (
    "number", "ksef_number", "issue_date", "sale_date", "seller_nip", "buyer_nip", "buyer_code", "buyer_email",
    "buyer_phone", "buyer_name", "currency", "rate", "corrected_number", "corrected_ksef_number", "total_gross",
    "paid", "due_date",
)  # fmt: skip
LINE_FIELDS: Final = (
    "position", "name", "sku", "ean", "producer_code", "quantity", "unit", "unit_price", "net", "vat", "gross",
    "vat_rate", "line_sale_date", "before",
)  # fmt: skip
FLAGS: Final = ("paid", "before")
_KEYS: Final = (
    "version", "encoding", "delimiter", "quote", "decimal", "thousands", "dates", "skip_rows", "columns", "kind",
    "price_includes_vat", "sheet",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """Where a field comes from: a column (with an affix to take off), or a constant."""

    column: str | None = None
    constant: str | None = None
    strip_prefix: str = ""
    strip_suffix: str = ""
    true: tuple[str, ...] = ()
    false: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KindRule:
    """Which kind a document is: by the value of a column, by the look of its number (shell pattern), else the
    default.
    """

    default: DocumentKind | None = "invoice"
    column: str | None = None
    values: tuple[tuple[str, DocumentKind], ...] = ()
    numbers: tuple[tuple[str, DocumentKind], ...] = ()


@dataclass(frozen=True, slots=True)
class CsvMapping:
    """How to read one wholesaler's CSV export."""

    columns: Mapping[str, Source]
    kind: KindRule = field(default_factory=KindRule)
    encoding: str = "utf-8-sig"
    delimiter: str = ";"
    quote: str = '"'
    decimal: str = ","
    thousands: str = ""
    dates: tuple[str, ...] = ("%Y-%m-%d",)
    skip_rows: int = 0
    price_includes_vat: bool = False
    # of an XLSX file; empty: the first
    sheet: str = ""

    @classmethod
    def from_json(cls, text: str | bytes) -> CsvMapping:
        """Read and check a mapping. Raises DomainError BAD_MAPPING with `errors`: each a path, a code and a
        detail.
        """
        try:
            data = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise DomainError(
                "BAD_MAPPING", errors=[{"path": "", "code": "MAPPING_NOT_JSON", "detail": str(error)}]
            ) from error
        return cls.from_dict(data)

    @classmethod
    def from_dict(cls, data: object) -> CsvMapping:
        """As `from_json`, from parsed JSON. Every fault is reported, not only the first."""
        check = Checker()
        root = check.mapping("", data, allowed=_KEYS)
        if root.get("version") != 1:
            check.fault("version", "MAPPING_BAD_VALUE", "1")
        columns = _columns(check, root.get("columns"))
        mapping = cls(
            columns=columns,
            kind=_kind(check, root.get("kind", "invoice")),
            encoding=check.choice("encoding", root.get("encoding", "utf-8-sig"), ENCODINGS),
            delimiter=check.character("delimiter", root.get("delimiter", ";"), empty=False),
            quote=check.character("quote", root.get("quote", '"'), empty=True),
            decimal=check.choice("decimal", root.get("decimal", ","), (",", ".")),
            thousands=check.choice(
                "thousands", root.get("thousands", ""), ("", " ", "\u00a0", "\u202f", "'", ".", ",")
            ),
            dates=check.date_formats("dates", root.get("dates", ["%Y-%m-%d"])),
            skip_rows=check.integer("skip_rows", root.get("skip_rows", 0), 0, 1000),
            price_includes_vat=check.boolean("price_includes_vat", root.get("price_includes_vat", False)),
            sheet=check.text("sheet", root.get("sheet", ""), empty=True),
        )
        if mapping.thousands == mapping.decimal:
            check.fault("thousands", "MAPPING_BAD_VALUE", "other than decimal")
        if mapping.delimiter == mapping.quote:
            check.fault("quote", "MAPPING_BAD_VALUE", "other than delimiter")
        _require(check, mapping)
        check.finish()
        return mapping


def _columns(check: Checker, data: object) -> dict[str, Source]:
    known = DOCUMENT_FIELDS + LINE_FIELDS
    if data is None:
        check.fault("columns", "MAPPING_INCOMPLETE", "columns")
    return {
        name: _source(check, f"columns.{name}", name, value)
        for name, value in check.mapping("columns", data or {}, allowed=known).items()
    }


def _source(check: Checker, path: str, name: str, data: object) -> Source:
    if isinstance(data, str):
        return Source(column=check.text(path, data))
    allowed = ("column", "constant", "strip_prefix", "strip_suffix") + (("true", "false") if name in FLAGS else ())
    entry = check.mapping(path, data, allowed=allowed)
    if ("column" in entry) == ("constant" in entry):
        if isinstance(data, dict):
            check.fault(path, "MAPPING_BAD_VALUE", '"column" or "constant"')
        return Source()
    if "constant" in entry:
        return Source(constant=check.text(f"{path}.constant", entry["constant"]))
    return Source(
        column=check.text(f"{path}.column", entry["column"]),
        strip_prefix=check.text(f"{path}.strip_prefix", entry.get("strip_prefix", ""), empty=True),
        strip_suffix=check.text(f"{path}.strip_suffix", entry.get("strip_suffix", ""), empty=True),
        true=check.texts(f"{path}.true", entry.get("true", [])),
        false=check.texts(f"{path}.false", entry.get("false", [])),
    )


def _kind(check: Checker, data: object) -> KindRule:
    if isinstance(data, str):
        return KindRule(default=check.choice("kind", data, KINDS))
    entry = check.mapping("kind", data, allowed=("default", "column", "values", "number"))
    default = check.choice("kind.default", entry["default"], KINDS) if "default" in entry else None
    if ("column" in entry) == ("number" in entry):
        check.fault("kind", "MAPPING_BAD_VALUE", '"column" or "number"')
        return KindRule()
    if "column" in entry:
        values = check.mapping("kind.values", entry.get("values", {}), allowed=None)
        return KindRule(
            default=default,
            column=check.text("kind.column", entry["column"]),
            values=tuple(
                (text.strip(), check.choice(f"kind.values.{text}", kind, KINDS)) for text, kind in values.items()
            ),
        )
    rules = check.mapping("kind.number", entry["number"], allowed=None)
    patterns = tuple((text, check.choice(f"kind.number.{text}", kind, KINDS)) for text, kind in rules.items())
    return KindRule(default=default, numbers=patterns)


def _require(check: Checker, mapping: CsvMapping) -> None:
    has = mapping.columns.keys()
    for name in ("number", "issue_date", "currency"):
        if name not in has:
            check.fault(f"columns.{name}", "MAPPING_INCOMPLETE", name)
    if "number" in has and mapping.columns["number"].column is None:
        check.fault("columns.number", "MAPPING_BAD_VALUE", '"column"')
    if not has & {"name", "sku", "ean"}:
        check.fault("columns", "MAPPING_INCOMPLETE", "name | sku | ean")
    if "net" in has:
        return
    priced = {"quantity", "unit_price"} <= has
    if not priced and "gross" not in has:
        check.fault("columns", "MAPPING_INCOMPLETE", "net | gross + vat | gross + vat_rate | quantity + unit_price")
    elif "gross" in has and not has & {"vat", "vat_rate"} and not priced:
        check.fault("columns", "MAPPING_INCOMPLETE", "gross + vat | gross + vat_rate")
    if priced and mapping.price_includes_vat and "vat_rate" not in has:
        check.fault("columns.vat_rate", "MAPPING_INCOMPLETE", "vat_rate")
