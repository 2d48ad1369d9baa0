from django.db import migrations

from youju.foundation.database.rows import guard, taking_part

OF_LINE = "{all} OR EXISTS (SELECT 1 FROM declarations_declaredline l WHERE l.id = line_id AND " + (
    taking_part("declarations_declaration", through="l.declaration_id") + ")"
)


class Migration(migrations.Migration):
    dependencies = [("declarations", "0001_first"), ("packing", "0002_rows")]

    operations = [
        guard("declarations_plan", taking_part("declarations_plan")),
        guard("declarations_declaration", taking_part("declarations_declaration")),
        guard("declarations_declaredline", taking_part("declarations_declaration", through="declaration_id")),
        guard("declarations_sourceline", OF_LINE),
        # A reply that belongs to no declaration is the centre's to look at.
        guard(
            "declarations_message",
            "{sections} IS NOT NULL OR " + taking_part("declarations_declaration", through="declaration_id"),
        ),
    ]
