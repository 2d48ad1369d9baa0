from django.db import migrations

from youju.foundation.database.rows import guard

# A party's goods are reached by who handles the party and by its agents of today.
OF_PARTY = (
    "{all} OR EXISTS (SELECT 1 FROM parties_party p WHERE p.id = party_id AND (p.organisation_id = {organisation}"
    " OR (cardinality(p.sections) = 0 AND {sections} IS NOT NULL) OR p.sections::text[] && {sections}"
    " OR p.id IN (SELECT youju_principals({organisation}))))"
)
OF_GOOD = "{all} OR EXISTS (SELECT 1 FROM goods_good g WHERE g.id = good_id)"
CENTRE = "{all} OR {sections} IS NOT NULL"


class Migration(migrations.Migration):
    dependencies = [("goods", "0001_first"), ("parties", "0002_rows")]

    operations = [
        guard("goods_good", OF_PARTY),
        # The good is asked through its own guard, for reading; who may not write has no reach for writing at all.
        guard("goods_decision", OF_GOOD, writes=f"({OF_GOOD}) AND youju_reach('writes') <> ''"),
        guard("goods_campaign", CENTRE),
        guard("goods_campaigngood", CENTRE),
    ]
