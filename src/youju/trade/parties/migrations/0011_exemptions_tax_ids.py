from django.db import migrations

# The tax id of a principal is told to its agents: they report it. Of an ended agreement too, since a quarter is reported later.
TAX_IDS = """
CREATE FUNCTION parties_tax_ids(wanted bigint[]) RETURNS TABLE (id bigint, tax_id text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT p.id, coalesce(nullif(p.tax_id, ''), p.credit_code)::text
  FROM parties_party p
  WHERE p.id = ANY (wanted)
    AND (youju_all('reads') OR youju_sections('reads') IS NOT NULL OR p.organisation_id = youju_organisation('reads')
      OR EXISTS (
        SELECT 1 FROM parties_agreement a JOIN parties_party g ON g.id = a.agent_id
        WHERE a.principal_id = p.id AND g.organisation_id = youju_organisation('reads') AND a.state IN ('in_force', 'ended')))
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("parties", "0010_ordersp_known")]

    operations = [migrations.RunSQL(TAX_IDS, "DROP FUNCTION parties_tax_ids(bigint[])")]
