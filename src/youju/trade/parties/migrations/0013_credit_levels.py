import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from youju.foundation.database.rows import guard

# Who reads a party reads its level; who handles the trade's files as a whole writes it (a snapshot of all parties, a decision).
READS = "{all} OR EXISTS (SELECT 1 FROM parties_party p WHERE p.id = party_id)"


class Migration(migrations.Migration):
    # After what exemptions and risk added beside it.
    dependencies = [("parties", "0012_risk_scanned")]

    operations = [
        migrations.AddField(
            "party",
            "credit_level_since",
            models.DateField(blank=True, null=True, verbose_name="信用等级生效日期"),
        ),
        migrations.CreateModel(
            name="CreditLevel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("level", models.CharField(max_length=4, verbose_name="信用等级")),
                ("points", models.DecimalField(decimal_places=2, max_digits=7, verbose_name="得分")),
                ("since", models.DateField(verbose_name="生效日期")),
                ("basis", models.CharField(max_length=100, verbose_name="依据")),
                ("set_by", models.CharField(blank=True, max_length=64, verbose_name="办理人")),
                (
                    "set_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="写入时间"
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="credit_levels",
                        to="parties.party",
                    ),
                ),
            ],
            options={
                "ordering": ["-since", "-pk"],
                "default_permissions": (),
                "indexes": [
                    models.Index(fields=["party", "-since", "-id"], name="parties_level_since"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("level", ""), _negated=True), name="parties_level_named"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("points__gte", 0)), name="parties_level_points"
                    ),
                ],
            },
        ),
        guard("parties_creditlevel", READS, writes="{all}"),
    ]
