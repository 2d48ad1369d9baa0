"""The SQL of the ledger: postings, what writes them, what keeps them."""

_HEAD = "LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS"
# An entry for each row, and its postings beside it: one statement, so that the check of the sum sees all of them.
_BOOK = """
  WITH made AS (
    INSERT INTO settlement_entry (kind, day, actor, {of}_id{also}, at)
    SELECT {kind}, {day}, {actor}, n.id{values}, now() FROM {rows} RETURNING id, {of}_id
  )
  INSERT INTO settlement_posting (entry_id, account, lot_id, receipt_id, currency, amount)
  SELECT m.id, v.account, v.lot, v.receipt, v.currency, v.amount
  FROM made m JOIN {rows_on} ON n.id = m.{of}_id {joined}
  CROSS JOIN LATERAL (VALUES {postings}) v (account, lot, receipt, currency, amount) WHERE v.amount <> 0 {only};
"""


def _book(of: str, *, kind: str, day: str, actor: str, rows: str, postings: str, joined: str = "", also: str = "",
          values: str = "", only: str = "") -> str:  # fmt: skip
    return _BOOK.format(
        of=of, kind=kind, day=day, actor=actor, rows=rows, rows_on=rows.partition(" WHERE ")[0], postings=postings,
        joined=joined, also=also, values=values, only=only,
    )  # fmt: skip


_TODAY = "(now() AT TIME ZONE 'Asia/Shanghai')::date"
_RESERVED = _book(
    "reservation", kind="'reserve'", day=_TODAY, actor="n.created_by", rows="new_rows n", also=", lot_id", values=", n.lot_id",
    joined="JOIN settlement_lot l ON l.id = n.lot_id",
    postings="('reserved', n.lot_id, NULL::bigint, l.currency, n.amount), ('available', n.lot_id, NULL, l.currency, -n.amount)",
)  # fmt: skip
_DECIDED = _book(
    "reservation", kind="CASE n.state WHEN 'expired' THEN 'expire' ELSE 'release' END", day=_TODAY, actor="n.decided_by",
    rows="ended n WHERE n.amount > n.confirmed", also=", lot_id", values=", n.lot_id",
    joined="JOIN settlement_lot l ON l.id = n.lot_id",
    postings="('available', n.lot_id, NULL::bigint, l.currency, n.amount - n.confirmed),"
             " ('reserved', n.lot_id, NULL, l.currency, n.confirmed - n.amount)",
).replace("WITH made", """WITH ended AS (
    SELECT n.* FROM new_rows n JOIN old_rows o ON o.id = n.id WHERE o.state = 'held' AND n.state <> 'held'
  ), made""")  # fmt: skip
_RECEIVED = _book(
    "receipt", kind="'receive'", day="n.received_on", actor="n.recorded_by", rows="new_rows n",
    postings="('received', NULL::bigint, n.id, n.currency, n.amount), ('suspense', NULL, n.id, n.currency, -n.amount)",
)  # fmt: skip
_MOVED = _book(
    "movement", kind="CASE WHEN n.reservation_id IS NULL THEN n.kind ELSE 'confirm' END", day="n.day", actor="n.made_by",
    rows="new_rows n", also=", lot_id, receipt_id, reservation_id", values=", n.lot_id, n.receipt_id, n.reservation_id",
    joined="JOIN settlement_receipt r ON r.id = n.receipt_id LEFT JOIN settlement_lot l ON l.id = n.lot_id",
    postings="""
      (CASE WHEN n.reservation_id IS NULL THEN 'available' ELSE 'reserved' END, n.lot_id, NULL::bigint, l.currency,
       CASE WHEN n.kind = 'match' THEN -n.amount ELSE n.amount END),
      ('collected', n.lot_id, NULL, l.currency, CASE WHEN n.kind = 'match' THEN n.amount ELSE -n.amount END),
      (CASE WHEN n.kind IN ('match', 'return') THEN 'suspense' ELSE 'applied' END, NULL, n.receipt_id, r.currency, n.money),
      (CASE n.kind WHEN 'match' THEN 'applied' WHEN 'undo' THEN 'suspense' ELSE 'returned' END, NULL, n.receipt_id, r.currency,
       -n.money)""",
)  # fmt: skip

GUARDS = f"""
COMMENT ON TABLE settlement_lot IS 'youju: read-only for the application';
COMMENT ON TABLE settlement_entry IS 'youju: read-only for the application';
COMMENT ON TABLE settlement_posting IS 'youju: read-only for the application';
CREATE SEQUENCE settlement_receipt_number;
CREATE SEQUENCE settlement_reservation_number;

CREATE FUNCTION settlement_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'what % holds is never changed or removed', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER settlement_posting_stays BEFORE UPDATE OR DELETE ON settlement_posting
  FOR EACH ROW EXECUTE FUNCTION settlement_stays();
CREATE TRIGGER settlement_entry_stays BEFORE UPDATE OR DELETE ON settlement_entry
  FOR EACH ROW EXECUTE FUNCTION settlement_stays();
CREATE TRIGGER settlement_movement_stays BEFORE UPDATE OR DELETE ON settlement_movement
  FOR EACH ROW EXECUTE FUNCTION settlement_stays();
CREATE TRIGGER settlement_lot_stays BEFORE DELETE ON settlement_lot FOR EACH ROW EXECUTE FUNCTION settlement_stays();
CREATE TRIGGER settlement_receipt_stays BEFORE DELETE ON settlement_receipt FOR EACH ROW EXECUTE FUNCTION settlement_stays();
CREATE TRIGGER settlement_reservation_stays BEFORE DELETE ON settlement_reservation
  FOR EACH ROW EXECUTE FUNCTION settlement_stays();

CREATE FUNCTION settlement_posted() RETURNS trigger {_HEAD} $$
BEGIN
  IF EXISTS (SELECT 1 FROM new_rows GROUP BY entry_id, currency HAVING sum(amount) <> 0) THEN
    RAISE EXCEPTION 'the postings of an entry do not add up to zero' USING ERRCODE = 'check_violation';
  END IF;
  UPDATE settlement_lot l SET declared = l.declared - p.declared, reserved = l.reserved + p.reserved, collected = l.collected + p.collected
  FROM (SELECT lot_id, coalesce(sum(amount) FILTER (WHERE account = 'declared'), 0) AS declared,
               coalesce(sum(amount) FILTER (WHERE account = 'reserved'), 0) AS reserved,
               coalesce(sum(amount) FILTER (WHERE account = 'collected'), 0) AS collected
        FROM new_rows WHERE lot_id IS NOT NULL GROUP BY lot_id) p
  WHERE l.id = p.lot_id;
  UPDATE settlement_receipt r SET applied = r.applied - p.applied, returned = r.returned - p.returned
  FROM (SELECT receipt_id, coalesce(sum(amount) FILTER (WHERE account = 'applied'), 0) AS applied,
               coalesce(sum(amount) FILTER (WHERE account = 'returned'), 0) AS returned
        FROM new_rows WHERE account IN ('applied', 'returned') GROUP BY receipt_id) p
  WHERE r.id = p.receipt_id;
  RETURN NULL;
END $$;
CREATE TRIGGER settlement_posting_posted AFTER INSERT ON settlement_posting REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION settlement_posted();

CREATE FUNCTION settlement_reserved() RETURNS trigger {_HEAD} $$
BEGIN
  IF EXISTS (SELECT 1 FROM new_rows WHERE state <> 'held') THEN
    RAISE EXCEPTION 'a reservation begins as held' USING ERRCODE = 'check_violation';
  END IF;
  {_RESERVED}
  RETURN NULL;
END $$;
CREATE TRIGGER settlement_reservation_made AFTER INSERT ON settlement_reservation REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION settlement_reserved();

CREATE FUNCTION settlement_guard_reservation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state <> 'held' OR (NEW.number, NEW.lot_id, NEW.declaration, NEW.g_no, NEW.organisation_id, NEW.amount, NEW.created_by, NEW.created_at)
     IS DISTINCT FROM (OLD.number, OLD.lot_id, OLD.declaration, OLD.g_no, OLD.organisation_id, OLD.amount, OLD.created_by, OLD.created_at) THEN
    RAISE EXCEPTION 'reservation % stands as it was made', OLD.number USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER settlement_reservation_guarded BEFORE UPDATE ON settlement_reservation
  FOR EACH ROW EXECUTE FUNCTION settlement_guard_reservation();
CREATE FUNCTION settlement_decided() RETURNS trigger {_HEAD} $$
BEGIN
  {_DECIDED}
  RETURN NULL;
END $$;
CREATE TRIGGER settlement_reservation_decided AFTER UPDATE ON settlement_reservation
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION settlement_decided();

CREATE FUNCTION settlement_received() RETURNS trigger {_HEAD} $$
BEGIN
  IF EXISTS (SELECT 1 FROM new_rows WHERE applied <> 0 OR returned <> 0) THEN
    RAISE EXCEPTION 'a receipt begins unmatched' USING ERRCODE = 'check_violation';
  END IF;
  {_RECEIVED}
  RETURN NULL;
END $$;
CREATE TRIGGER settlement_receipt_received AFTER INSERT ON settlement_receipt REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION settlement_received();
CREATE FUNCTION settlement_guard_receipt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- The sums come from the trigger of the postings alone, which is a trigger inside a trigger.
  IF (NEW.number, NEW.bank, NEW.reference, NEW.source, NEW.received_on, NEW.currency, NEW.amount, NEW.rate, NEW.amount_cny, NEW.payer_name)
     IS DISTINCT FROM
     (OLD.number, OLD.bank, OLD.reference, OLD.source, OLD.received_on, OLD.currency, OLD.amount, OLD.rate, OLD.amount_cny, OLD.payer_name)
     OR ((NEW.applied, NEW.returned) IS DISTINCT FROM (OLD.applied, OLD.returned) AND pg_trigger_depth() < 2) THEN
    RAISE EXCEPTION 'receipt % stands as it came', OLD.number USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER settlement_receipt_guarded BEFORE UPDATE ON settlement_receipt
  FOR EACH ROW EXECUTE FUNCTION settlement_guard_receipt();

CREATE FUNCTION settlement_guard_movement() RETURNS trigger {_HEAD} $$
DECLARE
  whole settlement_movement;
  back record;
BEGIN
  SELECT * INTO whole FROM settlement_movement WHERE id = NEW.of_id FOR UPDATE;
  SELECT coalesce(sum(money), 0) AS money, coalesce(sum(amount), 0) AS amount INTO back FROM settlement_movement WHERE of_id = NEW.of_id;
  IF whole.kind <> 'match' OR (whole.receipt_id, whole.lot_id) IS DISTINCT FROM (NEW.receipt_id, NEW.lot_id)
     OR back.money + NEW.money > whole.money OR back.amount + NEW.amount > whole.amount THEN
    RAISE EXCEPTION 'more is taken back than was written off' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER settlement_movement_guarded BEFORE INSERT ON settlement_movement
  FOR EACH ROW WHEN (NEW.of_id IS NOT NULL) EXECUTE FUNCTION settlement_guard_movement();
CREATE FUNCTION settlement_moved() RETURNS trigger {_HEAD} $$
BEGIN
  {_MOVED}
  UPDATE settlement_lot l SET last_on = greatest(l.last_on, p.day), refunded = l.refunded + p.refunded
  FROM (SELECT lot_id, max(day) FILTER (WHERE kind = 'match') AS day, coalesce(sum(amount) FILTER (WHERE kind = 'refund'), 0) AS refunded
        FROM new_rows WHERE lot_id IS NOT NULL GROUP BY lot_id) p
  WHERE l.id = p.lot_id;
  RETURN NULL;
END $$;
CREATE TRIGGER settlement_movement_moved AFTER INSERT ON settlement_movement REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION settlement_moved();

CREATE FUNCTION settlement_agree() RETURNS trigger {_HEAD} $$
DECLARE
  held numeric;
  kept numeric;
BEGIN
  SELECT coalesce(sum(amount), 0) INTO held FROM settlement_reservation WHERE lot_id = NEW.lot_id AND state = 'held';
  SELECT reserved INTO kept FROM settlement_lot WHERE id = NEW.lot_id;
  IF held <> kept THEN
    RAISE EXCEPTION 'line % of the ledger has % reserved, its reservations make %', NEW.lot_id, kept, held USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER settlement_reservation_agrees AFTER INSERT OR UPDATE ON settlement_reservation
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION settlement_agree();
CREATE CONSTRAINT TRIGGER settlement_movement_agrees AFTER INSERT ON settlement_movement
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.reservation_id IS NOT NULL) EXECUTE FUNCTION settlement_agree();
"""
NO_GUARDS = """
DROP TRIGGER settlement_movement_agrees ON settlement_movement;
DROP TRIGGER settlement_reservation_agrees ON settlement_reservation;
DROP TRIGGER settlement_movement_moved ON settlement_movement;
DROP TRIGGER settlement_movement_guarded ON settlement_movement;
DROP TRIGGER settlement_receipt_guarded ON settlement_receipt;
DROP TRIGGER settlement_receipt_received ON settlement_receipt;
DROP TRIGGER settlement_reservation_decided ON settlement_reservation;
DROP TRIGGER settlement_reservation_guarded ON settlement_reservation;
DROP TRIGGER settlement_reservation_made ON settlement_reservation;
DROP TRIGGER settlement_posting_posted ON settlement_posting;
DROP TRIGGER settlement_reservation_stays ON settlement_reservation;
DROP TRIGGER settlement_receipt_stays ON settlement_receipt;
DROP TRIGGER settlement_lot_stays ON settlement_lot;
DROP TRIGGER settlement_movement_stays ON settlement_movement;
DROP TRIGGER settlement_entry_stays ON settlement_entry;
DROP TRIGGER settlement_posting_stays ON settlement_posting;
DROP FUNCTION settlement_agree();
DROP FUNCTION settlement_moved();
DROP FUNCTION settlement_guard_movement();
DROP FUNCTION settlement_guard_receipt();
DROP FUNCTION settlement_received();
DROP FUNCTION settlement_decided();
DROP FUNCTION settlement_guard_reservation();
DROP FUNCTION settlement_reserved();
DROP FUNCTION settlement_posted();
DROP FUNCTION settlement_stays();
DROP SEQUENCE settlement_reservation_number;
DROP SEQUENCE settlement_receipt_number;
"""
