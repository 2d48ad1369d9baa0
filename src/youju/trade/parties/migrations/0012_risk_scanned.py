from django.db import migrations

# Merchants as the risk scan reads them, and what they might share: fingerprints alone, never a number or an address itself.
VIEWS = """
CREATE VIEW parties_scanned WITH (security_invoker = true) AS
SELECT p.id AS party_id, (p.approved_at AT TIME ZONE 'Asia/Shanghai')::date AS filed_on,
       CASE WHEN p.state = 'cancelled' THEN (
         SELECT (s.at AT TIME ZONE 'Asia/Shanghai')::date FROM workflow_case c JOIN workflow_step s ON s.case_id = c.id
         WHERE c.subject_kind = 'parties.party' AND c.subject_key = p.id::text AND s.to_state = 'cancelled'
         ORDER BY s.number DESC LIMIT 1) END AS ended_on,
       array_to_string(p.chapters, ',') AS chapters, p.region::text AS region
FROM parties_party p
WHERE p.roles && ARRAY['merchant', 'manufacturer']::varchar[] AND p.approved_at IS NOT NULL AND p.merged_into_id IS NULL;

CREATE VIEW parties_shared_marks WITH (security_invoker = true) AS
SELECT i.party_id, CASE i.kind WHEN 'phone' THEN 'phone' ELSE 'person' END AS kind, i.fingerprint::text AS value
FROM parties_identifier i JOIN parties_party p ON p.id = i.party_id AND p.approved_at IS NOT NULL AND p.merged_into_id IS NULL
UNION
SELECT p.id, 'address', md5(lower(regexp_replace(p.address, '\\s', '', 'g')))
FROM parties_party p WHERE p.address <> '' AND p.approved_at IS NOT NULL AND p.merged_into_id IS NULL
UNION
SELECT p.id, 'device', md5(s.address || '|' || s.device)
FROM identity_loginsession s JOIN identity_user u ON u.id = s.user_id
JOIN parties_party p ON p.organisation_id = u.organisation_id AND p.approved_at IS NOT NULL AND p.merged_into_id IS NULL
WHERE s.address <> '' AND s.device <> ''
"""


class Migration(migrations.Migration):
    dependencies = [
        ("parties", "0011_exemptions_tax_ids"),
        ("identity", "0008_roles_of_banks_and_authorities"),
        ("workflow", "0006_money_todo_order"),
    ]

    operations = [migrations.RunSQL(VIEWS, "DROP VIEW parties_shared_marks; DROP VIEW parties_scanned")]
