"""The board reads what settlement offers (``settlement_collected``), not its ledger's table."""

from django.db import migrations

from youju.trade.exemptions.migrations._board import AS_IT_WAS, BOARD


class Migration(migrations.Migration):
    dependencies = [("exemptions", "0002_guards"), ("settlement", "0005_settle2_collected")]

    operations = [migrations.RunSQL(BOARD, AS_IT_WAS)]
