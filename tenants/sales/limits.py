"""What a document may hold to be kept: texts that fit their columns, amounts that are those of a sale."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from tenants.sales.models import StagedDocument, StagedLine
from tenants.sales.ports import CanonicalDocument, CanonicalLine, Problem

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


def misfits(document: CanonicalDocument) -> list[Problem]:
    """Why the document cannot be kept (FIELD_TOO_LONG, BAD_AMOUNT, UNKNOWN_CURRENCY); empty when it can."""
    found: list[Problem] = []
    first = document.lines[0] if document.lines else None
    if len(document.currency) != 3:
        found.append(_problem(document, "UNKNOWN_CURRENCY", None, "currency", document.currency))
    for name, limit in _DOCUMENT_LIMITS.items():
        text = getattr(document, name)
        if text is not None and len(text) > limit:
            found.append(_problem(document, "FIELD_TOO_LONG", first, name, text, limit=str(limit)))
    for number in document.corrected_numbers:
        if len(number) > _DOCUMENT_LIMITS["number"]:
            limit_text = str(_DOCUMENT_LIMITS["number"])
            found.append(_problem(document, "FIELD_TOO_LONG", first, "corrected_number", number, limit=limit_text))
    for name in ("total_gross", "change_net", "change_gross"):
        if _beyond(getattr(document, name), MAX_AMOUNT):
            found.append(_problem(document, "BAD_AMOUNT", first, name, str(getattr(document, name))))
    if _beyond(document.rate, MAX_RATE):
        found.append(_problem(document, "BAD_AMOUNT", first, "rate", str(document.rate)))
    else:
        for line in document.lines:
            found += _line_misfits(document, line)
    return found


def _line_misfits(document: CanonicalDocument, line: CanonicalLine) -> list[Problem]:
    found: list[Problem] = []
    for name, limit in _LINE_LIMITS.items():
        text = getattr(line, name)
        if text is not None and len(text) > limit:
            found.append(_problem(document, "FIELD_TOO_LONG", line, name, text, limit=str(limit)))
    for name in _AMOUNTS:
        if _beyond(getattr(line, name), MAX_AMOUNT):
            found.append(_problem(document, "BAD_AMOUNT", line, name, str(getattr(line, name))))
    rate = document.rate if line.rate is None else line.rate
    worth = not found and line.net and rate and _beyond(line.net * rate, MAX_AMOUNT)
    if _beyond(line.rate, MAX_RATE) or worth:
        found.append(_problem(document, "BAD_AMOUNT", line, "rate", str(rate)))
    return found


def _beyond(amount: Decimal | None, limit: Decimal) -> bool:
    return amount is not None and abs(amount) >= limit


def _problem(
    document: CanonicalDocument, code: str, line: CanonicalLine | None, field: str, value: str, **params: str
) -> Problem:
    return Problem(
        code=code,
        file=document.file,
        document=document.number[:200],
        line=None if line is None else line.position,
        field=field,
        value=value[:200],
        params=params,
        row=None if line is None else line.row,
    )
