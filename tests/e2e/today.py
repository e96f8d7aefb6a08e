"""The demo's calendar."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo


def today() -> date:
    """The day in Poland, where invoices are dated."""
    return datetime.now(ZoneInfo("Europe/Warsaw")).date()
