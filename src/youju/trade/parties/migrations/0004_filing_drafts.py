import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from youju.foundation.database.rows import guard

# Reads as the owner: whether a code is on file is said to whoever files, whose filing it is is not.
FILED = """
CREATE FUNCTION parties_filed(codes text[], beside bigint) RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT p.credit_code::text FROM parties_party p
  WHERE p.credit_code = ANY (codes) AND p.state <> 'cancelled' AND p.merged_into_id IS NULL
    AND p.id IS DISTINCT FROM beside AND youju_reach('reads') <> ''
$$;
"""
HANDLED = (
    "p.organisation_id = {organisation} OR (cardinality(p.sections) = 0 AND {sections} IS NOT NULL)"
    " OR p.sections::text[] && {sections}"
)
# What a party has typed itself and not filed yet is nobody else's business, the centre's neither.
OF_WRITER = (
    "{all} OR EXISTS (SELECT 1 FROM parties_party p WHERE p.id = party_id AND (p.organisation_id = {organisation}"
    f" OR (p.organisation_id IS NULL AND ({HANDLED}))))"
)


class Migration(migrations.Migration):
    dependencies = [
        ("parties", "0003_agree_signatures"),
    ]

    operations = [
        migrations.CreateModel(
            name="FilingDraft",
            fields=[
                (
                    "party",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="draft",
                        serialize=False,
                        to="parties.party",
                    ),
                ),
                ("sealed", models.TextField(verbose_name="加密的表单")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="保存次数")),
                ("saved_by", models.CharField(blank=True, max_length=64, verbose_name="保存人")),
                (
                    "saved_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="保存时间"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="NumberSeries",
            fields=[
                (
                    "series",
                    models.CharField(max_length=20, primary_key=True, serialize=False, verbose_name="系列"),
                ),
                ("last", models.PositiveIntegerField(default=0, verbose_name="最后的流水号")),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="party",
            name="market",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=8, verbose_name="所填市场"
            ),
        ),
        migrations.AddField(
            model_name="party",
            name="stall_number",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=20, verbose_name="所填摊位号"
            ),
        ),
        migrations.RunSQL(FILED, "DROP FUNCTION parties_filed(text[], bigint);"),
        guard("parties_filingdraft", OF_WRITER),
    ]
