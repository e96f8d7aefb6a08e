"""The one clock. UTC inside; Europe/Warsaw only where a calendar day or month is meant."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

WARSAW = ZoneInfo("Europe/Warsaw")


def now() -> datetime:
    """The present moment, aware, UTC."""
    return timezone.now()


def local_today() -> date:
    """Today's calendar day in Poland."""
    return now().astimezone(WARSAW).date()
