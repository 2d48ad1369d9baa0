from django.db import migrations

# Functions that keep their plan (see orders.0007). Parts are read as whoever asks; sums count every packing.
FUNCTIONS = """
CREATE FUNCTION packing_traced_parts(a_ids bigint[], a_packed bigint[])
RETURNS TABLE (id bigint, order_line_id bigint, consolidation text, container_id bigint, container text, kind text, packing text,
  packed_on date, closed_at timestamptz, bill_of_lading text, port text, country text, quantity numeric, packages int,
  net_weight numeric, gross_weight numeric, volume numeric, amount numeric)
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY SELECT p.id, p.order_line_id, g.number::text, c.id, c.number::text, c.kind::text, k.number::text, k.packed_on,
    k.closed_at, k.bill_of_lading::text, k.port::text, k.country::text, p.quantity, p.packages, p.net_weight, p.gross_weight,
    p.volume, p.amount
  FROM packing_packedline p JOIN packing_container c ON c.id = p.container_id JOIN packing_packing k ON k.id = c.packing_id
  JOIN packing_consolidatedline l ON l.id = p.consolidated_id JOIN packing_consolidation g ON g.id = l.consolidation_id
  WHERE p.order_line_id = ANY (a_ids) AND (a_packed IS NULL OR p.id = ANY (a_packed)) ORDER BY p.order_line_id, p.id;
END $$;

CREATE FUNCTION packing_gone_into(a_ids bigint[])
RETURNS TABLE (line bigint, c_quantity numeric, c_packages bigint, c_net numeric, c_gross numeric, c_volume numeric, c_amount numeric,
  p_quantity numeric, p_packages bigint, p_net numeric, p_gross numeric, p_volume numeric, p_amount numeric)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
BEGIN
  IF youju_reach('reads') = '' THEN RETURN; END IF;
  RETURN QUERY SELECT c.order_line_id, sum(c.quantity), sum(c.packages), sum(c.net_weight), sum(c.gross_weight), sum(c.volume),
    sum(c.amount), sum(c.packed_quantity), sum(c.packed_packages), sum(c.packed_net), sum(c.packed_gross), sum(c.packed_volume),
    sum(c.packed_amount)
  FROM packing_consolidatedline c JOIN packing_consolidation g ON g.id = c.consolidation_id
  WHERE c.order_line_id = ANY (a_ids) AND g.state <> 'cancelled' GROUP BY c.order_line_id;
END $$;
"""
GONE = "DROP FUNCTION packing_gone_into(bigint[]); DROP FUNCTION packing_traced_parts(bigint[], bigint[])"


class Migration(migrations.Migration):
    dependencies = [("packing", "0004_webhooks_announced")]

    operations = [migrations.RunSQL(FUNCTIONS, GONE)]
