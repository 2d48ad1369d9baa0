from importlib import import_module

from django.db import migrations

from youju.foundation.database.rows import guard

# Whoever may write a row at all may leave a decision on a good that it sees; finance writes, but nothing of the trade.
_ROWS = import_module("youju.trade.goods.migrations.0002_rows")
BEFORE = guard("goods_decision", _ROWS.OF_GOOD, writes=f"({_ROWS.OF_GOOD}) AND youju_reach('writes') <> ''")
AFTER = guard(
    "goods_decision",
    _ROWS.OF_GOOD,
    writes=f"({_ROWS.OF_GOOD}) AND youju_reach('writes') NOT IN ('', 'money')",
)


class Migration(migrations.Migration):
    dependencies = [("goods", "0008_ordersp_tradable")]

    operations = [
        migrations.RunSQL([*BEFORE.reverse_sql, *AFTER.sql], [*AFTER.reverse_sql, *BEFORE.sql]),
    ]
