from django.db import migrations

# What the trade must know of a partner whose file the asker may not read: whether it may act on a day, and for whom it answers.
PARTNERS = """
CREATE FUNCTION parties_partners(numbers text[])
RETURNS TABLE (number text, id bigint, name text, roles text[], country text, state text, valid_from date, valid_to date,
               merged_into text, organisation_id bigint, sections text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT p.number::text, p.id, p.name::text, p.roles::text[], p.country::text, p.state::text, p.valid_from, p.valid_to,
         coalesce(m.number::text, ''), p.organisation_id, p.sections::text[]
  FROM parties_party p LEFT JOIN parties_party m ON m.id = p.merged_into_id
  WHERE p.number = ANY (numbers) AND p.number <> '' AND youju_reach('reads') <> ''
$$;

CREATE FUNCTION parties_entrusted(principal bigint, agent bigint, day date) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (
    SELECT 1 FROM parties_agreement a
    WHERE a.principal_id = principal AND a.agent_id = agent AND day BETWEEN a.valid_from AND a.valid_to
      AND (a.state = 'in_force' OR (a.state = 'ended' AND a.ended_on > day))
      AND (greatest(a.principal_signed_at, a.agent_signed_at) AT TIME ZONE 'Asia/Shanghai')::date <= day
  )
$$;
"""
GONE = "DROP FUNCTION parties_entrusted(bigint, bigint, date); DROP FUNCTION parties_partners(text[]);"


class Migration(migrations.Migration):
    dependencies = [("parties", "0005_changes_watching")]

    operations = [migrations.RunSQL(PARTNERS, GONE)]
