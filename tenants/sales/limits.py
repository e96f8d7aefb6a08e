"""What a document may hold to be kept: texts that fit their columns, amounts that are those of a sale."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from tenants.sales.models import StagedDocument, StagedLine
from tenants.sales.ports import CanonicalDocument, Problem

# a line of a million million is a shifted column; below it, a line at the highest rate of a rule fits the ledger's 64 bits
MAX_AMOUNT: Final = Decimal(10) ** 12
MAX_RATE: Final = Decimal(10) ** 6

_DOCUMENT_TEXTS: Final = (
    "number",
    "ksef_number",
    "seller_nip",
    "buyer_nip",
    "buyer_code",
    "buyer_email",
    "buyer_phone",
    "buyer_name",
)
_LINE_TEXTS: Final = ("name", "sku", "ean", "producer_code", "unit")
_AMOUNTS: Final = ("quantity", "net", "vat", "gross")


def _limits(model: Any, names: tuple[str, ...]) -> dict[str, int]:
    return {name: model._meta.get_field(name).max_length for name in names}


_DOCUMENT_LIMITS: Final = _limits(StagedDocument, _DOCUMENT_TEXTS)
_LINE_LIMITS: Final = _limits(StagedLine, _LINE_TEXTS)


def misfit(document: CanonicalDocument) -> Problem | None:
    """Why the document cannot be kept (FIELD_TOO_LONG, BAD_AMOUNT, UNKNOWN_CURRENCY), or None when it can."""
    first = document.lines[0].position if document.lines else 1
    if len(document.currency) != 3:
        return _problem(document, "UNKNOWN_CURRENCY", None, "currency", document.currency)
    for name, limit in _DOCUMENT_LIMITS.items():
        text = getattr(document, name)
        if text is not None and len(text) > limit:
            return _problem(document, "FIELD_TOO_LONG", first, name, text, limit=str(limit))
    for number in document.corrected_numbers:
        if len(number) > _DOCUMENT_LIMITS["number"]:
            limit_text = str(_DOCUMENT_LIMITS["number"])
            return _problem(document, "FIELD_TOO_LONG", first, "corrected_number", number, limit=limit_text)
    if _beyond(document.total_gross, MAX_AMOUNT):
        return _problem(document, "BAD_AMOUNT", first, "total_gross", str(document.total_gross))
    if _beyond(document.rate, MAX_RATE):
        return _problem(document, "BAD_AMOUNT", first, "rate", str(document.rate))
    return _line_misfit(document)


def _line_misfit(document: CanonicalDocument) -> Problem | None:
    for line in document.lines:
        for name, limit in _LINE_LIMITS.items():
            text = getattr(line, name)
            if text is not None and len(text) > limit:
                return _problem(document, "FIELD_TOO_LONG", line.position, name, text, limit=str(limit))
        for name in _AMOUNTS:
            if _beyond(getattr(line, name), MAX_AMOUNT):
                return _problem(document, "BAD_AMOUNT", line.position, name, str(getattr(line, name)))
        rate = document.rate if line.rate is None else line.rate
        if _beyond(line.rate, MAX_RATE) or (line.net and rate and _beyond(line.net * rate, MAX_AMOUNT)):
            return _problem(document, "BAD_AMOUNT", line.position, "rate", str(rate))
    return None


def _beyond(amount: Decimal | None, limit: Decimal) -> bool:
    return amount is not None and abs(amount) >= limit


def _problem(
    document: CanonicalDocument, code: str, line: int | None, field: str, value: str, **params: str
) -> Problem:
    return Problem(
        code=code,
        file=document.file,
        document=document.number[:200],
        line=line,
        field=field,
        value=value[:200],
        params=params,
    )
