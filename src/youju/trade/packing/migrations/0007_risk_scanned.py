from django.db import migrations

# Containers with what is in them, in the asker's reach: what the risk scan reads.
LOADS = """
CREATE VIEW packing_scanned_loads WITH (security_invoker = true) AS
SELECT p.number::text AS packing, p.packed_on, p.agent_id, p.bill_of_lading::text AS bill, c.number::text AS container,
       c.kind::text AS kind, coalesce(l.gross_weight, 0) AS gross_weight, coalesce(l.volume, 0) AS volume
FROM packing_packing p JOIN packing_container c ON c.packing_id = p.id
LEFT JOIN LATERAL (
  SELECT sum(gross_weight) AS gross_weight, sum(volume) AS volume FROM packing_packedline WHERE container_id = c.id
) l ON true
WHERE p.state <> 'cancelled'
"""


class Migration(migrations.Migration):
    dependencies = [("packing", "0006_container_shares")]

    operations = [migrations.RunSQL(LOADS, "DROP VIEW packing_scanned_loads")]
