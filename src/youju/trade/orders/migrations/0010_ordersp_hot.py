from importlib import import_module

from django.db import migrations, models

# The two statements of a registration, for one order or for many. They run as the owner and hold to the reach of the asker
# themselves, in the words of the row conditions (0002): those were planned into every small statement and asked anew for every
# line, which cost more than the deed. Lines and findings go only to orders that the very same call has written. A test holds these
# conditions and the tables' own together.
KNOWN = """
DROP FUNCTION orders_known(jsonb, text);
DROP FUNCTION orders_around(date[], text[], bigint[], bigint[], bigint[], date[], numeric[], text, bigint[]);
-- What the rules ask about wishes, a place of the first six lists each; goods as (number, day). [partners, goods, [rates, twins and
-- entrustments by the wish's place, usual prices]]. Stable: all of it sees the same moment.
CREATE FUNCTION orders_known(
  a_merchants text[], a_agents text[], a_buyers text[], a_days date[], a_currencies text[], a_amounts numeric[],
  a_goods text[], a_good_days date[], a_self text) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
  everything boolean := youju_all('reads');
  own bigint := youju_organisation('reads');
  mine text[] := youju_sections('reads');
  partners json; numbers text[]; ids bigint[]; goods json; good_ids bigint[]; around json;
BEGIN
  SELECT p.partners, p.numbers, p.ids INTO partners, numbers, ids FROM parties_known(a_merchants || a_agents || a_buyers) p;
  SELECT g.goods, g.ids INTO goods, good_ids FROM goods_tradable(a_goods, a_good_days) g;
  SELECT json_build_array(
    (SELECT json_agg(json_build_array(to_char(r.month, 'YYYY-MM-DD'), r.currency, r.rate::text)) FROM orders_rate r
     WHERE r.month IN (SELECT date_trunc('month', d)::date FROM unnest(a_days) d) AND r.currency = ANY (a_currencies || 'USD'::text)),
    json_agg(json_build_array(w.n, w.twin)) FILTER (WHERE w.twin IS NOT NULL),
    json_agg(w.n) FILTER (WHERE w.merchant IS NOT NULL AND w.agent IS NOT NULL AND parties_entrusted(w.merchant, w.agent, w.day)),
    (SELECT json_agg(json_build_array(u.good_id, u.currency, u.price::text)) FROM orders_usualprice u
     WHERE u.currency = ANY (a_currencies) AND u.good_id = ANY (good_ids)))
  INTO around
  FROM (
    SELECT x.n, x.day, x.merchant, x.agent,
      (SELECT o.number FROM orders_order o
       WHERE o.merchant_id = x.merchant AND o.buyer_id = x.buyer AND o.ordered_on = x.day AND o.amount = x.amount
         AND o.kind = 'sale' AND o.state IN ('registered', 'confirmed') AND o.number <> a_self
         AND (everything OR o.organisations @> ARRAY[own] OR (cardinality(o.sections) = 0 AND mine IS NOT NULL)
              OR o.sections::text[] && mine)
       ORDER BY o.id LIMIT 1) AS twin
    FROM (
      SELECT w.n, w.day, w.amount, ids[array_position(numbers, w.merchant)] AS merchant,
        ids[array_position(numbers, w.agent)] AS agent, ids[array_position(numbers, w.buyer)] AS buyer
      FROM unnest(a_merchants, a_agents, a_buyers, a_days, a_amounts) WITH ORDINALITY AS w(merchant, agent, buyer, day, amount, n)
    ) x
  ) w;
  RETURN json_build_array(partners, goods, around)::text;
END $$;
"""
WRITTEN = """
DROP FUNCTION orders_put(bigint, text, json, json, json);
-- New orders with these ids, and their lines and findings, each an array of objects that name their order.
CREATE FUNCTION orders_put(a_ids bigint[], a_heads json, a_lines json, a_findings json) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  everything boolean := youju_all('writes');
  own bigint := youju_organisation('writes');
  mine text[] := youju_sections('writes');
  written bigint;
BEGIN
  INSERT INTO orders_order (
    id, number, kind, about_id, state, revision, organisations, sections, merchant_id, agent_id, buyer_id, ordered_on, country,
    currency, rate, rate_month, exemption_mode, collected_by_agent, amount, amount_cny, packages, net_weight, gross_weight,
    volume, lines_count, channel, reference, note, merchant_confirmed_by, merchant_confirmed_at, agent_confirmed_by,
    agent_confirmed_at, as_of, policy_hash, created_by, registered_at, confirmed_at, is_demo)
  SELECT
    h.id, h.number, h.kind, h.about, h.state, 0,
    h.organisations, h.sections, h.merchant, h.agent, h.buyer, h.ordered_on, h.country, h.currency, h.rate, h.rate_month,
    h.exemption_mode, h.collected_by_agent, h.amount, h.amount_cny, h.packages, h.net_weight, h.gross_weight, h.volume,
    h.lines, h.channel, h.reference, h.note, h.merchant_by, h.merchant_at, h.agent_by, h.agent_at, h.ordered_on,
    h.policy_hash, h.created_by, h.registered_at, h.confirmed_at, false
  FROM json_to_recordset(a_heads) AS h(id bigint, number text, kind text, about bigint, state text, organisations bigint[], sections text[],
    merchant bigint, agent bigint, buyer bigint, ordered_on date, country text, currency text, rate numeric, rate_month date,
    exemption_mode text, collected_by_agent boolean, amount numeric, amount_cny numeric, packages int, net_weight numeric,
    gross_weight numeric, volume numeric, lines int, channel text, reference text, note text, merchant_by text,
    merchant_at timestamptz, agent_by text, agent_at timestamptz, policy_hash text, created_by text,
    registered_at timestamptz, confirmed_at timestamptz)
  WHERE h.id = ANY (a_ids) AND (everything OR h.organisations @> ARRAY[own]
    OR (cardinality(h.sections) = 0 AND mine IS NOT NULL) OR h.sections && mine);
  GET DIAGNOSTICS written = ROW_COUNT;
  -- As many as there are ids: all of them are orders of this very call, and of the asker's reach.
  IF written <> cardinality(a_ids) THEN
    RAISE EXCEPTION 'orders: new rows violate the reach of the asker' USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO orders_orderline (order_id, line_no, packages, good_id, original_id, hs_code, name, name_en, model, brand, unit,
    unit1, unit2, quantity, price, amount, quantity1, quantity2, net_weight, gross_weight, volume, inspection, export_duty)
  SELECT l.* FROM json_to_recordset(a_lines) AS l(order_id bigint, line_no int, packages int, good_id bigint, original_id bigint,
    hs_code text, name text, name_en text, model text, brand text, unit text, unit1 text, unit2 text, quantity numeric,
    price numeric, amount numeric, quantity1 numeric, quantity2 numeric, net_weight numeric, gross_weight numeric,
    volume numeric, inspection boolean, export_duty boolean)
  WHERE l.order_id = ANY (a_ids);
  IF json_array_length(a_findings) > 0 THEN
    INSERT INTO orders_orderfinding (
      order_id, line_no, rule, severity, field, message, suggestion, explanation, explained_by, explained_at)
    SELECT f.order_id, f.line_no, f.rule, f.severity, f.field, f.message, f.suggestion, f.explanation, f.explained_by, CASE WHEN f.explanation <> '' THEN now() END
    FROM json_to_recordset(a_findings) AS f(order_id bigint, line_no int, rule text, severity text, field text, message text, suggestion text,
      explanation text, explained_by text)
    WHERE f.order_id = ANY (a_ids);
  END IF;
  RETURN written;
END $$;

-- Ids and serial numbers of new orders: "<id> <serial> <id> <serial> …". None is given twice; what is rolled back leaves a hole.
CREATE FUNCTION orders_allot(a_count int) RETURNS text LANGUAGE sql VOLATILE AS $$
  SELECT string_agg(nextval(pg_get_serial_sequence('orders_order', 'id')) || ' ' || nextval('orders_number'), ' ')
  FROM generate_series(1, a_count)
$$;
"""
GONE = """
DROP FUNCTION orders_allot(int);
DROP FUNCTION orders_put(bigint[], json, json, json);
DROP FUNCTION orders_known(text[], text[], text[], date[], text[], numeric[], text[], date[], text);
"""


def _before() -> str:
    """What stood there: all of 0006 and, of 0008, what is dropped above."""
    around = import_module("youju.trade.orders.migrations.0006_webhooks_around").AROUND
    hot = import_module("youju.trade.orders.migrations.0008_hot")
    put = hot.WRITTEN[hot.WRITTEN.index("-- A new order with its lines") :]
    return str(around + hot.KNOWN + put)


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0009_tracing_reads"),
        ("goods", "0008_ordersp_tradable"),
        ("parties", "0010_ordersp_known"),
    ]

    operations = [
        migrations.RunSQL(KNOWN + WRITTEN, GONE + _before()),
        # A big merchant has hundreds of deals a day; the look for a twin reads those of the same total alone.
        migrations.RemoveIndex(model_name="order", name="orders_merchant"),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(fields=["merchant", "-ordered_on", "amount"], name="orders_merchant"),
        ),
    ]
