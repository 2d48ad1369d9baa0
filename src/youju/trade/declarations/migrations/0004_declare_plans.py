import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

# Whoever opens a packing again must be told of declarations, also of those that he may not see. A rejected one still holds its
# goods: it is corrected or withdrawn first.
HOLDING = """
CREATE FUNCTION declarations_holding(packing bigint) RETURNS TABLE (number text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT DISTINCT d.number::text FROM declarations_declaration d
  JOIN declarations_declaredline l ON l.declaration_id = d.id
  JOIN declarations_sourceline s ON s.line_id = l.id AND s.packed_id IS NOT NULL
  WHERE d.packing_id = packing AND youju_reach('reads') <> '' ORDER BY 1
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("declarations", "0003_rows"), ("parties", "0006_partners")]

    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE declarations_number; " + HOLDING,
            "DROP FUNCTION declarations_holding(bigint); DROP SEQUENCE declarations_number",
        ),
        migrations.RemoveConstraint("plan", "declarations_one_accepted_plan"),
        migrations.AddConstraint(
            "plan",
            models.UniqueConstraint(
                name="declarations_one_open_plan",
                fields=["packing"],
                condition=Q(state__in=["planning", "proposed"]),
            ),
        ),
        migrations.AddField(
            "plan",
            "broker",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="parties.party",
                verbose_name="报关行",
            ),
        ),
        migrations.AddField(
            "declaredline",
            "packages",
            models.PositiveIntegerField(db_default=0, default=0, verbose_name="件数"),
        ),
        migrations.AddField(
            "sourceline",
            "packages",
            models.PositiveIntegerField(db_default=0, default=0, verbose_name="件数"),
        ),
        migrations.AlterField(
            "sourceline",
            "packed",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="packing.packedline",
                verbose_name="装箱行",
            ),
        ),
        migrations.AddConstraint(
            "sourceline",
            models.CheckConstraint(
                name="declarations_source_live_packed", condition=Q(live=False) | ~Q(packed=None)
            ),
        ),
    ]
