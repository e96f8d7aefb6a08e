"""One row of a CSV file into values of a document and of a line, with every fault of the row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import field as with_default
from decimal import ROUND_HALF_EVEN, Decimal
from fnmatch import fnmatchcase
from typing import Any, Final

from integrations.salesfeeds.csv_mapping import DOCUMENT_FIELDS, FLAGS, CsvMapping
from integrations.salesfeeds.csv_values import date_parser, flag_parser, nip, number_parser, vat_percent
from tenants.sales.ports import CanonicalLine, DocumentKind

_GROSZ: Final = Decimal("0.01")
_NUMBERS: Final = frozenset({"rate", "total_gross", "quantity", "unit_price", "net", "vat", "gross"})
_DATES: Final = frozenset({"issue_date", "sale_date", "due_date", "line_sale_date"})
_NIPS: Final = frozenset({"seller_nip", "buyer_nip"})
# rows of one document may name several originals; everything else of a document must agree
COLLECTED: Final = frozenset({"corrected_number", "corrected_ksef_number"})
_REQUIRED: Final = ("number", "issue_date", "currency")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a row: code, canonical field, the text found, and what fills the sentence."""

    code: str
    field: str
    value: str | None = None
    params: dict[str, str] = with_default(default_factory=dict)


class _Refused(Exception):
    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.code)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class _Cell:
    name: str
    index: int
    prefix: str
    suffix: str


class RecordReader:
    """Made once per file from the mapping and a header in which `header_faults` found nothing."""

    def __init__(self, mapping: CsvMapping, header: list[str], *, max_field: int) -> None:
        names = [name.strip() for name in header]
        self.width = len(names)
        self._mapping = mapping
        self._max_field = max_field
        self._cells: list[_Cell] = []
        self._constants: dict[str, str] = {}
        for target, source in mapping.columns.items():
            if source.column is None:
                self._constants[target] = source.constant or ""
                continue
            index = names.index(source.column)
            self._cells.append(_Cell(target, index, source.strip_prefix, source.strip_suffix))
        column = mapping.kind.column
        self._kind_index = None if column is None else names.index(column)
        self._kinds = dict(mapping.kind.values)
        self._number_index = names.index(mapping.columns["number"].column or "")
        self._number_source = mapping.columns["number"]
        self._parsers = self._make_parsers(mapping)
        # where a row that names no goods can be mended
        self._goods = next((name for name in ("name", "sku", "ean") if name in mapping.columns), "name")
        # only what this mapping fills is looked at in each of a million rows
        self._line_fields = [name for name in mapping.columns if name not in DOCUMENT_FIELDS]
        per_document = [name for name in mapping.columns if name in DOCUMENT_FIELDS and name not in COLLECTED]
        self.document_fields = [name for name in per_document if name != "number"]
        if column is not None:
            self.document_fields.append("kind")
        self.collected = [name for name in mapping.columns if name in COLLECTED]

    @staticmethod
    def _make_parsers(mapping: CsvMapping) -> dict[str, tuple[str, Callable[[str], Any]]]:
        number = number_parser(mapping.decimal, mapping.thousands)
        day = date_parser(mapping.dates)
        parsers: dict[str, tuple[str, Callable[[str], Any]]] = {}
        for name, source in mapping.columns.items():
            if name in _NUMBERS:
                parsers[name] = ("BAD_NUMBER", number)
            elif name in _DATES:
                parsers[name] = ("BAD_DATE", day)
            elif name in _NIPS:
                parsers[name] = ("BAD_NIP", nip)
            elif name in FLAGS:
                parsers[name] = ("BAD_VALUE", flag_parser(source.true, source.false))
            elif name == "position":
                parsers[name] = ("BAD_NUMBER", _position)
            elif name == "vat_rate":
                parsers[name] = ("BAD_NUMBER", lambda text: vat_percent(text, number))
            elif name == "currency":
                parsers[name] = ("BAD_VALUE", str.upper)
        return parsers

    def number_of(self, cells: list[str]) -> str:
        """The document number alone, for a row that may otherwise be unreadable; empty when it has none."""
        if self._number_index >= len(cells):
            return ""
        source = self._number_source
        text = " ".join(cells[self._number_index].split())
        if "\N{REPLACEMENT CHARACTER}" in text:
            # bytes that are not text: no number that anything else could agree with
            return ""
        return text.removeprefix(source.strip_prefix).removesuffix(source.strip_suffix)[: self._max_field]

    def texts(self, cells: list[str]) -> dict[str, str]:
        """Texts by canonical field, white space trimmed."""
        texts = dict(self._constants)
        for cell in self._cells:
            text = cells[cell.index].strip()
            if cell.prefix:
                text = text.removeprefix(cell.prefix).strip()
            if cell.suffix:
                text = text.removesuffix(cell.suffix).strip()
            texts[cell.name] = text
        if self._kind_index is not None:
            texts["kind"] = cells[self._kind_index].strip()
        return texts

    def too_long(self, texts: dict[str, str]) -> list[Fault]:
        """The fields that are too long."""
        limit = self._max_field
        return [
            Fault("FIELD_TOO_LONG", name, text, {"limit": str(limit)})
            for name, text in texts.items()
            if len(text) > limit
        ]

    def document_value(self, name: str, text: str) -> tuple[object, Fault | None]:
        """A document-level value; an empty cell is None, or MISSING_VALUE when the field is required."""
        if name == "kind":
            return self._kind_by_column(text)
        if not text:
            return None, Fault("MISSING_VALUE", name) if name in _REQUIRED else None
        return self._parsed(name, text)

    def kind_of(self, number: str) -> DocumentKind:
        """The kind by the look of the number: the first pattern that fits, else the default."""
        rule = self._mapping.kind
        for pattern, kind in rule.numbers:
            if fnmatchcase(number, pattern):
                return kind
        return rule.default or "invoice"

    def _kind_by_column(self, text: str) -> tuple[object, Fault | None]:
        kind = self._kinds.get(text) or self._mapping.kind.default
        if kind is None:
            return None, Fault("BAD_VALUE", "kind", text, {"allowed": ", ".join(self._kinds)})
        return kind, None

    def line(
        self, texts: dict[str, str], *, ordinal: int, row: int | None = None
    ) -> tuple[CanonicalLine | None, list[Fault]]:
        """The line of a row, or its faults. Position is the ordinal on the document unless a column states
        it.
        """
        values: dict[str, Any] = {}
        faults: list[Fault] = []
        for name in self._line_fields:
            text = texts[name]
            if text:
                values[name], fault = self._parsed(name, text)
                if fault is not None:
                    faults.append(fault)
        if not (values.get("sku") or values.get("name") or values.get("ean")):
            faults.append(Fault("MISSING_VALUE", self._goods))
        if faults:
            return None, faults
        try:
            net, vat, gross = self._value(values)
        except _Refused as refused:
            return None, [refused.fault]
        get = values.get
        line = CanonicalLine(
            position=get("position") or ordinal,
            name=get("name") or "",
            sku=get("sku"),
            ean=get("ean"),
            producer_code=get("producer_code"),
            quantity=get("quantity"),
            unit=get("unit"),
            net=net,
            vat=vat,
            gross=gross,
            sale_date=get("line_sale_date"),
            before=get("before") or False,
            row=row,
        )
        return line, []

    def _parsed(self, name: str, text: str) -> tuple[Any, Fault | None]:
        parser = self._parsers.get(name)
        if parser is None:
            return text, None
        code, parse = parser
        try:
            return parse(text), None
        except ValueError:
            params = {"formats": ", ".join(self._mapping.dates)} if code == "BAD_DATE" else {}
            return None, Fault(code, name, text, params)

    def _value(self, values: dict[str, Any]) -> tuple[Decimal, Decimal | None, Decimal | None]:
        """Net value of the line: stated, else gross less VAT, else quantity times unit price. Half-even to
        grosze.
        """
        net, vat, gross = values.get("net"), values.get("vat"), values.get("gross")
        if net is not None:
            return net, vat, gross
        if gross is not None and vat is not None:
            return gross - vat, vat, gross
        if gross is None and not {"quantity", "unit_price"} <= values.keys():
            columns = self._mapping.columns
            order = ("net", "gross", "quantity")
            missing = next((name for name in order if name in columns and name not in values), "unit_price")
            raise _Refused(Fault("MISSING_VALUE", missing))
        if gross is None:
            product = (values["quantity"] * values["unit_price"]).quantize(_GROSZ, rounding=ROUND_HALF_EVEN)
            if not self._mapping.price_includes_vat:
                return product, vat, None
            gross = product
        if "vat_rate" not in values:
            raise _Refused(Fault("MISSING_VALUE", "vat_rate"))
        net = (gross / (1 + values["vat_rate"] / 100)).quantize(_GROSZ, rounding=ROUND_HALF_EVEN)
        return net, gross - net, gross


def _position(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < len(text) < 10 or int(text) == 0:
        raise ValueError(text)
    return int(text)


def header_faults(mapping: CsvMapping, header: list[str]) -> list[Fault]:
    """Columns that the mapping names and the header lacks (MISSING_COLUMN) or has twice (DUPLICATE_COLUMN)."""
    names = [name.strip() for name in header]
    wanted = [(target, source.column) for target, source in mapping.columns.items() if source.column is not None]
    if mapping.kind.column is not None:
        wanted.append(("kind", mapping.kind.column))
    faults: list[Fault] = []
    for target, column in wanted:
        if names.count(column) != 1:
            code = "DUPLICATE_COLUMN" if column in names else "MISSING_COLUMN"
            faults.append(Fault(code, target, column, {"column": column, "found": ", ".join(names)}))
    return faults
