"""Tables whose rows are never changed: a trigger refuses UPDATE, DELETE and TRUNCATE, and the role `app` lacks the right."""

from __future__ import annotations

from django.apps import apps
from django.db.migrations.operations import RunSQL

_FUNCTION = """
CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'KL001';
END
$body$;
"""


def append_only(table: str) -> RunSQL:
    """The migration operation that locks a table against change."""
    function = f"{table}_append_only"
    return RunSQL(
        _FUNCTION.format(function=function)
        + f"""
CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
  FOR EACH ROW EXECUTE FUNCTION {function}();
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
  FOR EACH STATEMENT EXECUTE FUNCTION {function}();
""",
        reverse_sql=f"DROP FUNCTION {function}() CASCADE;",
    )


def append_only_tables() -> list[str]:
    """Tables of all models that declare `append_only = True`."""
    return sorted(model._meta.db_table for model in apps.get_models() if getattr(model, "append_only", False))
