from django.db import migrations

from youju.foundation.metrics.noting import note_changes

FILED = """
CREATE VIEW parties_filed WITH (security_invoker = true) AS
SELECT p.id AS party_id, p.number::text AS number, (p.approved_at AT TIME ZONE 'Asia/Shanghai')::date AS filed_on,
       p.roles @> ARRAY['merchant']::varchar[] AS merchant, p.roles @> ARRAY['agent']::varchar[] AS agent,
       p.roles @> ARRAY['buyer']::varchar[] AS buyer, p.country::text AS country
FROM parties_party p WHERE p.approved_at IS NOT NULL AND p.merged_into_id IS NULL
"""


class Migration(migrations.Migration):
    dependencies = [("parties", "0008_webhooks_announced"), ("metrics", "0001_first")]

    operations = [
        migrations.RunSQL(FILED, "DROP VIEW parties_filed"),
        note_changes(
            "parties_party",
            source="parties",
            when="{row}.approved_at IS NOT NULL",
            columns="approved_at, roles, country, number, merged_into_id",
        ),
    ]
