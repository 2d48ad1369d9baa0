from django.db import migrations

# Asked with every order. They run as the owner and say themselves whom they answer, in the words of the row conditions
# (0002): planning and starting those conditions, nested as they are, cost more than the answer. A test holds both together.
FUNCTIONS = """
-- Which of the parties the asker reaches as its own, as of its sections, or as those whose agent it is today.
CREATE FUNCTION parties_handled(a_ids bigint[], a_way text) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  own bigint := youju_organisation(a_way);
  mine text[] := youju_sections(a_way);
BEGIN
  IF youju_all(a_way) THEN RETURN a_ids; END IF;
  IF own IS NULL AND mine IS NULL THEN RETURN '{}'; END IF;
  RETURN ARRAY(SELECT p.id FROM parties_party p WHERE p.id = ANY (a_ids)
    AND (p.organisation_id = own OR (cardinality(p.sections) = 0 AND mine IS NOT NULL) OR p.sections::text[] && mine
         OR p.id IN (SELECT youju_principals(own))));
END $$;

-- As parties_partners, with the rows as JSON; numbers and ids in the same order.
CREATE FUNCTION parties_known(a_numbers text[], OUT partners json, OUT numbers text[], OUT ids bigint[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  IF youju_reach('reads') = '' THEN RETURN; END IF;
  SELECT json_agg(json_build_array(p.number, p.id, p.name, p.roles, p.country, p.state, p.valid_from, p.valid_to,
           coalesce((SELECT m.number FROM parties_party m WHERE m.id = p.merged_into_id), ''), p.organisation_id, p.sections)),
         array_agg(p.number::text), array_agg(p.id)
    INTO partners, numbers, ids
    FROM parties_party p WHERE p.number = ANY (a_numbers) AND p.number <> '';
END $$;
"""
GONE = "DROP FUNCTION parties_known(text[]); DROP FUNCTION parties_handled(bigint[], text);"


class Migration(migrations.Migration):
    dependencies = [("parties", "0009_filed")]

    operations = [migrations.RunSQL(FUNCTIONS, GONE)]
