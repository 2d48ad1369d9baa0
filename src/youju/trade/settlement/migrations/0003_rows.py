"""Whose rows these are: the merchant's consignments, the agent's declarations, the bank's own reservations and receipts."""

from django.db import migrations

from youju.foundation.database.rows import guard, taking_part

# Money that stands nowhere yet is everybody's at the centre.
RECEIPT = "({all} OR {sections} IS NOT NULL OR organisations @> ARRAY[{organisation}]::bigint[])"
LOT = "EXISTS (SELECT 1 FROM settlement_lot t WHERE t.id = lot_id)"
OF_RECEIPT = "EXISTS (SELECT 1 FROM settlement_receipt t WHERE t.id = receipt_id)"
POSTING = f"({{all}} OR (lot_id IS NOT NULL AND {LOT}) OR (receipt_id IS NOT NULL AND {OF_RECEIPT}))"

# Who reads all and writes nothing of the trade would see a line and so could write to it.
WRITES = f"({{all}} OR (({{organisation}} IS NOT NULL OR {{sections}} IS NOT NULL) AND {POSTING}))"


class Migration(migrations.Migration):
    dependencies = [("settlement", "0002_ledger")]

    operations = [
        guard("settlement_lot", taking_part("settlement_lot")),
        guard("settlement_receipt", RECEIPT),
        # A bank sees its own; who takes part in the line sees that something is reserved.
        guard(
            "settlement_reservation",
            f"({{all}} OR organisation_id = {{organisation}} OR {LOT})",
            writes="({all} OR organisation_id = {organisation})",
        ),
        guard("settlement_movement", POSTING, writes=WRITES),
        guard("settlement_posting", POSTING),
        guard(
            "settlement_entry",
            "({all} OR EXISTS (SELECT 1 FROM settlement_posting p WHERE p.entry_id = settlement_entry.id))",
        ),
        guard(
            "settlement_finding",
            "({all} OR organisations @> ARRAY[{organisation}]::bigint[] OR {sections} IS NOT NULL)",
        ),
    ]
