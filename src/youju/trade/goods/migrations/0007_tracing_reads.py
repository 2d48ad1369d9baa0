from django.db import migrations

# A function that keeps its plan (see orders.0007); goods are read as whoever asks.
FUNCTION = """
CREATE FUNCTION goods_traced(a_ids bigint[]) RETURNS TABLE (id bigint, number text, name text, name_en text, producer text)
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY SELECT g.id, g.number::text, g.name::text, g.name_en::text, g.producer::text FROM goods_good g
  WHERE g.id = ANY (a_ids) ORDER BY 1;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("goods", "0006_webhooks_tradable")]

    operations = [migrations.RunSQL(FUNCTION, "DROP FUNCTION goods_traced(bigint[])")]
