"""The ledger follows what is reserved, received and written off, in the same statement, whatever code wrote that.

- an entry is written with all its postings in one statement, which must add up to zero in each currency, and is never changed;
- the sums of a line and of a receipt move with the postings, under the CHECKs of their tables: nobody collects beyond a line's value;
- who writes takes the lines first, by id (``settlement_lock``), then reservations, then receipts;
- at each commit a line's reserved amount is that of its held reservations, and a confirmed reservation was collected to the cent.
"""

from django.db import migrations

from youju.trade.settlement.migrations._ledger import GUARDS, NO_GUARDS
from youju.trade.settlement.migrations._opening import KNOWN, NO_KNOWN, NO_OPENING, OPENING


class Migration(migrations.Migration):
    dependencies = [
        ("settlement", "0001_first"),
        ("declarations", "0009_released_loads"),
        ("orders", "0007_line_origins"),
        ("parties", "0002_rows"),
        ("identity", "0004_reach"),
    ]

    operations = [
        migrations.RunSQL(GUARDS, NO_GUARDS),
        migrations.RunSQL(OPENING, NO_OPENING),
        migrations.RunSQL(KNOWN, NO_KNOWN),
    ]
