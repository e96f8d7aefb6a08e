"""Where a wholesaler's figures go: headquarters' read model."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class BrandDay:
    """One day's sales of one brand (None: without a brand), in the program's currency; units are hundredths of a point."""

    day: date
    brand_id: UUID | None
    supplier_id: UUID | None
    lines: int
    sales: Decimal
    units_awarded: int
    units_reversed: int


@dataclass(frozen=True, slots=True)
class DayTotals:
    """One day's documents and orders. `units_spent` counts fulfilled orders of that day."""

    day: date
    documents: int
    orders: int
    units_spent: int


@dataclass(frozen=True, slots=True)
class MonthBuyers:
    """Distinct members who bought in a month (first day given)."""

    month: date
    buyers: int


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything about some days; replaces what was pushed for them before."""

    wholesaler_id: UUID
    as_of: datetime
    days: tuple[DayTotals, ...]
    brands: tuple[BrandDay, ...]
    months: tuple[MonthBuyers, ...]


class FactSink(Protocol):
    """Keeps the facts, in the caller's transaction."""

    def store(self, facts: Facts) -> None: ...
