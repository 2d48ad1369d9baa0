from importlib import import_module

from django.db import migrations

from youju.foundation.database.rows import amended

# As the auditor, the tax office and customs read everything, and of tasks they write nothing.
_APART = import_module("youju.office.tasks.migrations.0003_audits_apart")


class Migration(migrations.Migration):
    dependencies = [("tasks", "0003_audits_apart"), ("identity", "0009_overseers")]

    operations = [
        amended(before, _APART.APART, "NOT (SELECT youju_oversees('writes'))") for before in _APART.AFTER
    ]
