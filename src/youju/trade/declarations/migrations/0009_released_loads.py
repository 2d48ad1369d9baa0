from django.db import migrations

# Which part of which container the goods of a released row left in; rows of ``declarations_released_lines`` by their key.
LOADS = """
CREATE VIEW declarations_released_loads WITH (security_invoker = true) AS
SELECT s.id AS line_id, l.declaration_id, p.container::text AS container, p.container_kind::text AS container_kind, p.share
FROM declarations_sourceline s
JOIN declarations_declaredline l ON l.id = s.line_id
JOIN declarations_declaration d ON d.id = l.declaration_id AND d.state IN ('released', 'exported')
JOIN packing_container_shares p ON p.packed_id = s.packed_id
WHERE s.live
"""


class Migration(migrations.Migration):
    dependencies = [("declarations", "0008_tracing_reads"), ("packing", "0006_container_shares")]

    operations = [migrations.RunSQL(LOADS, "DROP VIEW declarations_released_loads")]
