"""What PostgreSQL's planner knows about tables that one transaction fills.

Statistics that were gathered while a bulk load had not yet committed say that its tables are empty. A plan made on them reads
a whole table for every row of another, and a chunk that takes a second takes hours. Autovacuum mends them, but only for
statements that begin later. So a bulk load gathers them itself, where they are far off, between writing rows and joining them.
"""

from __future__ import annotations

from django.apps import apps
from django.db import connection
from django.db.models import Model

# no statistics yet and grown beyond a few pages; less than one row a page; or many times the size they were gathered at
_STALE = """
SELECT c.relname FROM unnest(%s) AS named(name) JOIN pg_class c ON c.oid = to_regclass(quote_ident(named.name))
CROSS JOIN LATERAL (SELECT pg_relation_size(c.oid) / current_setting('block_size')::int AS pages) held
WHERE CASE WHEN c.relpages = 0 THEN held.pages > 8 ELSE c.reltuples < c.relpages OR held.pages > 4 * c.relpages END
"""


def refresh(*models: type[Model]) -> list[str]:
    """ANALYZE the tables of these models whose statistics are far off, in the open transaction; returns their names.

    The models declare `bulk_loaded = True`, which gives the role `app` the right. Autovacuum keeps off an analyzed table until
    the transaction ends.
    """
    with connection.cursor() as cursor:
        cursor.execute(_STALE, [[model._meta.db_table for model in models]])
        stale = [row[0] for row in cursor.fetchall()]
        if stale:
            cursor.execute("ANALYZE " + ", ".join(connection.ops.quote_name(name) for name in stale))
    return stale


def bulk_loaded_tables() -> list[str]:
    """Tables of all models that declare `bulk_loaded = True`."""
    return sorted(model._meta.db_table for model in apps.get_models() if getattr(model, "bulk_loaded", False))
