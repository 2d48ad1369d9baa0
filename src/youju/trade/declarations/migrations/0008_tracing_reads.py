from django.db import migrations

# Functions that keep their plan (see orders.0007). Sources are read as whoever asks; sums count every declaration that counts.
FUNCTIONS = """
CREATE FUNCTION declarations_goods_in(a_declaration bigint, a_g_no int) RETURNS TABLE (packed bigint, line bigint)
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY SELECT s.packed_id, s.order_line_id FROM declarations_declaredline l
  JOIN declarations_sourceline s ON s.line_id = l.id
  WHERE l.declaration_id = a_declaration AND (a_g_no IS NULL OR l.g_no = a_g_no) ORDER BY s.id;
END $$;

CREATE FUNCTION declarations_traced_sources(a_ids bigint[], a_packed bigint[], a_declaration bigint, a_g_no int)
RETURNS TABLE (id bigint, packed_id bigint, order_line_id bigint, declaration text, state text, entry_number text, declared_on date,
  country text, port text, accepted_at timestamptz, released_at timestamptz, exported_at timestamptz, g_no smallint, hs_code text,
  name text, merged boolean, live boolean, quantity numeric, packages int, net_weight numeric, gross_weight numeric, amount numeric)
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY SELECT s.id, s.packed_id, s.order_line_id, d.number || '-' || d.version, d.state::text, d.entry_number::text,
    d.declared_on, d.country::text, d.port::text, d.accepted_at, d.released_at, d.exported_at, l.g_no, l.hs_code::text, l.name::text,
    l.merged, s.live, s.quantity, s.packages, s.net_weight, s.gross_weight, s.amount
  FROM declarations_sourceline s JOIN declarations_declaredline l ON l.id = s.line_id
  JOIN declarations_declaration d ON d.id = l.declaration_id
  WHERE s.order_line_id = ANY (a_ids) AND (a_packed IS NULL OR s.packed_id = ANY (a_packed))
    AND (a_declaration IS NULL OR l.declaration_id = a_declaration) AND (a_g_no IS NULL OR l.g_no = a_g_no)
  ORDER BY s.order_line_id, s.id;
END $$;

CREATE FUNCTION declarations_declared(a_ids bigint[])
RETURNS TABLE (line bigint, quantity numeric, packages bigint, net_weight numeric, gross_weight numeric, amount numeric)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
BEGIN
  IF youju_reach('reads') = '' THEN RETURN; END IF;
  RETURN QUERY SELECT s.order_line_id, sum(s.quantity), sum(s.packages), sum(s.net_weight), sum(s.gross_weight), sum(s.amount)
  FROM declarations_sourceline s WHERE s.live AND s.order_line_id = ANY (a_ids) GROUP BY s.order_line_id;
END $$;
"""
GONE = """
DROP FUNCTION declarations_declared(bigint[]); DROP FUNCTION declarations_goods_in(bigint, int);
DROP FUNCTION declarations_traced_sources(bigint[], bigint[], bigint, int)
"""


class Migration(migrations.Migration):
    dependencies = [("declarations", "0007_released_lines")]

    operations = [migrations.RunSQL(FUNCTIONS, GONE)]
