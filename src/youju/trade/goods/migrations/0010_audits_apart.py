from importlib import import_module

from django.db import migrations

from youju.foundation.database.rows import guard

# The auditor writes what internal supervision keeps, and like finance nothing of the trade.
_ROWS = import_module("youju.trade.goods.migrations.0002_rows")
BEFORE = import_module("youju.trade.goods.migrations.0009_decisions_no_money").AFTER
AFTER = guard(
    "goods_decision",
    _ROWS.OF_GOOD,
    writes=f"({_ROWS.OF_GOOD}) AND youju_reach('writes') NOT IN ('', 'money', 'audit')",
)


class Migration(migrations.Migration):
    dependencies = [("goods", "0009_decisions_no_money")]

    operations = [
        migrations.RunSQL([*BEFORE.reverse_sql, *AFTER.sql], [*AFTER.reverse_sql, *BEFORE.sql]),
    ]
