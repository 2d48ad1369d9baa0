from django.db import migrations

from youju.foundation.database.rows import guard

CENTRE = "{all} OR (cardinality(sections) = 0 AND {sections} IS NOT NULL) OR sections::text[] && {sections}"
# A party sees a hit on it only once it was opened to the party: asked to explain, or disposed of and open to appeal.
OWN = "(opened_at IS NOT NULL AND organisations @> ARRAY[{organisation}]::bigint[])"
# Lanes and who hangs together with whom are the centre's and customs' business alone.
INSIDE = "{all} OR {sections} IS NOT NULL"


class Migration(migrations.Migration):
    dependencies = [("risk", "0001_first"), ("identity", "0004_reach")]

    operations = [
        guard("risk_hit", f"({CENTRE} OR {OWN})"),
        guard("risk_lane", INSIDE),
        guard("risk_component", INSIDE),
    ]
