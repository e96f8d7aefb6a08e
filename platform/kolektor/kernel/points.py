"""Points: an integer count of hundredths, so that 1 point = 100 units and grosze stay exact."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Final, Literal

UNITS_PER_POINT: Final = 100
# the column's own limit
MAX_UNITS: Final = 2**63 - 1

Rounding = Literal["half_even", "half_up"]
_MODES: Final[dict[str, str]] = {"half_even": ROUND_HALF_EVEN, "half_up": ROUND_HALF_UP}


@dataclass(frozen=True, slots=True, order=True)
class Points:
    """An amount of loyalty points in units (hundredths of a point). May be negative."""

    units: int

    def __post_init__(self) -> None:
        if not isinstance(self.units, int) or isinstance(self.units, bool):
            raise TypeError("Points takes a whole number of hundredths")
        if abs(self.units) > MAX_UNITS:
            raise OverflowError("points out of range")

    @classmethod
    def parse(cls, text: str) -> Points:
        """Read a decimal string of points, at most two places. Raises ValueError."""
        try:
            value = Decimal(text)
        except InvalidOperation as error:
            raise ValueError(f"not a number of points: {text!r}") from error
        units = value * UNITS_PER_POINT
        if not value.is_finite() or units != units.to_integral_value():
            raise ValueError(f"points have at most two decimal places: {text!r}")
        return cls(int(units))

    @classmethod
    def rounded(cls, points: Decimal, mode: Rounding = "half_even") -> Points:
        """Round a decimal count of points to hundredths, once."""
        return cls(int((points * UNITS_PER_POINT).to_integral_value(rounding=_MODES[mode])))

    def __add__(self, other: Points) -> Points:
        return Points(self.units + other.units)

    def __sub__(self, other: Points) -> Points:
        return Points(self.units - other.units)

    def __neg__(self) -> Points:
        return Points(-self.units)

    def __bool__(self) -> bool:
        return self.units != 0

    def as_decimal(self) -> Decimal:
        """The amount in points, exact."""
        return Decimal(self.units).scaleb(-2)

    def __str__(self) -> str:
        return f"{self.as_decimal():.2f}"


ZERO: Final = Points(0)
