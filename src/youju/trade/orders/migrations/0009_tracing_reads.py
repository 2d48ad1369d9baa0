from django.db import migrations

# Functions of plpgsql keep their plan for each connection (see 0006): a trace asks a dozen small questions, and planning each anew,
# row conditions included, took several times as long as answering it. Lines are read as whoever asks. What came back is read as the
# owner: it counts whoever may see the return, and the asker was shown the sale's line before.
FUNCTIONS = """
CREATE FUNCTION orders_lines_of(a_number text, a_line int) RETURNS TABLE (id bigint)
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY WITH RECURSIVE up(id, original_id) AS (
    SELECT l.id, l.original_id FROM orders_order o JOIN orders_orderline l ON l.order_id = o.id
    WHERE o.number = a_number AND (a_line IS NULL OR l.line_no = a_line)
    UNION SELECT l.id, l.original_id FROM up u JOIN orders_orderline l ON l.id = u.original_id
  ) SELECT u.id FROM up u WHERE u.original_id IS NULL ORDER BY 1;
END $$;

CREATE FUNCTION orders_traced_lines(a_ids bigint[])
RETURNS TABLE (id bigint, number text, state text, ordered_on date, registered_at timestamptz, country text, currency text,
  merchant_id bigint, line_no int, good_id bigint, hs_code text, name text, name_en text, model text, unit text, quantity numeric,
  packages int, net_weight numeric, gross_weight numeric, volume numeric, amount numeric)
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY SELECT l.id, o.number::text, o.state::text, o.ordered_on, o.registered_at, o.country::text, o.currency::text,
    o.merchant_id, l.line_no, l.good_id, l.hs_code::text, l.name::text, l.name_en::text, l.model::text, l.unit::text, l.quantity,
    l.packages, l.net_weight, l.gross_weight, l.volume, l.amount
  FROM orders_orderline l JOIN orders_order o ON o.id = l.order_id WHERE l.id = ANY (a_ids) ORDER BY l.id;
END $$;

CREATE FUNCTION orders_returned(a_ids bigint[])
RETURNS TABLE (sale bigint, quantity numeric, packages int, net_weight numeric, gross_weight numeric, volume numeric, amount numeric)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
BEGIN
  IF youju_reach('reads') = '' THEN RETURN; END IF;
  RETURN QUERY WITH RECURSIVE back(sale, id, sign) AS (
    SELECT r.original_id, r.id, 1 FROM orders_orderline r JOIN orders_order o ON o.id = r.order_id
    WHERE r.original_id = ANY (a_ids) AND o.kind = 'return' AND o.state IN ('registered', 'confirmed')
    UNION ALL
    SELECT b.sale, r.id, -b.sign FROM back b JOIN orders_orderline r ON r.original_id = b.id
    JOIN orders_order o ON o.id = r.order_id WHERE o.kind = 'return' AND o.state IN ('registered', 'confirmed')
  )
  SELECT b.sale, sum(b.sign * r.quantity), sum(b.sign * r.packages)::int, sum(b.sign * r.net_weight), sum(b.sign * r.gross_weight),
    sum(b.sign * r.volume), sum(b.sign * r.amount)
  FROM back b JOIN orders_orderline r ON r.id = b.id GROUP BY b.sale;
END $$;
"""
GONE = """
DROP FUNCTION orders_returned(bigint[]); DROP FUNCTION orders_traced_lines(bigint[]); DROP FUNCTION orders_lines_of(text, int)
"""


class Migration(migrations.Migration):
    dependencies = [("orders", "0008_hot")]

    operations = [migrations.RunSQL(FUNCTIONS, GONE)]
