"""Sentences for every problem and notice of an import, in Polish and English.

A problem is a code plus data (`tenants.sales.ports.Problem`); the sentence is made when somebody reads it.
Templates are `str.format` with the problem's `params` and its own `document`, `line`, `field`, `value`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Final, Literal

from tenants.sales.ports import Problem

Language = Literal["pl", "en"]

MESSAGES: Final[dict[str, dict[str, str]]] = {
    # the file as a whole
    "UNREADABLE": {
        "pl": "Nie da się odczytać pliku: jest pusty, uszkodzony albo w innym formacie.",
        "en": "The file cannot be read: {detail}.",
    },
    "UNKNOWN_FORMAT": {
        "pl": "Nieznany format: oczekiwano {expected}, znaleziono {found}.",
        "en": "Unknown format: expected {expected}, found {found}.",
    },
    "TOO_LARGE": {
        "pl": "Dokument przekracza limit {limit_mb} MB.",
        "en": "The document exceeds the limit of {limit_mb} MB.",
    },
    # KSeF
    "DTD_FORBIDDEN": {
        "pl": "Plik XML zawiera definicję DTD, która jest niedozwolona.",
        "en": "The XML file carries a DTD, which is not allowed.",
    },
    "XML_MALFORMED": {
        "pl": "Niepoprawny XML w wierszu {xml_line}.",
        "en": "Malformed XML on line {xml_line}: {detail}.",
    },
    "SCHEMA_INVALID": {
        "pl": "Niezgodność ze schematem FA(3) w wierszu {xml_line}: pole {field} ma niedozwoloną wartość "
        "albo stoi w niewłaściwym miejscu.",
        "en": "Not valid against the FA(3) schema on line {xml_line}, field {field}: {detail}",
    },
    "STRUCTURE_INVALID": {
        "pl": "Faktura FA(2), wiersz {xml_line}: brak pola {field} albo jego wartość jest niedozwolona.",
        "en": "FA(2) invoice, line {xml_line}: the field {field} is missing or its value is not allowed ({detail}).",
    },
    "FORM_NOT_READ": {
        "pl": "Plik jest w strukturze {form}, której nie czytamy. Obsługiwane struktury: {known}.",
        "en": "The file follows the structure {form}, which is not read. Structures that are: {known}.",
    },
    "NO_GOODS_LINES": {
        "pl": "Dokument przyjęto, ale nie ma na nim pozycji towarowych, więc punkty się nie zmieniają.",
        "en": "The document was accepted, but it has no goods lines, so points do not change.",
    },
    "RETURN_WITHOUT_SALE": {
        "pl": "Pozycja {line} zwraca {product}, ale wcześniejsze zakupy tego klienta są o {left} za małe: "
        "za tę ilość punkty się nie zmieniają.",
        "en": "Line {line} returns {product}, but this customer’s earlier purchases fall short by {left}: "
        "points for that quantity do not change.",
    },
    "LINE_WITHOUT_VALUE": {
        "pl": "Pozycja {line} nie podaje wartości, więc nie daje punktów.",
        "en": "Line {line} states no value, so it gives no points.",
    },
    "CORRECTION_SPREAD": {
        "pl": "Korekta {document} nie podaje wartości pozycji, więc jej zmianę ({spread}) rozłożono proporcjonalnie na pozycje "
        "dokumentów {originals} (pozycji: {lines}).",
        "en": "Correction {document} states no values of lines, so its change ({spread}) was spread in proportion over the lines "
        "of {originals} (lines: {lines}).",
    },
    "CHANGE_BEYOND_SALES": {
        "pl": "Korekta {document} zmienia wartość o {change}, ale na dokumentach {originals} tyle nie zostało: "
        "{left} nie zmienia punktów.",
        "en": "Correction {document} changes the value by {change}, but documents {originals} have not that much left: {left} "
        "changes no points.",
    },
    "CHANGE_NOT_CONVERTED": {
        "pl": "Kwoty korekty {document} ({value}) nie da się przeliczyć na wartość netto dokumentów {originals}, więc punkty się "
        "nie zmieniają.",
        "en": "The amount of correction {document} ({value}) cannot be converted to the net value of documents {originals}, so "
        "points do not change.",
    },
    "LINE_NOT_LINKED": {
        "pl": "Korekta {document}, pozycja {line}: na dokumentach {originals} nie ma pozycji „{product}”, więc {amount} nie "
        "zmienia punktów.",
        "en": "Correction {document}, line {line}: documents {originals} have no line “{product}”, so {amount} changes no "
        "points.",
    },
    "LINE_BELOW_ZERO": {
        "pl": "Pozycja {line} („{value}”) odejmuje wartość od całego dokumentu. Punkty liczą się z pozostałych pozycji bez tego "
        "odliczenia.",
        "en": "Line {line} (“{value}”) takes value off the whole document. Points are counted from the other lines without it.",
    },
    "SETTLEMENT_OF_REST": {
        "pl": "Faktura końcowa {document} rozlicza zaliczki {advances}, a jej pozycje ({listed} netto) wyglądają na samą "
        "pozostałą kwotę. Punkty są tylko za nią. Brakujące możesz przyznać ręcznie.",
        "en": "Settlement {document} settles the advances {advances}, and its lines ({listed} net) look like the rest only. "
        "Points are given for that alone; the others can be given by hand.",
    },
    "ADVANCE_OF_WHOLE": {
        "pl": "Zaliczka {document} pokrywa całe zamówienie, więc faktury końcowej może nie być. Zaliczka nie daje punktów. "
        "Możesz je przyznać ręcznie.",
        "en": "Advance {document} pays for the whole order, so there may be no settlement. An advance gives no points; they can "
        "be given by hand.",
    },
    "SEVERAL_BUYERS": {
        "pl": "Na dokumencie {document} jest więcej nabywców: {name} (udział: {share}). Punkty dostaje nabywca główny.",
        "en": "Document {document} has a further buyer: {name} (share: {share}). The points go to the main buyer.",
    },
    "OTHER_RECIPIENT": {
        "pl": "Odbiorcą na dokumencie {document} jest {name}. Punkty dostaje nabywca.",
        "en": "The recipient on document {document} is {name}. The points go to the buyer.",
    },
    # CSV
    "MISSING_COLUMN": {
        "pl": "Brak kolumny „{column}” (pole {field}). Kolumny w pliku: {found}.",
        "en": "Column “{column}” is missing (field {field}). Columns in the file: {found}.",
    },
    "DUPLICATE_COLUMN": {
        "pl": "Kolumna „{column}” (pole {field}) występuje więcej niż raz.",
        "en": "Column “{column}” (field {field}) occurs more than once.",
    },
    "MISSING_VALUE": {
        "pl": "Wiersz {line}: brak wartości w polu {field}.",
        "en": "Row {line}: no value in the field {field}.",
    },
    "BAD_NUMBER": {
        "pl": "Wiersz {line}: „{value}” w polu {field} nie jest liczbą.",
        "en": "Row {line}: “{value}” in the field {field} is not a number.",
    },
    "BAD_DATE": {
        "pl": "Wiersz {line}: „{value}” w polu {field} nie jest datą w formacie {formats}.",
        "en": "Row {line}: “{value}” in the field {field} is not a date of the format {formats}.",
    },
    "BAD_NIP": {
        "pl": "Wiersz {line}: „{value}” w polu {field} nie jest numerem NIP.",
        "en": "Row {line}: “{value}” in the field {field} is not a tax number (NIP).",
    },
    "BAD_VALUE": {
        "pl": "Wiersz {line}: nieznana wartość „{value}” w polu {field}.",
        "en": "Row {line}: unknown value “{value}” in the field {field}.",
    },
    "FIELD_TOO_LONG": {
        "pl": "Wiersz {line}: pole {field} ma ponad {limit} znaków.",
        "en": "Row {line}: the field {field} has more than {limit} characters.",
    },
    "BAD_ROW": {
        "pl": "Wiersz {line} nie pasuje do nagłówka albo ma błędne cudzysłowy ({detail}).",
        "en": "Row {line} does not fit the header, or its quotation marks are wrong ({detail}).",
    },
    "DUPLICATE_POSITION": {
        "pl": "Wiersz {line}: pozycja {value} występuje na dokumencie więcej niż raz.",
        "en": "Row {line}: position {value} occurs more than once on the document.",
    },
    "DOCUMENT_INCONSISTENT": {
        "pl": "Wiersz {line}: pole {field} ma wartość „{value}”, a wcześniej w tym dokumencie „{first}”.",
        "en": "Row {line}: the field {field} is “{value}”, but “{first}” earlier on the same document.",
    },
    "DOCUMENT_SPLIT": {
        "pl": "Wiersze dokumentu {document} (od wiersza {line}) leżą za daleko od siebie albo plik się urywa. "
        "Posortuj plik według numeru.",
        "en": "The rows of document {document} (from row {line}) lie too far apart, or the file breaks off. "
        "Sort the file by number.",
    },
    "DOCUMENT_GATHERED": {
        "pl": "Wiersze dokumentu {document} (od wiersza {line}) leżały w {parts} miejscach pliku; "
        "przyjęto je jako jeden dokument.",
        "en": "The rows of document {document} (from row {line}) lay in {parts} places of the file; they were taken as one.",
    },
    # the mapping of a CSV feed
    "BAD_MAPPING": {
        "pl": "Nie da się użyć mapowania kolumn.",
        "en": "The column mapping cannot be used.",
    },
    "MAPPING_MISSING": {
        "pl": "Import CSV wymaga mapowania kolumn.",
        "en": "A CSV import needs a column mapping.",
    },
    "MAPPING_NOT_JSON": {
        "pl": "Mapowanie nie jest poprawnym plikiem JSON: {detail}.",
        "en": "The mapping is not valid JSON: {detail}.",
    },
    "MAPPING_INCOMPLETE": {
        "pl": "Mapowanie, {path}: brakuje {detail}.",
        "en": "Mapping, {path}: {detail} is missing.",
    },
    "MAPPING_UNKNOWN_KEY": {
        "pl": "Mapowanie, {path}: nieznany klucz. Dozwolone: {detail}.",
        "en": "Mapping, {path}: unknown key. Allowed: {detail}.",
    },
    "MAPPING_BAD_VALUE": {
        "pl": "Mapowanie, {path}: niedozwolona wartość. Dozwolone: {detail}.",
        "en": "Mapping, {path}: the value is not allowed. Allowed: {detail}.",
    },
    # what the importer finds
    "SELLER_MISMATCH": {
        "pl": "Sprzedawcą na dokumencie {document} jest inna firma (NIP {value}).",
        "en": "The seller on document {document} is another company (NIP {value}).",
    },
    "UNKNOWN_CURRENCY": {
        "pl": "Nieobsługiwana waluta „{value}” na dokumencie {document}.",
        "en": "Unsupported currency “{value}” on document {document}.",
    },
    "CORRECTION_WITHOUT_REFERENCE": {
        "pl": "Korekta {document} nie wskazuje dokumentu, którego dotyczy.",
        "en": "Correction {document} does not name the document that it corrects.",
    },
    "CORRECTION_BEFORE_ORIGINAL": {
        "pl": "Korekta {document} dotyczy dokumentów, których jeszcze nie ma: {value}. Wczytaj je najpierw.",
        "en": "Correction {document} refers to documents that are not here yet: {value}. Import them first.",
    },
    "NUMBER_CONFLICT": {
        "pl": "Dokument {document} już istnieje z inną treścią. Niczego nie zmieniono.",
        "en": "Document {document} already exists with other content. Nothing was changed.",
    },
    "DUPLICATE_IN_FILE": {
        "pl": "Dokument {document} występuje w tym imporcie więcej niż raz.",
        "en": "Document {document} occurs more than once in this import.",
    },
    "BUYER_UNKNOWN": {
        "pl": "Nieznany nabywca na dokumencie {document}. Pozycje czekają, aż pojawi się uczestnik.",
        "en": "Unknown buyer on document {document}. Its lines wait until the member appears.",
    },
    "PRODUCT_UNKNOWN": {
        "pl": "Pozycja {line}: nie rozpoznano produktu „{value}”.",
        "en": "Line {line}: the product “{value}” was not recognized.",
    },
    "BAD_AMOUNT": {
        "pl": "Dokument {document}, pozycja {line}: niedopuszczalna kwota „{value}” w polu {field}.",
        "en": "Document {document}, line {line}: the amount “{value}” in the field {field} is not possible.",
    },
}


# the fields of a CSV mapping as a reader calls them; the elements of FA(3) keep their names
_FIELDS: Final[dict[str, tuple[str, str]]] = {
    "number": ("numer dokumentu", "document number"),
    "issue_date": ("data wystawienia", "date of issue"),
    "sale_date": ("data sprzedaży", "date of sale"),
    "line_sale_date": ("data sprzedaży", "date of sale"),
    "due_date": ("termin płatności", "due date"),
    "currency": ("waluta", "currency"),
    "rate": ("kurs waluty", "exchange rate"),
    "seller_nip": ("NIP sprzedawcy", "seller's NIP"),
    "buyer_nip": ("NIP nabywcy", "buyer's NIP"),
    "buyer_code": ("kod klienta", "customer code"),
    "buyer_name": ("nazwa nabywcy", "buyer's name"),
    "buyer_email": ("e-mail nabywcy", "buyer's e-mail"),
    "buyer_phone": ("telefon nabywcy", "buyer's phone"),
    "position": ("liczba porządkowa", "position"),
    "sku": ("indeks towaru", "SKU"),
    "ean": ("EAN", "EAN"),
    "name": ("nazwa towaru", "product name"),
    "quantity": ("ilość", "quantity"),
    "unit": ("jednostka miary", "unit"),
    "unit_price": ("cena jednostkowa", "unit price"),
    "net": ("wartość netto", "net value"),
    "vat": ("kwota VAT", "VAT"),
    "gross": ("wartość brutto", "gross value"),
    "total_gross": ("wartość brutto dokumentu", "document's gross value"),
    "vat_rate": ("stawka VAT", "VAT rate"),
    "change_net": ("zmiana wartości netto", "change of the net value"),
    "change_gross": ("zmiana wartości brutto", "change of the gross value"),
    "corrected_number": ("numer dokumentu korygowanego", "number of the corrected document"),
    "corrected_ksef_number": ("numer KSeF dokumentu korygowanego", "KSeF number of the corrected document"),
    "ksef_number": ("numer KSeF", "KSeF number"),
    "producer_code": ("kod producenta", "producer code"),
    "paid": ("zapłacono", "paid"),
    "before": ("stan przed korektą", "state before the correction"),
    "kind": ("rodzaj dokumentu", "kind of document"),
}
# the rest of a mapping, as the wizard calls it
_LAYOUT: Final[dict[str, tuple[str, str]]] = {
    "encoding": ("kodowanie znaków", "character encoding"),
    "delimiter": ("separator kolumn", "column separator"),
    "quote": ("znak cudzysłowu", "quotation mark"),
    "decimal": ("znak dziesiętny", "decimal sign"),
    "thousands": ("separator tysięcy", "thousands separator"),
    "dates": ("format daty", "date format"),
    "skip_rows": ("wiersze nad nagłówkiem", "rows above the header"),
    "sheet": ("arkusz", "sheet"),
    "kind": ("rodzaj dokumentu", "kind of document"),
    "price_includes_vat": ("cena zawiera VAT", "price includes VAT"),
}
# pieces of a date format, as people write them
_DATES: Final[dict[Language, dict[str, str]]] = {
    "pl": {"%Y": "RRRR", "%y": "RR", "%m": "MM", "%d": "DD", "%H": "GG", "%M": "MM", "%S": "SS"},
    "en": {"%Y": "YYYY", "%y": "YY", "%m": "MM", "%d": "DD", "%H": "HH", "%M": "MM", "%S": "SS"},
}


def sentence(problem: Problem, language: Language) -> str:
    """What to tell the reader. A code without a template (an old row) is shown as it is, never an error."""
    known = {
        "file": problem.file,
        "document": problem.document,
        "line": problem.line,
        "field": problem.field,
        "value": problem.value,
        **problem.params,
    }
    return fill(problem.code, known, language)


def field_name(field: str, language: Language) -> str:
    """What a reader calls a field of a mapping; its own name when there is no other."""
    pair = _FIELDS.get(field) or _LAYOUT.get(field)
    return field if pair is None else pair[0 if language == "pl" else 1]


def mapping_sentence(fault: Mapping[str, str], language: Language) -> str:
    """What to choose otherwise in a mapping, in the words of the wizard."""
    polish = language == "pl"
    head, _, rest = fault["path"].partition(".")
    field = rest.split(".")[0] if head == "columns" and rest else head
    name = field_name(field, language)
    code = fault["code"]
    if code == "MAPPING_INCOMPLETE" and field == "columns":
        groups = [
            " + ".join(field_name(each, language) for each in part.split(" + "))
            for part in fault["detail"].split(" | ")
        ]
        options = "; ".join(groups)
        return f"Wskaż kolumny dla jednego z: {options}." if polish else f"Choose columns for one of: {options}."
    if code == "MAPPING_INCOMPLETE":
        return f"Wskaż kolumnę dla pola „{name}”." if polish else f"Choose a column for “{name}”."
    if head == "columns" and code == "MAPPING_BAD_VALUE" and field == "number":
        return "Numer dokumentu musi pochodzić z kolumny pliku." if polish else "The document number must be a column."
    if code == "MAPPING_BAD_VALUE" and fault["path"]:
        return f"Popraw ustawienie „{name}”." if polish else f"Correct the setting “{name}”."
    return fill(code, fault, language)


def fill(code: str, known: Mapping[str, object], language: Language) -> str:
    """The sentence of a code with its pieces, fields and date formats in the reader's words."""
    template = MESSAGES.get(code)
    if template is None:
        return code
    said = {name: str(text) for name, text in known.items() if text is not None and text != ""}
    if "field" in said:
        names = _FIELDS.get(said["field"])
        said["field"] = f"„{names[0]}”" if names and language == "pl" else f"“{names[1]}”" if names else said["field"]
    if "formats" in said:
        for piece, letters in _DATES[language].items():
            said["formats"] = said["formats"].replace(piece, letters)
    # a missing piece must not hide the rest of the sentence
    return template[language].format_map(defaultdict(lambda: "–", said))
