import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import Now

from youju.foundation.database.rows import guard


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0003_series"),
        ("identity", "0005_requests"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="OrderDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.CharField(max_length=40, verbose_name="表单")),
                ("form", models.JSONField(verbose_name="表单内容")),
                ("saved_at", models.DateTimeField(db_default=Now(), verbose_name="保存时间")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="identity.organisation",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-saved_at"],
                "default_permissions": (),
                "constraints": [models.UniqueConstraint(fields=("user", "place"), name="orders_draft_once")],
            },
        ),
        guard("orders_orderdraft", "{all} OR organisation_id = {organisation}"),
    ]
