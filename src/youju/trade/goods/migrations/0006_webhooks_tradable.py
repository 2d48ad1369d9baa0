from django.db import migrations

# Planned once for each connection, as orders_around is; reads as whoever asks.
TRADABLE = """
CREATE FUNCTION goods_tradable(a_numbers text[], a_day date)
RETURNS TABLE (number text, id bigint, party_id bigint, state text, name text, name_en text, model text, brand text, hs_code text,
               unit text, unit1 text, unit2 text, export_duty boolean, inspection boolean)
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  SELECT g.number::text, g.id, g.party_id, g.state::text, g.name::text, g.name_en::text, g.model::text, g.brand::text,
         g.hs_code::text, g.unit::text, coalesce(t.unit1, '')::text, coalesce(t.unit2, '')::text,
         coalesce(t.export_duty, 0) > 0, coalesce(t.inspection, '') <> ''
  FROM goods_good g
  LEFT JOIN goods_tariffversion v ON v.valid_from <= a_day AND (v.valid_to IS NULL OR v.valid_to > a_day)
  LEFT JOIN goods_tariffline t ON t.version_id = v.id AND t.code = g.hs_code
  WHERE g.number = ANY (a_numbers);
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("goods", "0005_webhooks_announced")]

    operations = [migrations.RunSQL(TRADABLE, "DROP FUNCTION goods_tradable(text[], date)")]
