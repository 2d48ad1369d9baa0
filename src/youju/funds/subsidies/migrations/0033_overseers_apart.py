from importlib import import_module

from django.db import migrations

# Anybody may object to a list, strangers too; who oversees has other ways.
_APART = import_module("youju.funds.subsidies.migrations.0032_audits_apart")


class Migration(migrations.Migration):
    dependencies = [("subsidies", "0032_audits_apart"), ("identity", "0009_overseers")]

    operations = [
        migrations.RunSQL(
            f"ALTER {_APART.NAME} WITH CHECK (NOT (SELECT youju_oversees('writes')))",
            f"ALTER {_APART.NAME} WITH CHECK ((SELECT youju_reach('writes')) <> 'audit')",
        ),
    ]
