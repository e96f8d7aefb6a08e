"""What a program calls its points: the forms that Polish needs after a number (CLDR plural categories)."""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class PointForms:
    """1 punkt, 2 punkty, 5 punktów, 1,5 punktu."""

    one: str = "punkt"
    few: str = "punkty"
    many: str = "punktów"
    other: str = "punktu"

    def as_dict(self) -> dict[str, str]:
        """As JSON keeps it."""
        return asdict(self)


def default_point_forms() -> dict[str, str]:
    """Plain points."""
    return PointForms().as_dict()
