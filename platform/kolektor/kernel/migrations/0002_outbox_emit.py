"""Emit by one SQL call, which other commands in SQL can make too; the outbox without the keys that it never needed."""

import django.db.models.deletion
from django.db import migrations, models

# `p_handlers` comes from the visible table in `kolektor.config.events`: one delivery each
EMIT = """
CREATE FUNCTION outbox_emit(p_name text, p_payload jsonb, p_handlers text[]) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE v_event bigint;
BEGIN
  INSERT INTO kernel_outboxevent (name, payload) VALUES (p_name, p_payload) RETURNING id INTO v_event;
  INSERT INTO kernel_outboxdelivery (event_id, handler) SELECT v_event, handler FROM unnest(p_handlers) AS handler;
  RETURN v_event;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_initial")]
    operations = [
        migrations.AlterField(
            "outboxdelivery",
            "event",
            models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="deliveries",
                to="kernel.outboxevent",
            ),
        ),
        migrations.AlterField("outboxdelivery", "attempts", models.SmallIntegerField(db_default=0)),
        migrations.RunSQL(EMIT, "DROP FUNCTION outbox_emit"),
    ]
