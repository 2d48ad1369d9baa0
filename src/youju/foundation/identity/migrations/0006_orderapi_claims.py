from django.db import migrations

# A request under an idempotency key, as calls that go along with others (database.statements). Plpgsql keeps the plans.
CLAIM = """
-- Waits for a request under the same key that is under way; the look after that is a fresh one and sees what it did.
CREATE FUNCTION identity_claim(p_user bigint, p_key text) RETURNS text LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(p_key, p_user));
  RETURN (SELECT json_build_array(digest, status, answer)::text FROM identity_apirequest WHERE user_id = p_user AND key = p_key);
END $$;

CREATE FUNCTION identity_keep(p_user bigint, p_key text, p_digest text, p_status smallint, p_answer jsonb) RETURNS bigint
LANGUAGE plpgsql VOLATILE AS $$
DECLARE kept bigint;
BEGIN
  INSERT INTO identity_apirequest (user_id, key, digest, status, answer) VALUES (p_user, p_key, p_digest, p_status, p_answer)
  RETURNING id INTO kept;
  RETURN kept;
END $$;

-- One more in a bucket; how many there are in this slot of time.
CREATE FUNCTION identity_count(p_bucket text, p_slot bigint) RETURNS bigint LANGUAGE plpgsql VOLATILE AS $$
DECLARE many bigint;
BEGIN
  INSERT INTO identity_rate AS r (bucket, slot, hits) VALUES (p_bucket, p_slot, 1)
  ON CONFLICT (bucket) DO UPDATE SET slot = excluded.slot, hits = CASE WHEN r.slot = excluded.slot THEN r.hits + 1 ELSE 1 END
  RETURNING hits INTO many;
  RETURN many;
END $$;
"""
GONE = """
DROP FUNCTION identity_count(text, bigint);
DROP FUNCTION identity_keep(bigint, text, text, smallint, jsonb);
DROP FUNCTION identity_claim(bigint, text);
"""


class Migration(migrations.Migration):
    dependencies = [("identity", "0005_requests")]

    operations = [migrations.RunSQL(CLAIM, GONE)]
