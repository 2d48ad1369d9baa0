"""What the database itself keeps of payments, whatever code writes: ways, frozen fields, signatures, the ledger, the bank's lines.

- a payment takes only the ways of its table of transitions; what was reviewed does not change any more;
- a signature comes with its step and goes only where a new round begins (who is whom stands in the CHECKs of the table);
- the project's ledger moves in the statement that moves the payment;
- at the end of each transaction a payment that is sent or paid has exactly the line in a bank file that says so, to the cent.
"""

from django.db import migrations

from youju.foundation.database.rows import guard
from youju.foundation.webhooks.announcing import announce

GUARDS = """
CREATE SEQUENCE payments_payment_number;
CREATE SEQUENCE payments_bankfile_number;

CREATE FUNCTION payments_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'a payment is cancelled, never removed' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
      ('approved', 'cancelled'), ('approved', 'sent'), ('checked', 'approved'), ('checked', 'cancelled'),
      ('checked', 'draft'), ('checked', 'rejected'), ('draft', 'cancelled'), ('draft', 'requested'), ('paid',
      'returned'), ('requested', 'cancelled'), ('requested', 'draft'), ('requested', 'reviewed'), ('returned',
      'cancelled'), ('returned', 'requested'), ('reviewed', 'cancelled'), ('reviewed', 'checked'), ('reviewed',
      'draft'), ('reviewed', 'rejected'), ('sent', 'approved'), ('sent', 'paid'), ('sent', 'returned')) THEN
    RAISE EXCEPTION 'payment % cannot go from % to %', OLD.number, OLD.state, NEW.state USING ERRCODE = 'check_violation';
  END IF;
  IF (NEW.number, NEW.origin_kind, NEW.origin_key) IS DISTINCT FROM (OLD.number, OLD.origin_kind, OLD.origin_key)
     OR (OLD.state <> 'draft' AND (NEW.project_id, NEW.amount) IS DISTINCT FROM (OLD.project_id, OLD.amount))
     OR ((NEW.payee_name, NEW.payee_credit_code, NEW.account_masked, NEW.bank, NEW.purpose, NEW.batch_id, NEW.contract_id)
         IS DISTINCT FROM (OLD.payee_name, OLD.payee_credit_code, OLD.account_masked, OLD.bank, OLD.purpose, OLD.batch_id,
                           OLD.contract_id)
         AND NOT (OLD.state = 'draft' OR (OLD.state = 'returned' AND NEW.state = 'requested'))) THEN
    RAISE EXCEPTION 'what was asked for in payment % does not change any more', OLD.number USING ERRCODE = 'check_violation';
  END IF;
  -- The exchange of keys says that it seals the same account anew.
  IF NEW.account_fingerprint <> OLD.account_fingerprint AND coalesce(current_setting('youju.resealing', true), '') <> 'on'
     AND NOT (OLD.state = 'draft' OR (OLD.state = 'returned' AND NEW.state = 'requested')) THEN
    RAISE EXCEPTION 'the account of payment % does not change any more', OLD.number USING ERRCODE = 'check_violation';
  END IF;
  IF (NEW.requested_by IS DISTINCT FROM OLD.requested_by
      AND NOT (NEW.state <> OLD.state AND NEW.state IN ('draft', 'requested')))
     OR (NEW.section_by IS DISTINCT FROM OLD.section_by
         AND NOT (NEW.state <> OLD.state AND (NEW.state = 'reviewed' OR (NEW.state IN ('draft', 'requested') AND NEW.section_by = '{}'))))
     OR (NEW.finance_by IS DISTINCT FROM OLD.finance_by
         AND NOT (NEW.state <> OLD.state AND (NEW.state = 'checked' OR (NEW.state IN ('draft', 'requested') AND NEW.finance_by = '{}'))))
     OR (NEW.approved_by IS DISTINCT FROM OLD.approved_by
         AND NOT (NEW.state <> OLD.state AND ((NEW.state = 'approved' AND OLD.state = 'checked')
                                              OR (NEW.state IN ('draft', 'requested') AND NEW.approved_by = '{}')))) THEN
    RAISE EXCEPTION 'a signature on payment % comes with its step alone', OLD.number USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER payments_payment_guarded BEFORE UPDATE OR DELETE ON payments_payment
  FOR EACH ROW EXECUTE FUNCTION payments_guard();

CREATE FUNCTION payments_count() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  aside text[] := ARRAY['requested', 'reviewed', 'checked', 'approved', 'sent', 'returned'];
  reserved_before numeric := 0;
  paid_before numeric := 0;
  reserved_after numeric := CASE WHEN NEW.state = ANY (aside) THEN NEW.amount ELSE 0 END;
  paid_after numeric := CASE WHEN NEW.state = 'paid' THEN NEW.amount ELSE 0 END;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    reserved_before := CASE WHEN OLD.state = ANY (aside) THEN OLD.amount ELSE 0 END;
    paid_before := CASE WHEN OLD.state = 'paid' THEN OLD.amount ELSE 0 END;
  END IF;
  IF (reserved_after, paid_after) <> (reserved_before, paid_before) THEN
    UPDATE projects_ledger SET reserved = reserved + reserved_after - reserved_before, paid = paid + paid_after - paid_before
    WHERE project_id = NEW.project_id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER payments_payment_counted_new AFTER INSERT ON payments_payment
  FOR EACH ROW WHEN (NEW.state <> 'draft') EXECUTE FUNCTION payments_count();
CREATE TRIGGER payments_payment_counted AFTER UPDATE OF state ON payments_payment
  FOR EACH ROW WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION payments_count();

CREATE FUNCTION payments_guard_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'a line of a bank file is never removed' USING ERRCODE = 'check_violation';
  END IF;
  IF (NEW.payment_id, NEW.file_id, NEW.line, NEW.reference, NEW.amount, NEW.payee_name, NEW.account_masked, NEW.bank)
     IS DISTINCT FROM (OLD.payment_id, OLD.file_id, OLD.line, OLD.reference, OLD.amount, OLD.payee_name, OLD.account_masked, OLD.bank)
     OR (NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (('open', 'paid'), ('open', 'returned'), ('open', 'recalled'),
                                                                   ('paid', 'returned'))) THEN
    RAISE EXCEPTION 'line % of a bank file stands as it was sent', OLD.reference USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER payments_instruction_guarded BEFORE UPDATE OR DELETE ON payments_instruction
  FOR EACH ROW EXECUTE FUNCTION payments_guard_line();

CREATE FUNCTION payments_agree(a_payment bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  payment payments_payment;
  said text;
  told text;
BEGIN
  SELECT * INTO payment FROM payments_payment WHERE id = a_payment;
  SELECT string_agg(state || ' ' || amount::text, ',') INTO said FROM payments_instruction
  WHERE payment_id = a_payment AND state IN ('open', 'paid');
  told := (CASE payment.state WHEN 'sent' THEN 'open ' || payment.amount::text
                               WHEN 'paid' THEN 'paid ' || payment.amount::text ELSE '' END);
  IF coalesce(said, '') <> told THEN
    RAISE EXCEPTION 'payment % is %, and the bank was told: %', payment.number, payment.state, coalesce(said, 'nothing')
      USING ERRCODE = 'check_violation';
  END IF;
END $$;
CREATE FUNCTION payments_agree_payment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM payments_agree(NEW.id); RETURN NULL; END $$;
CREATE FUNCTION payments_agree_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM payments_agree(NEW.payment_id); RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER payments_payment_agrees AFTER INSERT OR UPDATE OF state ON payments_payment
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payments_agree_payment();
CREATE CONSTRAINT TRIGGER payments_instruction_agrees AFTER INSERT OR UPDATE OF state ON payments_instruction
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payments_agree_line();
"""
NO_GUARDS = """
DROP TRIGGER payments_instruction_agrees ON payments_instruction;
DROP TRIGGER payments_payment_agrees ON payments_payment;
DROP FUNCTION payments_agree_line();
DROP FUNCTION payments_agree_payment();
DROP FUNCTION payments_agree(bigint);
DROP TRIGGER payments_instruction_guarded ON payments_instruction;
DROP FUNCTION payments_guard_line();
DROP TRIGGER payments_payment_counted ON payments_payment;
DROP TRIGGER payments_payment_counted_new ON payments_payment;
DROP FUNCTION payments_count();
DROP TRIGGER payments_payment_guarded ON payments_payment;
DROP FUNCTION payments_guard();
DROP SEQUENCE payments_bankfile_number;
DROP SEQUENCE payments_payment_number;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0001_first"),
        ("projects", "0002_ledger"),
        ("identity", "0004_reach"),
        ("webhooks", "0001_first"),
    ]

    operations = [
        migrations.RunSQL(GUARDS, NO_GUARDS),
        # Whoever works at the centre reads payments; an enterprise learns of its own through its award.
        guard("payments_payment", "({all} OR {sections} IS NOT NULL)", writes="true"),
        announce(
            "payments_payment",
            kind="payments.payment",
            organisations="ARRAY(SELECT id FROM identity_organisation WHERE kind IN ('centre', 'finance'))",
        ),
    ]
