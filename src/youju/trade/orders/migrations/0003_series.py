import django.db.models.deletion
from django.db import migrations, models
from django.db.models.functions import Now

from youju.foundation.database.rows import guard

OF_GOOD = "{all} OR EXISTS (SELECT 1 FROM goods_good g WHERE g.id = good_id)"


class Migration(migrations.Migration):
    dependencies = [("orders", "0002_rows"), ("goods", "0002_rows")]

    operations = [
        migrations.RunSQL("CREATE SEQUENCE orders_number", "DROP SEQUENCE orders_number"),
        migrations.CreateModel(
            name="UsualPrice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("currency", models.CharField(max_length=3, verbose_name="币种")),
                ("price", models.DecimalField(decimal_places=4, max_digits=16, verbose_name="常用单价")),
                ("deals", models.PositiveIntegerField(verbose_name="依据的行数")),
                ("counted_at", models.DateTimeField(db_default=Now(), verbose_name="统计时间")),
                (
                    "good",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="goods.good",
                        verbose_name="商品",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("good", "currency"), name="orders_usual_price_once"),
                    models.CheckConstraint(
                        condition=models.Q(("price__gt", 0)), name="orders_usual_price_positive"
                    ),
                ],
            },
        ),
        # Counted at night by a job that reaches everything; read by who may read the good.
        guard("orders_usualprice", OF_GOOD, writes="{all}"),
    ]
