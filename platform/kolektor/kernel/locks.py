"""One at a time: what is looked up first and written then, by requests that may come together."""

from __future__ import annotations

from django.db import connection


def one_at_a_time(*names: str) -> None:
    """Wait for every other transaction of this schema that named one of the same things; until the end of this one.

    Named in one call, always in the same order, so that two never wait for each other.
    """
    with connection.cursor() as cursor:
        for name in sorted(set(names)):
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || ' ' || %s, 0))", [name])
