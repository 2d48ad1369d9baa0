from django.db import migrations

# Who oversees reads every row and writes only what a guard names the word for: a guard that lets in whoever is not one of them
# asks this, so that a new authority is kept out of all of these tables by one line.
OVERSEES = """
CREATE FUNCTION youju_oversees(way text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT youju_reach(way) IN ('audit', 'tax', 'customs') $$;
"""


class Migration(migrations.Migration):
    dependencies = [("identity", "0008_roles_of_banks_and_authorities")]

    operations = [migrations.RunSQL(OVERSEES, "DROP FUNCTION youju_oversees(text)")]
