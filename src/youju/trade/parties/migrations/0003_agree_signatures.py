import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from youju.foundation.database.rows import guard

# What somebody in the trade may know of a partner: approved once, or one's own, or handled by one's section. A draft is
# nobody else's to know.
DIRECTORY = """
CREATE OR REPLACE FUNCTION parties_directory(wanted bigint[])
RETURNS TABLE (id bigint, number text, name text, name_en text, roles text[], country text, state text, organisation_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT p.id, p.number::text, p.name::text, p.name_en::text, p.roles::text[], p.country::text, p.state::text, p.organisation_id
  FROM parties_party p
  WHERE p.id = ANY (wanted) AND youju_reach('reads') <> ''
    AND (p.state IN ('approved', 'suspended', 'cancelled') OR p.organisation_id = youju_organisation('reads')
      OR youju_all('reads') OR youju_sections('reads') IS NOT NULL)
$$;

CREATE FUNCTION parties_directory_find(words text[], wanted text[], most int)
RETURNS TABLE (id bigint, number text, name text, name_en text, roles text[], country text, state text, organisation_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT p.id, p.number::text, p.name::text, p.name_en::text, p.roles::text[], p.country::text, p.state::text, p.organisation_id
  FROM parties_party p
  WHERE youju_reach('reads') <> '' AND p.state = 'approved' AND p.merged_into_id IS NULL AND cardinality(words) > 0
    AND p.roles::text[] && wanted AND wanted <@ ARRAY['merchant', 'manufacturer', 'agent']
    AND NOT EXISTS (
      SELECT 1 FROM unnest(words) AS word
      WHERE position(lower(word) IN lower(p.name || ' ' || p.name_en || ' ' || p.number)) = 0)
  ORDER BY length(p.name), p.name, p.id
  LIMIT least(most, 20)
$$;
"""
DIRECTORY_GONE = """
DROP FUNCTION parties_directory_find(text[], text[], int);
CREATE OR REPLACE FUNCTION parties_directory(wanted bigint[])
RETURNS TABLE (id bigint, number text, name text, name_en text, roles text[], country text, state text, organisation_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT p.id, p.number::text, p.name::text, p.name_en::text, p.roles::text[], p.country::text, p.state::text, p.organisation_id
  FROM parties_party p WHERE p.id = ANY (wanted) AND youju_reach('reads') <> ''
$$;
"""

# A signature is never rewritten; that it became void is the one thing that may be added.
KEPT = """
CREATE FUNCTION parties_signature_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.voided_at IS NULL AND NEW.voided_at IS NOT NULL
     AND to_jsonb(OLD) - 'voided_at' = to_jsonb(NEW) - 'voided_at' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a signature is never changed or removed';
END $$;
CREATE TRIGGER parties_signature_kept BEFORE UPDATE OR DELETE ON parties_signature
FOR EACH ROW EXECUTE FUNCTION parties_signature_kept();
"""
KEPT_GONE = (
    "DROP TRIGGER parties_signature_kept ON parties_signature; DROP FUNCTION parties_signature_kept();"
)

OF_AGREEMENT = (
    "{all} OR EXISTS (SELECT 1 FROM parties_agreement a JOIN parties_party p ON p.id IN (a.principal_id, a.agent_id)"
    " WHERE a.id = agreement_id AND (p.organisation_id = {organisation}"
    " OR (cardinality(p.sections) = 0 AND {sections} IS NOT NULL) OR p.sections::text[] && {sections}))"
)


class Migration(migrations.Migration):
    dependencies = [("parties", "0002_rows")]

    operations = [
        migrations.AddField(
            model_name="agreement",
            name="principal_name",
            field=models.CharField(blank=True, db_default="", max_length=100, verbose_name="委托方名称"),
        ),
        migrations.AddField(
            model_name="agreement",
            name="agent_name",
            field=models.CharField(blank=True, db_default="", max_length=100, verbose_name="受托方名称"),
        ),
        migrations.AddField(
            model_name="agreement",
            name="text",
            field=models.TextField(blank=True, db_default="", verbose_name="文本"),
        ),
        migrations.AddField(
            model_name="agreement",
            name="drafted_by_side",
            field=models.CharField(
                db_default="principal", default="principal", max_length=12, verbose_name="拟订方"
            ),
        ),
        migrations.AddField(
            model_name="agreement",
            name="reminded_on",
            field=models.DateField(blank=True, null=True, verbose_name="到期提醒日期"),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(("drafted_by_side__in", ["principal", "agent"])),
                name="parties_agreement_side",
            ),
        ),
        migrations.CreateModel(
            name="AgreementSeries",
            fields=[
                (
                    "year",
                    models.PositiveSmallIntegerField(primary_key=True, serialize=False, verbose_name="年份"),
                ),
                ("last", models.PositiveIntegerField(default=0, verbose_name="最后一个序号")),
            ],
            options={"default_permissions": ()},
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("side", models.CharField(max_length=12, verbose_name="签署方")),
                ("party_name", models.CharField(max_length=100, verbose_name="签署方名称")),
                ("username", models.CharField(max_length=64, verbose_name="签署人")),
                ("display_name", models.CharField(max_length=50, verbose_name="签署人姓名")),
                ("address", models.CharField(blank=True, max_length=64, verbose_name="网络地址")),
                ("text_hash", models.CharField(max_length=64, verbose_name="所签文本校验值")),
                ("signed_at", models.DateTimeField(verbose_name="签署时间")),
                ("voided_at", models.DateTimeField(blank=True, null=True, verbose_name="失效时间")),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="parties.agreement",
                    ),
                ),
            ],
            options={
                "ordering": ["signed_at", "pk"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("agreement", "side"),
                        name="parties_signed_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("side__in", ["principal", "agent"])),
                        name="parties_signature_side",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text_hash__regex", "^[0-9a-f]{64}$")),
                        name="parties_signature_hash",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AgreementRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("username", models.CharField(max_length=64, verbose_name="用户")),
                ("key", models.CharField(max_length=100, verbose_name="幂等键")),
                ("action", models.CharField(max_length=40, verbose_name="办理")),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="时间"
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="parties.agreement"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("username", "key"), name="parties_agreement_request_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("key", ""), _negated=True), name="parties_agreement_request_key"
                    ),
                ],
            },
        ),
        migrations.RunSQL(DIRECTORY, DIRECTORY_GONE),
        migrations.RunSQL(KEPT, KEPT_GONE),
        guard("parties_signature", OF_AGREEMENT),
        guard("parties_agreementrequest", OF_AGREEMENT),
    ]
