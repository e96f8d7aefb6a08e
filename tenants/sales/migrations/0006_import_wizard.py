"""Saved mappings, corrected cells, progress of an import; returns take nothing from what was reverted."""

from pathlib import Path

import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import kolektor.kernel.fields
from django.db import migrations, models


RETURNS = (Path(__file__).parents[1] / "sql" / "returns.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):

    dependencies = [
        ('sales', '0005_reverted'),
    ]

    operations = [
        migrations.CreateModel(
            name='ImportProgress',
            fields=[
                ('batch', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='progress', serialize=False, to='sales.importbatch')),
                ('phase', models.CharField(blank=True, choices=[('READING', 'Reading'), ('CHECKING', 'Checking')], default='', max_length=10)),
                ('done', models.BigIntegerField(default=0)),
                ('total', models.BigIntegerField(default=0)),
                ('stop_asked', models.BooleanField(default=False)),
            ],
        ),
        migrations.AddField(
            model_name='importbatch',
            name='header_key',
            field=models.CharField(blank=True, default='', max_length=64),
        ),
        migrations.AddField(
            model_name='importproblem',
            name='row',
            field=models.IntegerField(null=True),
        ),
        migrations.AlterField(
            model_name='importbatch',
            name='state',
            field=models.CharField(choices=[('UPLOADED', 'Uploaded'), ('CHECKING', 'Checking'), ('CHECKED', 'Checked'), ('COMMITTING', 'Committing'), ('STOPPED', 'Stopped'), ('DONE', 'Done'), ('FAILED', 'Failed'), ('DISCARDED', 'Discarded'), ('REVERTING', 'Reverting'), ('REVERTED', 'Reverted')], default='UPLOADED', max_length=10),
        ),
        migrations.CreateModel(
            name='ImportFix',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('file', models.CharField(max_length=255)),
                ('row', models.IntegerField(null=True)),
                ('document', models.CharField(max_length=256, null=True)),
                ('field', models.CharField(max_length=80)),
                ('old', models.CharField(max_length=200, null=True)),
                ('new', models.CharField(blank=True, max_length=1000)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('actor', models.UUIDField()),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='fixes', to='sales.importbatch')),
            ],
        ),
        migrations.CreateModel(
            name='ImportSource',
            fields=[
                ('id', models.UUIDField(db_default=kolektor.kernel.fields.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=80)),
                ('format', models.CharField(max_length=10)),
                ('mapping', models.TextField()),
                ('header_key', models.CharField(blank=True, default='', max_length=64)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('created_by', models.UUIDField(null=True)),
                ('used_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('name'), name='one_source_name')],
            },
        ),
        migrations.AddField(
            model_name='importbatch',
            name='source',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='batches', to='sales.importsource'),
        ),
        migrations.RunSQL(RETURNS, migrations.RunSQL.noop),
    ]
