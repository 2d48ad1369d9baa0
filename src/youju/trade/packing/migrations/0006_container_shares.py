from django.db import migrations

# The part of its container that a packed line takes, by gross weight (by count where nothing weighs), in millionths that add up to
# 1,000,000 for each container: each line gets what the running total gains. Who takes part in the packing reaches all its lines.
SHARES = """
CREATE VIEW packing_container_shares WITH (security_invoker = true) AS
SELECT packed.id AS packed_id, c.number AS container, c.kind AS container_kind,
       (round(upto * 1000000 / whole) - round((upto - part) * 1000000 / whole))::bigint AS share
FROM (
  SELECT p.id, p.container_id, part, sum(part) OVER (PARTITION BY p.container_id ORDER BY p.id) AS upto,
         sum(part) OVER (PARTITION BY p.container_id) AS whole
  FROM (
    SELECT p.id, p.container_id,
           CASE WHEN sum(p.gross_weight) OVER (PARTITION BY p.container_id) > 0 THEN p.gross_weight ELSE 1 END AS part
    FROM packing_packedline p
  ) p
) packed JOIN packing_container c ON c.id = packed.container_id
"""


class Migration(migrations.Migration):
    dependencies = [("packing", "0005_tracing_reads")]

    operations = [migrations.RunSQL(SHARES, "DROP VIEW packing_container_shares")]
