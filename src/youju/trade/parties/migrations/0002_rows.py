from django.db import migrations

from youju.foundation.database.rows import guard

# Both read as the owner: a condition on a guarded table may not ask that table through its own guard again.
# Principals: whose agent the organisation is today. Directory: what everybody in the trade may know of a partner.
FUNCTIONS = """
CREATE FUNCTION youju_principals(organisation bigint) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT a.principal_id FROM parties_agreement a JOIN parties_party p ON p.id = a.agent_id
  WHERE p.organisation_id = organisation AND p.state = 'approved' AND a.state = 'in_force'
    AND (now() AT TIME ZONE 'Asia/Shanghai')::date BETWEEN a.valid_from AND a.valid_to
$$;

CREATE FUNCTION parties_directory(wanted bigint[])
RETURNS TABLE (id bigint, number text, name text, name_en text, roles text[], country text, state text, organisation_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT p.id, p.number::text, p.name::text, p.name_en::text, p.roles::text[], p.country::text, p.state::text, p.organisation_id
  FROM parties_party p WHERE p.id = ANY (wanted) AND youju_reach('reads') <> ''
$$;
"""
GONE = "DROP FUNCTION parties_directory(bigint[]); DROP FUNCTION youju_principals(bigint);"

OF_CENTRE = "(cardinality(sections) = 0 AND {sections} IS NOT NULL) OR sections::text[] && {sections}"
OWN = "{all} OR organisation_id = {organisation} OR " + OF_CENTRE
HANDLED = "{all} OR p.organisation_id = {organisation} OR (cardinality(p.sections) = 0 AND {sections} IS NOT NULL) OR p.sections::text[] && {sections}"


def of_party(column: str) -> str:
    """A row of a party's file: who handles the party, not who may merely see it, reaches it."""
    return f"{{all}} OR EXISTS (SELECT 1 FROM parties_party p WHERE p.id = {column} AND ({HANDLED}))"


class Migration(migrations.Migration):
    dependencies = [("parties", "0001_first"), ("identity", "0004_reach")]

    operations = [
        migrations.RunSQL(FUNCTIONS, GONE),
        guard(
            "parties_party",
            OWN + " OR id IN (SELECT youju_principals({organisation}))",
            writes=OWN,
        ),
        guard("parties_identifier", of_party("party_id")),
        guard("parties_paper", of_party("party_id")),
        guard("parties_changerequest", of_party("party_id")),
        # A stall's holder is written over the door.
        guard("parties_tenancy", "youju_reach('reads') <> ''", writes=of_party("party_id")),
        guard(
            "parties_agreement",
            "{all} OR EXISTS (SELECT 1 FROM parties_party p"
            f" WHERE p.id IN (parties_agreement.principal_id, parties_agreement.agent_id) AND ({HANDLED}))",
        ),
        guard("parties_merge", "{all} OR {sections} IS NOT NULL"),
    ]
