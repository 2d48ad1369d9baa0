from django.db import migrations

# A request under an idempotency key, as calls that go along with others (database.statements). Plpgsql keeps the plans.
CLAIM = """
-- What was answered to a request under a key: [digest, status, answer].
CREATE FUNCTION identity_answer(p_user bigint, p_key text) RETURNS text LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (SELECT json_build_array(digest, status, answer)::text FROM identity_apirequest WHERE user_id = p_user AND key = p_key);
END $$;

-- The same, and the key is held until the transaction ends. Waits for a request under the same key that is under way; the look after that is a fresh one and sees what it did.
CREATE FUNCTION identity_claim(p_user bigint, p_key text) RETURNS text LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(p_key, p_user));
  RETURN identity_answer(p_user, p_key);
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

-- A key was used: its request is counted, and the time and place of its use are noted once a minute.
CREATE FUNCTION identity_used(p_key bigint, p_last timestamptz, p_address text, p_slot bigint) RETURNS bigint
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  IF p_last IS NULL OR clock_timestamp() - p_last > interval '1 minute' THEN
    UPDATE identity_apikey SET last_used_at = clock_timestamp(), last_address = p_address WHERE id = p_key;
  END IF;
  RETURN identity_count('api:k' || p_key, p_slot);
END $$;
"""
GONE = """
DROP FUNCTION identity_used(bigint, timestamptz, text, bigint);
DROP FUNCTION identity_count(text, bigint);
DROP FUNCTION identity_keep(bigint, text, text, smallint, jsonb);
DROP FUNCTION identity_claim(bigint, text);
DROP FUNCTION identity_answer(bigint, text);
"""


class Migration(migrations.Migration):
    dependencies = [("identity", "0005_requests")]

    operations = [migrations.RunSQL(CLAIM, GONE)]
