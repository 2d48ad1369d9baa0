from django.db import migrations

# The same as 0006 for many requests of one user at once.
MANY = """
-- What was answered under which of the keys: {key: [digest, status, answer]}.
CREATE FUNCTION identity_answers(p_user bigint, p_keys text[]) RETURNS text LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (SELECT json_object_agg(key, json_build_array(digest, status, answer))::text FROM identity_apirequest
          WHERE user_id = p_user AND key = ANY (p_keys));
END $$;

-- Keep answers, an array of objects; how many.
CREATE FUNCTION identity_keep_many(p_user bigint, p_answers json) RETURNS bigint LANGUAGE plpgsql VOLATILE AS $$
DECLARE kept bigint;
BEGIN
  INSERT INTO identity_apirequest (user_id, key, digest, status, answer)
  SELECT p_user, a.key, a.digest, a.status, a.answer
  FROM json_to_recordset(p_answers) AS a(key text, digest text, status smallint, answer jsonb);
  GET DIAGNOSTICS kept = ROW_COUNT;
  RETURN kept;
END $$;
"""
GONE = """
DROP FUNCTION identity_keep_many(bigint, json);
DROP FUNCTION identity_answers(bigint, text[]);
"""


class Migration(migrations.Migration):
    dependencies = [("identity", "0006_claims")]

    operations = [migrations.RunSQL(MANY, GONE)]
