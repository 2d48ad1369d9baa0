from django.db import migrations

# What the risk scan sees of goods: a brand's kind and until when it is authorised; tariff lines that are under control.
VIEWS = """
CREATE VIEW goods_brands WITH (security_invoker = true) AS
SELECT id AS good_id, brand_kind::text AS brand_kind,
       CASE WHEN authorisation IS NULL THEN NULL ELSE coalesce(authorised_until, '9999-12-31'::date) END AS authorised_until
FROM goods_good;

CREATE VIEW goods_controlled_codes WITH (security_invoker = true) AS
SELECT l.code::text AS hs_code, v.valid_from, v.valid_to, l.supervision::text AS supervision,
       coalesce(l.export_duty, 0) > 0 AS duty, l.inspection <> '' AS inspection
FROM goods_tariffline l JOIN goods_tariffversion v ON v.id = l.version_id
WHERE l.supervision <> '' OR coalesce(l.export_duty, 0) > 0 OR l.inspection <> ''
"""


class Migration(migrations.Migration):
    dependencies = [("goods", "0010_audits_apart")]

    operations = [migrations.RunSQL(VIEWS, "DROP VIEW goods_controlled_codes; DROP VIEW goods_brands")]
