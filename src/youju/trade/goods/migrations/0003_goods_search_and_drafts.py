import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from youju.foundation.database.rows import guard

# As in 0002: a party's rows are reached by who handles the party and by its agents of today.
OF_PARTY = (
    "{all} OR EXISTS (SELECT 1 FROM parties_party p WHERE p.id = party_id AND (p.organisation_id = {organisation}"
    " OR (cardinality(p.sections) = 0 AND {sections} IS NOT NULL) OR p.sections::text[] && {sections}"
    " OR p.id IN (SELECT youju_principals({organisation}))))"
)


class Migration(migrations.Migration):
    dependencies = [
        ("goods", "0002_rows"),
        ("parties", "0002_rows"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="GoodDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("base", models.PositiveIntegerField(default=0, verbose_name="所依修订")),
                ("form", models.JSONField(verbose_name="表单内容")),
                (
                    "saved_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="保存时间"
                    ),
                ),
            ],
            options={
                "ordering": ["-saved_at"],
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="tariffline",
            name="grams",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(), default=list, size=None, verbose_name="查找用的片段"
            ),
        ),
        migrations.AddIndex(
            model_name="tariffline",
            index=django.contrib.postgres.indexes.GinIndex(
                fastupdate=False, fields=["grams"], name="goods_line_grams"
            ),
        ),
        migrations.AddField(
            model_name="gooddraft",
            name="good",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="drafts",
                to="goods.good",
            ),
        ),
        migrations.AddField(
            model_name="gooddraft",
            name="party",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="parties.party"
            ),
        ),
        migrations.AddField(
            model_name="gooddraft",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="gooddraft",
            constraint=models.UniqueConstraint(
                fields=("user", "good"), name="goods_draft_once", nulls_distinct=False
            ),
        ),
        migrations.RunSQL("CREATE SEQUENCE goods_good_number", "DROP SEQUENCE goods_good_number"),
        guard("goods_gooddraft", OF_PARTY),
    ]
