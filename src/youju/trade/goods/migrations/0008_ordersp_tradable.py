from django.db import migrations

# Pairs instead of a day with its numbers, and the rows as JSON: an order asks for ten goods, a bulk of orders for many on many days.
# It runs as the owner and lets through what the row condition of goods (0002) lets through; a test holds both together.
TRADABLE = """
DROP FUNCTION goods_tradable(text[], date);
CREATE FUNCTION goods_tradable(a_numbers text[], a_days date[], OUT goods json, OUT ids bigint[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  everything boolean := youju_all('reads');
  handled bigint[];
BEGIN
  IF NOT everything THEN
    handled := parties_handled(ARRAY(SELECT DISTINCT g.party_id FROM goods_good g WHERE g.number = ANY (a_numbers)), 'reads');
  END IF;
  SELECT json_agg(json_build_array(w.day, g.number, g.id, g.party_id, g.state, g.name, g.name_en, g.model, g.brand, g.hs_code, g.unit,
           coalesce(t.unit1, ''), coalesce(t.unit2, ''), coalesce(t.export_duty, 0) > 0, coalesce(t.inspection, '') <> '')),
         array_agg(g.id)
    INTO goods, ids
    FROM unnest(a_numbers, a_days) AS w(number, day)
    JOIN goods_good g ON g.number = w.number
    LEFT JOIN goods_tariffversion v ON v.valid_from <= w.day AND (v.valid_to IS NULL OR v.valid_to > w.day)
    LEFT JOIN goods_tariffline t ON t.version_id = v.id AND t.code = g.hs_code
    WHERE everything OR g.party_id = ANY (handled);
END $$;
"""
GONE = "DROP FUNCTION goods_tradable(text[], date[]);"


def _before() -> str:
    from importlib import import_module

    return str(import_module("youju.trade.goods.migrations.0006_webhooks_tradable").TRADABLE)


class Migration(migrations.Migration):
    dependencies = [("goods", "0007_tracing_reads"), ("parties", "0010_ordersp_known")]

    operations = [migrations.RunSQL(TRADABLE, GONE + _before())]
