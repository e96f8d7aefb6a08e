"""Checking a mapping: every fault with its path, so that it can be mended in one go."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, TypeVar

from kolektor.kernel.errors import DomainError

T = TypeVar("T", bound=str)

_MAX_TEXT: Final = 200
# month and day names depend on the machine's language, so only digits
_DIRECTIVES: Final = frozenset({"%Y", "%y", "%m", "%d", "%H", "%M", "%S", "%f"})


class Checker:
    """Collects faults; each method returns a usable value even after a fault, so that checking goes on."""

    def __init__(self) -> None:
        self._faults: list[dict[str, str]] = []

    def fault(self, path: str, code: str, detail: str) -> None:
        self._faults.append({"path": path, "code": code, "detail": detail})

    def finish(self) -> None:
        """Raises DomainError BAD_MAPPING when anything was wrong."""
        if self._faults:
            raise DomainError("BAD_MAPPING", field=self._faults[0]["path"], errors=self._faults)

    def mapping(self, path: str, data: object, *, allowed: tuple[str, ...] | None) -> Mapping[str, object]:
        if not isinstance(data, dict):
            self.fault(path, "MAPPING_BAD_VALUE", "{…}")
            return {}
        for key in data:
            if allowed is not None and key not in allowed:
                self.fault(f"{path}.{key}".lstrip("."), "MAPPING_UNKNOWN_KEY", ", ".join(allowed))
        return {key: value for key, value in data.items() if allowed is None or key in allowed}

    def choice(self, path: str, data: object, allowed: tuple[T, ...]) -> T:
        for option in allowed:
            if data == option and isinstance(data, str):
                return option
        self.fault(path, "MAPPING_BAD_VALUE", ", ".join(repr(option) for option in allowed))
        return allowed[0]

    def text(self, path: str, data: object, *, empty: bool = False) -> str:
        if not isinstance(data, str) or len(data) > _MAX_TEXT or not (data.strip() or empty):
            self.fault(path, "MAPPING_BAD_VALUE", "text")
            return ""
        return data.strip()

    def texts(self, path: str, data: object) -> tuple[str, ...]:
        if not isinstance(data, list):
            self.fault(path, "MAPPING_BAD_VALUE", '["…"]')
            return ()
        return tuple(self.text(f"{path}.{index}", entry, empty=True) for index, entry in enumerate(data))

    def character(self, path: str, data: object, *, empty: bool) -> str:
        allowed = (
            isinstance(data, str) and (len(data) == 1 or (empty and data == "")) and data not in ("\r", "\n", "\0")
        )
        if not allowed:
            self.fault(path, "MAPPING_BAD_VALUE", "1 character")
            return ";"
        return str(data)

    def integer(self, path: str, data: object, low: int, high: int) -> int:
        if not isinstance(data, int) or isinstance(data, bool) or not low <= data <= high:
            self.fault(path, "MAPPING_BAD_VALUE", f"{low}–{high}")
            return low
        return data

    def boolean(self, path: str, data: object) -> bool:
        if not isinstance(data, bool):
            self.fault(path, "MAPPING_BAD_VALUE", "true, false")
            return False
        return data

    def date_formats(self, path: str, data: object) -> tuple[str, ...]:
        formats = self.texts(path, data)
        for index, layout in enumerate(formats):
            found = re.findall(r"%.?", layout)
            if not {"%m", "%d"} <= set(found) or not {"%Y", "%y"} & set(found) or set(found) - _DIRECTIVES:
                self.fault(f"{path}.{index}", "MAPPING_BAD_VALUE", "%Y-%m-%d")
        if not formats:
            self.fault(path, "MAPPING_INCOMPLETE", "%Y-%m-%d")
        return formats
