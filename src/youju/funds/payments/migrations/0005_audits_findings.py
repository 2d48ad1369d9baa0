"""Who writes audit findings about payments; the auditor, who writes those, writes nothing else of payments."""

from django.db import migrations

from youju.foundation.database.rows import guard

INSIDE = "({all} OR {sections} IS NOT NULL)"
BEFORE = guard("payments_payment", INSIDE, writes="true")
AFTER = guard("payments_payment", INSIDE, writes="(SELECT youju_reach('writes')) <> 'audit'")


class Migration(migrations.Migration):
    dependencies = [("payments", "0004_money_return_run"), ("identity", "0004_reach")]

    operations = [
        migrations.RunSQL([*BEFORE.reverse_sql, *AFTER.sql], [*AFTER.reverse_sql, *BEFORE.sql]),
        guard("payments_auditfinding", INSIDE, writes="({all} OR (SELECT youju_reach('writes')) = 'audit')"),
    ]
