"""The sequence of the numbers of checks."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("report_checks", "0001_first")]
    operations: ClassVar = [
        migrations.RunSQL("CREATE SEQUENCE report_checks_number", "DROP SEQUENCE report_checks_number")
    ]
