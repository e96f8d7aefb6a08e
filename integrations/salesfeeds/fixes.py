"""What a person corrected in a file, put in place of its cells while the file is read. The file itself stays as it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from tenants.sales.ports import Fix

_NEVER: Final = 2**62


class FixBook:
    """Looks corrections up by row, by document and by value; the younger one wins. Empty for most files."""

    def __init__(self, fixes: Iterable[Fix]) -> None:
        self._rows: dict[tuple[str, int], list[tuple[int, str, str]]] = defaultdict(list)
        self._documents: dict[tuple[str, str], list[tuple[int, str, str]]] = defaultdict(list)
        self._values: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
        self._value_fields: set[str] = set()
        for order, fix in enumerate(fixes, start=1):
            if fix.row is not None:
                self._rows[fix.file, fix.row].append((order, fix.field, fix.new))
            elif fix.document is not None:
                self._documents[fix.file, fix.document].append((order, fix.field, fix.new))
            elif fix.old is not None:
                self._values[fix.field, fix.old].append((order, fix.new))
                self._value_fields.add(fix.field)

    def __bool__(self) -> bool:
        return bool(self._rows or self._documents or self._values)

    def number(self, file: str, row: int, number: str) -> str:
        """The document number of a row after its corrections."""
        return self._numbers(file, row, number)[-1]

    def _numbers(self, file: str, row: int, number: str) -> list[str]:
        """The number that the row got by itself, then the names that its document was given one after the other."""
        names = [self._settled("number", number, [(order, new) for order, _, new in self._of(file, row, "number")])]
        last = 0
        while True:
            later = [
                (order, new)
                for order, field, new in self._documents.get((file, names[-1]), ())
                if field == "number" and order > last
            ]
            if not later:
                return names
            last, name = later[0]
            names.append(name)

    def _of(self, file: str, row: int, name: str) -> list[tuple[int, str, str]]:
        return [entry for entry in self._rows.get((file, row), ()) if entry[1] == name]

    def apply(self, file: str, row: int, texts: dict[str, str]) -> None:
        """Change the texts of a row (by canonical field, white space trimmed) in place."""
        events: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for order, name, new in self._rows.get((file, row), ()):
            events[name].append((order, new))
        if self._documents:
            for number in self._numbers(file, row, texts.get("number", "")):
                for order, name, new in self._documents.get((file, number), ()):
                    if name != "number":
                        events[name].append((order, new))
        for name in self._value_fields | events.keys():
            if name in texts and name != "number":
                texts[name] = self._settled(name, texts[name], sorted(events.get(name, ())))
        if "number" in texts:
            texts["number"] = self.number(file, row, texts["number"])

    def _settled(self, name: str, text: str, events: list[tuple[int, str]]) -> str:
        last = 0
        for order, new in [*events, (_NEVER, None)]:
            while True:
                hit = next((each for each in self._values.get((name, text), ()) if last < each[0] < order), None)
                if hit is None:
                    break
                last, text = hit
            if new is None:
                break
            last, text = order, new
        return text
