from importlib import import_module

from django.db import migrations

from youju.foundation.database.rows import amended

# As the auditor, the tax office and customs write nothing of the trade.
BEFORE = import_module("youju.trade.goods.migrations.0010_audits_apart").AFTER


class Migration(migrations.Migration):
    dependencies = [("goods", "0011_risk_scanned"), ("identity", "0009_overseers")]

    operations = [
        amended(
            BEFORE,
            "NOT IN ('', 'money', 'audit')",
            "NOT IN ('', 'money') AND NOT (SELECT youju_oversees('writes'))",
        )
    ]
