"""Every code that the sources can give has a sentence in both languages, whose pieces exist."""

from __future__ import annotations

import ast
import string

import pytest

from tenants.sales.messages import MESSAGES, sentence
from tenants.sales.ports import Problem
from tests.shared_data import CHECKOUT

# what makes a problem: the first argument is its code
MAKERS = {"problem", "Problem", "Fault", "SourceRefused", "DomainError"}
KINDS_OF_KSEF = {"KOR_ZAL", "KOR_ROZ"}
IMPORTER_CODES = {
    "MAPPING_MISSING",
    "SELLER_MISMATCH",
    "UNKNOWN_CURRENCY",
    "CORRECTION_BEFORE_ORIGINAL",
    "CORRECTION_WITHOUT_REFERENCE",
    "NUMBER_CONFLICT",
    "DUPLICATE_IN_FILE",
    "BUYER_UNKNOWN",
    "PRODUCT_UNKNOWN",
    "RETURN_WITHOUT_SALE",
    "CORRECTION_SPREAD",
    "CHANGE_BEYOND_SALES",
    "CHANGE_NOT_CONVERTED",
    "LINE_NOT_LINKED",
    "BAD_AMOUNT",
}


def codes_in_sources() -> set[str]:
    """String constants that look like codes: given to a maker, or anywhere else in a feed (`fault, code =
    …`).
    """
    found: set[str] = set()
    for path in sorted((CHECKOUT / "integrations" / "salesfeeds").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MAKERS and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    found.add(first.value)
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                text = node.value
                if text not in KINDS_OF_KSEF and text.isupper() and text.replace("_", "").isalpha() and len(text) > 6:
                    found.add(text)
    return found


def test_every_code_has_both_languages() -> None:
    codes = codes_in_sources()
    assert {"UNREADABLE", "SCHEMA_INVALID", "DOCUMENT_SPLIT", "BAD_NUMBER", "MAPPING_UNKNOWN_KEY"} <= codes
    assert codes | IMPORTER_CODES == MESSAGES.keys()
    assert all(texts.keys() == {"pl", "en"} and all(texts.values()) for texts in MESSAGES.values())


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_both_languages_use_the_same_pieces(code: str) -> None:
    pieces = [
        {name for _, name, _, _ in string.Formatter().parse(MESSAGES[code][language]) if name is not None}
        for language in ("pl", "en")
    ]
    # what a library said is English, and is quoted in the English sentence only
    assert pieces[0] == pieces[1] - {"detail"} or pieces[0] == pieces[1]
    assert all(name.isidentifier() for name in pieces[0])


def test_sentences() -> None:
    found = Problem(code="BAD_NUMBER", file="a.csv", document="FV/1", line=7, field="net", value="x{0}")
    assert sentence(found, "pl") == "Wiersz 7: „x{0}” w polu „wartość netto” nie jest liczbą."
    assert sentence(found, "en") == "Row 7: “x{0}” in the field “net value” is not a number."
    assert sentence(Problem(code="TOO_LARGE", file="a"), "en") == "The document exceeds the limit of – MB."
    assert sentence(Problem(code="OLD_CODE", file="a"), "pl") == "OLD_CODE"
