from django.db import migrations

# The two statements of a registration: all that is known for it, all rows of it. Plpgsql keeps their plans for each connection,
# and they read and write as whoever asks, so row-level security holds as ever. Other rooms are asked through their functions.
KNOWN = """
-- What the rules ask about wishes, each [merchant, agent, buyer, day, currency, total, [good, …]]: partners; goods by day; then, as
-- orders_around says it, rates, twins and entrustments by the wish's place, usual prices.
-- Stable: all of it, and whatever else stands in the statement, sees the same moment.
CREATE FUNCTION orders_known(a_wishes jsonb, a_self text) RETURNS text
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
  merchants text[]; agents text[]; buyers text[]; days date[]; currencies text[]; amounts numeric[];
  numbers text[]; ids bigint[]; merchant_ids bigint[]; agent_ids bigint[]; buyer_ids bigint[];
  partners json; goods json; good_ids bigint[]; around json;
BEGIN
  SELECT array_agg(w ->> 0 ORDER BY n), array_agg(w ->> 1 ORDER BY n), array_agg(w ->> 2 ORDER BY n),
         array_agg((w ->> 3)::date ORDER BY n), array_agg(w ->> 4 ORDER BY n), array_agg((w ->> 5)::numeric ORDER BY n)
    INTO merchants, agents, buyers, days, currencies, amounts
    FROM jsonb_array_elements(a_wishes) WITH ORDINALITY AS x(w, n);
  SELECT array_agg(p.number), array_agg(p.id),
         json_agg(json_build_array(p.number, p.id, p.name, p.roles, p.country, p.state, p.valid_from, p.valid_to,
                                   p.merged_into, p.organisation_id, p.sections))
    INTO numbers, ids, partners
    FROM parties_partners(merchants || agents || buyers) p;
  SELECT array_agg(m.id ORDER BY w.n), array_agg(a.id ORDER BY w.n), array_agg(b.id ORDER BY w.n)
    INTO merchant_ids, agent_ids, buyer_ids
    FROM unnest(merchants, agents, buyers) WITH ORDINALITY AS w(merchant, agent, buyer, n)
    LEFT JOIN unnest(numbers, ids) AS m(number, id) ON m.number = w.merchant
    LEFT JOIN unnest(numbers, ids) AS a(number, id) ON a.number = w.agent
    LEFT JOIN unnest(numbers, ids) AS b(number, id) ON b.number = w.buyer;
  SELECT json_agg(json_build_array(d.day, g.number, g.id, g.party_id, g.state, g.name, g.name_en, g.model, g.brand, g.hs_code,
                                   g.unit, g.unit1, g.unit2, g.export_duty, g.inspection)), array_agg(DISTINCT g.id)
    INTO goods, good_ids
    FROM (SELECT w ->> 3 AS day, array_agg(DISTINCT n) AS numbers
          FROM jsonb_array_elements(a_wishes) w, jsonb_array_elements_text(w -> 6) n GROUP BY w ->> 3) d
    CROSS JOIN LATERAL goods_tradable(d.numbers, d.day::date) g;
  SELECT json_build_array(o.rates, o.twins, o.entrusted, o.prices) INTO around
    FROM orders_around(ARRAY(SELECT DISTINCT date_trunc('month', d)::date FROM unnest(days) d), currencies || 'USD'::text,
                       merchant_ids, agent_ids, buyer_ids, days, amounts, a_self, coalesce(good_ids, '{}')) o;
  RETURN json_build_array(partners, goods, around)::text;
END $$;
"""
WRITTEN = """
-- Lines of an order, an array of objects.
CREATE FUNCTION orders_put_lines(a_order bigint, a_lines json) RETURNS bigint LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  INSERT INTO orders_orderline (order_id, line_no, packages, good_id, original_id, hs_code, name, name_en, model, brand, unit,
    unit1, unit2, quantity, price, amount, quantity1, quantity2, net_weight, gross_weight, volume, inspection, export_duty)
  SELECT a_order, l.* FROM json_to_recordset(a_lines) AS l(line_no int, packages int, good_id bigint, original_id bigint,
    hs_code text, name text, name_en text, model text, brand text, unit text, unit1 text, unit2 text, quantity numeric,
    price numeric, amount numeric, quantity1 numeric, quantity2 numeric, net_weight numeric, gross_weight numeric,
    volume numeric, inspection boolean, export_duty boolean);
  RETURN a_order;
END $$;

-- What the rules said of an order, an array of objects; what is explained was explained by a_by.
CREATE FUNCTION orders_put_findings(a_order bigint, a_by text, a_findings json) RETURNS bigint LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  INSERT INTO orders_orderfinding (
    order_id, line_no, rule, severity, field, message, suggestion, explanation, explained_by, explained_at)
  SELECT a_order, f.*, CASE WHEN f.explanation <> '' THEN a_by ELSE '' END, CASE WHEN f.explanation <> '' THEN now() END
  FROM json_to_recordset(a_findings) AS f(line_no int, rule text, severity text, field text, message text, suggestion text,
    explanation text);
  RETURN a_order;
END $$;

-- The id and the serial number of a new order: "<id> <serial>". None is given twice; what is rolled back leaves a hole.
CREATE FUNCTION orders_allot() RETURNS text LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  RETURN nextval(pg_get_serial_sequence('orders_order', 'id')) || ' ' || nextval('orders_number');
END $$;

-- A new order with its lines and findings.
CREATE FUNCTION orders_put(a_order bigint, a_number text, a_head json, a_lines json, a_findings json) RETURNS bigint
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  INSERT INTO orders_order (
    id, number, kind, about_id, state, revision, organisations, sections, merchant_id, agent_id, buyer_id, ordered_on, country,
    currency, rate, rate_month, exemption_mode, collected_by_agent, amount, amount_cny, packages, net_weight, gross_weight,
    volume, lines_count, channel, reference, note, merchant_confirmed_by, merchant_confirmed_at, agent_confirmed_by,
    agent_confirmed_at, as_of, policy_hash, created_by, registered_at, confirmed_at, is_demo)
  SELECT
    a_order, a_number, h.kind, h.about, h.state, 0,
    h.organisations, h.sections, h.merchant, h.agent, h.buyer, h.ordered_on, h.country, h.currency, h.rate, h.rate_month,
    h.exemption_mode, h.collected_by_agent, h.amount, h.amount_cny, h.packages, h.net_weight, h.gross_weight, h.volume,
    h.lines, h.channel, h.reference, h.note, h.merchant_by, h.merchant_at, h.agent_by, h.agent_at, h.ordered_on,
    h.policy_hash, h.created_by, h.registered_at, h.confirmed_at, false
  FROM json_to_record(a_head) AS h(kind text, about bigint, state text, organisations bigint[], sections text[],
    merchant bigint, agent bigint, buyer bigint, ordered_on date, country text, currency text, rate numeric, rate_month date,
    exemption_mode text, collected_by_agent boolean, amount numeric, amount_cny numeric, packages int, net_weight numeric,
    gross_weight numeric, volume numeric, lines int, channel text, reference text, note text, merchant_by text,
    merchant_at timestamptz, agent_by text, agent_at timestamptz, policy_hash text, created_by text,
    registered_at timestamptz, confirmed_at timestamptz);
  PERFORM orders_put_lines(a_order, a_lines);
  IF json_array_length(a_findings) > 0 THEN
    PERFORM orders_put_findings(a_order, json_extract_path_text(a_head, 'created_by'), a_findings);
  END IF;
  RETURN a_order;
END $$;
"""
GONE = """
DROP FUNCTION orders_put(bigint, text, json, json, json);
DROP FUNCTION orders_allot();
DROP FUNCTION orders_put_findings(bigint, text, json);
DROP FUNCTION orders_put_lines(bigint, json);
DROP FUNCTION orders_known(jsonb, text);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0007_line_origins"),
        ("goods", "0006_webhooks_tradable"),
        ("parties", "0006_partners"),
    ]

    operations = [migrations.RunSQL(KNOWN + WRITTEN, GONE)]
