"""The views that metrics are computed over, and the notes that keep the lake current."""

from django.db import migrations

from youju.foundation.metrics.noting import note_changes

SIGNED = """
CREATE VIEW contracts_signed WITH (security_invoker = true) AS
SELECT id AS contract_id, number::text AS number, '|' || array_to_string(tags, '|') || '|' AS tags, project::text AS project,
       signed_on, valid_from, valid_to, amount
FROM contracts_contract WHERE state <> 'void'
"""
DUE = """
CREATE VIEW contracts_due WITH (security_invoker = true) AS
SELECT d.id AS deliverable_id, c.number || '-' || d.place AS number, c.id AS contract_id,
       '|' || array_to_string(c.tags, '|') || '|' AS tags, c.project::text AS project, d.due_on, d.price,
       d.state = 'accepted' AS accepted
FROM contracts_deliverable d JOIN contracts_contract c ON c.id = d.contract_id
WHERE d.state <> 'dropped' AND c.state <> 'void' AND (c.ended_on IS NULL OR d.due_on <= c.ended_on)
"""
# Tags, project and end of a contract stand in the rows of its deliverables: they change with it.
WITH_CONTRACT = [
    """CREATE FUNCTION metrics_of_contract_deliverables() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    BEGIN PERFORM metrics_note('deliverables', id) FROM contracts_deliverable WHERE contract_id = NEW.id; RETURN NULL; END $$""",
    """CREATE TRIGGER contracts_contract_noted_parts AFTER UPDATE OF number, tags, project, state, ended_on ON contracts_contract
    FOR EACH ROW EXECUTE FUNCTION metrics_of_contract_deliverables()""",
]


class Migration(migrations.Migration):
    dependencies = [("contracts", "0001_first"), ("metrics", "0001_first")]

    operations = [
        migrations.RunSQL(SIGNED, "DROP VIEW contracts_signed"),
        migrations.RunSQL(DUE, "DROP VIEW contracts_due"),
        note_changes("contracts_contract", source="contracts", when="{row}.id IS NOT NULL"),
        note_changes("contracts_deliverable", source="deliverables", when="{row}.id IS NOT NULL"),
        migrations.RunSQL(
            WITH_CONTRACT,
            "DROP TRIGGER contracts_contract_noted_parts ON contracts_contract;"
            " DROP FUNCTION metrics_of_contract_deliverables()",
        ),
    ]
