from importlib import import_module

from django.db import migrations

from youju.foundation.database.rows import amended

# As the auditor, the tax office and customs read everything, and of events they write nothing.
_ROWS = import_module("youju.office.events.migrations.0002_rows")


class Migration(migrations.Migration):
    dependencies = [("events", "0002_rows"), ("identity", "0009_overseers")]

    operations = [
        amended(guard, _ROWS.APART, "NOT (SELECT youju_oversees('writes'))")
        for guard in _ROWS.Migration.operations
        if _ROWS.APART in "".join(guard.sql)
    ]
