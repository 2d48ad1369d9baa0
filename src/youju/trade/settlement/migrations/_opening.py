"""The SQL that opens the ledger from released declarations, closes what does not stand any more, and takes lines to be written."""

_HEAD = "LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS"

OPENING = f"""
CREATE FUNCTION settlement_opened() RETURNS trigger {_HEAD} $$
BEGIN
  WITH made AS (
    INSERT INTO settlement_entry (kind, day, actor, lot_id, at)
    SELECT 'open', released_on, '', id, now() FROM new_rows RETURNING id, lot_id
  )
  INSERT INTO settlement_posting (entry_id, account, lot_id, currency, amount)
  SELECT m.id, v.account, n.id, n.currency, v.amount FROM made m JOIN new_rows n ON n.id = m.lot_id
  CROSS JOIN LATERAL (VALUES ('available', n.value), ('declared', -n.value)) v (account, amount);
  RETURN NULL;
END $$;
CREATE TRIGGER settlement_lot_opened AFTER INSERT ON settlement_lot REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION settlement_opened();

-- One line for each declared line and merchant. Released declarations alone; one that is there is left as it is.
CREATE FUNCTION settlement_open(a_declaration bigint, since date) RETURNS integer {_HEAD} $$
DECLARE
  made integer;
BEGIN
  INSERT INTO settlement_lot (declaration_id, number, version, entry_number, g_no, name, merchant_id, agent_id, merchant_name, buyers, currency, rate,
                              value, value_cny, declared, reserved, collected, refunded, released_on, live, organisations, sections,
                              opened_at, is_demo)
  SELECT g.id, g.number, g.version, g.entry_number, g.g_no, g.name, g.merchant_id, g.agent_id, (SELECT left(p.name, 100) FROM parties_party p WHERE p.id = g.merchant_id), g.buyers, g.currency, g.rate, g.amount,
         g.amount_cny, 0, 0, 0, 0, g.released_on, true,
         (SELECT coalesce(array_agg(DISTINCT p.organisation_id), '{{}}') FROM parties_party p
          WHERE p.id IN (g.merchant_id, g.agent_id) AND p.organisation_id IS NOT NULL),
         g.sections, now(), g.is_demo
  FROM (SELECT d.id, d.number, d.version, d.entry_number, l.g_no, l.name, s.merchant_id, d.agent_id, d.currency, d.rate, d.sections, d.is_demo,
               (d.released_at AT TIME ZONE 'Asia/Shanghai')::date AS released_on,
               array_agg(DISTINCT o.buyer_id) AS buyers, sum(s.amount) AS amount, sum(s.amount_cny) AS amount_cny
        FROM declarations_declaration d
        JOIN declarations_declaredline l ON l.declaration_id = d.id
        JOIN declarations_sourceline s ON s.line_id = l.id AND s.live
        JOIN orders_line_origins o ON o.order_line_id = s.order_line_id
        WHERE d.state IN ('released', 'exported') AND (a_declaration IS NULL OR d.id = a_declaration)
          AND (since IS NULL OR d.released_at >= since::timestamp AT TIME ZONE 'Asia/Shanghai')
          AND NOT EXISTS (SELECT 1 FROM settlement_lot t WHERE t.declaration_id = d.id)
        GROUP BY d.id, l.id, s.merchant_id) g
  WHERE g.amount > 0
  ORDER BY g.released_on, g.id, g.g_no, g.merchant_id
  ON CONFLICT (declaration_id, g_no, merchant_id) DO NOTHING;
  GET DIAGNOSTICS made = ROW_COUNT;
  IF a_declaration IS NOT NULL THEN
    -- Customs' number may be corrected later; a bank finds the line by it.
    UPDATE settlement_lot l SET entry_number = d.entry_number FROM declarations_declaration d
    WHERE d.id = a_declaration AND l.declaration_id = d.id AND l.entry_number <> d.entry_number;
  END IF;
  RETURN made;
END $$;

-- Lines to be written, locked by id; what was reserved for too long is let go first.
CREATE FUNCTION settlement_lock(lots bigint[], a_now timestamptz) RETURNS SETOF settlement_lot {_HEAD} $$
BEGIN
  PERFORM 1 FROM settlement_lot WHERE id = ANY (lots) ORDER BY id FOR UPDATE;
  UPDATE settlement_reservation SET state = 'expired', decided_at = a_now
  WHERE lot_id = ANY (lots) AND state = 'held' AND expires_at <= a_now;
  RETURN QUERY SELECT * FROM settlement_lot WHERE id = ANY (lots) ORDER BY id;
END $$;

-- What a bank may know of a line that it names: how much, not whose. ``available`` counts what was reserved for too long.
CREATE FUNCTION settlement_look(a_number text, a_g_no integer, a_now timestamptz)
RETURNS TABLE (id bigint, number text, entry_number text, g_no integer, currency text, declared numeric, available numeric,
               released_on date, merchant_id bigint) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT l.id, l.number || '-' || l.version, l.entry_number, l.g_no, l.currency, l.declared,
         l.available + coalesce((SELECT sum(r.amount) FROM settlement_reservation r
                                 WHERE r.lot_id = l.id AND r.state = 'held' AND r.expires_at <= a_now), 0),
         l.released_on, l.merchant_id
  FROM settlement_lot l
  WHERE l.live AND l.g_no = a_g_no AND (l.entry_number = a_number OR l.number = a_number OR l.number || '-' || l.version = a_number)
    AND a_number <> ''
  ORDER BY l.id
$$;

-- A declaration that does not stand any more: reservations are let go, money goes back to where it stood before, the line ends.
CREATE FUNCTION settlement_reverse(a_declaration bigint, a_day date, an_actor text, a_reason text) RETURNS integer {_HEAD} $$
DECLARE
  wanted bigint[];
BEGIN
  SELECT array_agg(id ORDER BY id) INTO wanted FROM settlement_lot WHERE declaration_id = a_declaration AND live;
  IF wanted IS NULL THEN RETURN 0; END IF;
  PERFORM 1 FROM settlement_lot WHERE id = ANY (wanted) ORDER BY id FOR UPDATE;
  UPDATE settlement_reservation SET state = 'released', decided_at = now(), decided_by = an_actor, reason = left(a_reason, 200)
  WHERE lot_id = ANY (wanted) AND state = 'held';
  INSERT INTO settlement_movement (kind, receipt_id, lot_id, of_id, money, amount, money_cny, day, payer, reason, made_by, made_at, is_demo)
  SELECT 'undo', m.receipt_id, m.lot_id, m.id, m.money - b.money, m.amount - b.amount, m.money_cny - b.money_cny, a_day, m.payer,
         left(a_reason, 400), an_actor, now(), m.is_demo
  FROM settlement_movement m
  CROSS JOIN LATERAL (SELECT coalesce(sum(t.money), 0) AS money, coalesce(sum(t.amount), 0) AS amount, coalesce(sum(t.money_cny), 0) AS money_cny
                      FROM settlement_movement t WHERE t.of_id = m.id) b
  WHERE m.lot_id = ANY (wanted) AND m.kind = 'match' AND m.amount > b.amount AND m.money > b.money;
  WITH made AS (
    INSERT INTO settlement_entry (kind, day, actor, lot_id, at)
    SELECT 'reverse', a_day, an_actor, id, now() FROM settlement_lot WHERE id = ANY (wanted) AND declared > 0 RETURNING id, lot_id
  )
  INSERT INTO settlement_posting (entry_id, account, lot_id, currency, amount)
  SELECT m.id, v.account, l.id, l.currency, v.amount FROM made m JOIN settlement_lot l ON l.id = m.lot_id
  CROSS JOIN LATERAL (VALUES ('declared', l.declared), ('available', -l.declared)) v (account, amount);
  UPDATE settlement_lot SET live = false WHERE id = ANY (wanted);
  RETURN cardinality(wanted);
END $$;
"""
NO_OPENING = """
DROP FUNCTION settlement_reverse(bigint, date, text, text);
DROP FUNCTION settlement_look(text, integer, timestamptz);
DROP FUNCTION settlement_lock(bigint[], timestamptz);
DROP FUNCTION settlement_open(bigint, date);
DROP TRIGGER settlement_lot_opened ON settlement_lot;
DROP FUNCTION settlement_opened();
"""

# Receipts under the same reference, or of the same payer and amount, whoever recorded them: the money came once.
KNOWN = """
CREATE FUNCTION settlement_known(banks text[], refs text[], payers text[], amounts numeric[])
RETURNS TABLE (number text, bank text, reference text, currency text, amount numeric, received_on date, payer_name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT r.number, r.bank, r.reference, r.currency, r.amount, r.received_on, r.payer_name FROM settlement_receipt r
  JOIN unnest(banks, refs) AS w (bank, reference) ON w.bank = r.bank AND w.reference = r.reference
  UNION
  SELECT r.number, r.bank, r.reference, r.currency, r.amount, r.received_on, r.payer_name FROM settlement_receipt r
  JOIN unnest(payers, amounts) AS w (payer, amount) ON w.payer = r.payer_name AND w.amount = r.amount
  ORDER BY number
$$;
CREATE INDEX settlement_receipt_payer ON settlement_receipt (payer_name, amount);
"""
NO_KNOWN = """
DROP INDEX settlement_receipt_payer;
DROP FUNCTION settlement_known(text[], text[], text[], numeric[]);
"""
