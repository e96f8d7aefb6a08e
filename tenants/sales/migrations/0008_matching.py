"""What a person said of goods and buyers that nobody knew."""

from pathlib import Path

import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

MATCHING = (Path(__file__).parents[1] / "sql" / "matching.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("sales", "0007_spread")]
    operations = [
        migrations.CreateModel(
            name="BuyerMatch",
            fields=[
                ("key", models.CharField(max_length=600, primary_key=True, serialize=False)),
                ("member_id", models.UUIDField(null=True)),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                ("created_by", models.UUIDField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="GoodsMatch",
            fields=[
                ("key", models.CharField(max_length=600, primary_key=True, serialize=False)),
                (
                    "product",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="goods",
                        to="sales.product",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                ("created_by", models.UUIDField(null=True)),
            ],
        ),
        migrations.AddIndex(
            model_name="product",
            index=models.Index(
                condition=models.Q(("producer_code__isnull", False)),
                fields=["producer_code"],
                name="product_producer_code",
            ),
        ),
        migrations.AddIndex(
            model_name="product",
            index=django.contrib.postgres.indexes.GistIndex(
                fields=["name"], name="product_name_nearest", opclasses=["gist_trgm_ops"]
            ),
        ),
        migrations.AddIndex(
            model_name="salesline",
            index=models.Index(
                condition=models.Q(("product_id__isnull", True)), fields=["id"], name="line_without_product"
            ),
        ),
        migrations.AddIndex(
            model_name="buyermatch", index=models.Index(fields=["member_id"], name="buyer_match_member")
        ),
        migrations.RunSQL(
            MATCHING,
            "DROP FUNCTION sales_match_product; DROP FUNCTION IF EXISTS sales_buyer_key; DROP FUNCTION sales_goods_key",
        ),
    ]
