from importlib import import_module

from django.db import migrations

from youju.foundation.database.rows import amended

# As the auditor, the tax office and customs write nothing of payments.
BEFORE = import_module("youju.funds.payments.migrations.0005_audits_findings").AFTER


class Migration(migrations.Migration):
    dependencies = [("payments", "0005_audits_findings"), ("identity", "0009_overseers")]

    operations = [
        amended(BEFORE, "(SELECT youju_reach('writes')) <> 'audit'", "NOT (SELECT youju_oversees('writes'))")
    ]
