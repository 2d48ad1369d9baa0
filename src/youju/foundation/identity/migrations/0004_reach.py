import django.contrib.postgres.fields
from django.db import migrations, models

# What the context told the connection, as a condition can use it. NULL and the empty text reach nothing.
FUNCTIONS = """
CREATE FUNCTION youju_reach(way text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT coalesce(current_setting('youju.' || way, true), '') $$;

CREATE FUNCTION youju_all(way text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT youju_reach(way) = 'all' $$;

CREATE FUNCTION youju_sections(way text) RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT CASE WHEN youju_reach(way) LIKE 'sections:%' THEN string_to_array(substr(youju_reach(way), 10), ',') END $$;

CREATE FUNCTION youju_organisation(way text) RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT CASE WHEN youju_reach(way) LIKE 'own:%' THEN substr(youju_reach(way), 5)::bigint END $$;
"""
GONE = """
DROP FUNCTION youju_organisation(text);
DROP FUNCTION youju_sections(text);
DROP FUNCTION youju_all(text);
DROP FUNCTION youju_reach(text);
"""


class Migration(migrations.Migration):
    dependencies = [("identity", "0003_third_part")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="sections",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=8),
                blank=True,
                default=list,
                size=None,
                verbose_name="所在科室",
            ),
        ),
        migrations.RunSQL(FUNCTIONS, GONE),
    ]
