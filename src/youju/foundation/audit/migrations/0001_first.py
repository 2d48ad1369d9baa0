"""The trail's tables, the one function that writes them, and the triggers that refuse everybody else."""

from youju.foundation.audit.migrations import _statements as statements
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Segment",
            fields=[
                ("number", models.IntegerField(primary_key=True, serialize=False, verbose_name="段号")),
                ("previous", models.IntegerField(null=True, unique=True, verbose_name="前一段")),
                ("genesis", models.BinaryField(verbose_name="起点")),
                ("length", models.IntegerField(verbose_name="条数")),
                ("head", models.BinaryField(verbose_name="末条校验值")),
                ("opened_at", models.DateTimeField(verbose_name="开段时间")),
                ("closed_at", models.DateTimeField(null=True, verbose_name="封段时间")),
            ],
            options={
                "db_table": "audit_segment",
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("length__gte", 0)), name="audit_segment_length"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("previous__lt", models.F("number"))),
                        name="audit_segment_previous",
                    ),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=["number"],
                        name="audit_segment_open",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "segment", "position", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("segment", models.IntegerField(verbose_name="段号")),
                ("position", models.IntegerField(verbose_name="段内序号")),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("actor", models.CharField(max_length=64, verbose_name="用户名")),
                ("actor_name", models.CharField(max_length=100, verbose_name="姓名")),
                ("on_behalf_of", models.CharField(max_length=64, verbose_name="代理")),
                ("organisation", models.CharField(max_length=64, verbose_name="单位")),
                ("address", models.CharField(max_length=64, verbose_name="地址")),
                ("request_id", models.CharField(max_length=64, verbose_name="请求号")),
                ("channel", models.CharField(max_length=16, verbose_name="途径")),
                ("verb", models.CharField(max_length=100, verbose_name="动作")),
                ("subject_kind", models.CharField(max_length=100, verbose_name="对象类别")),
                ("subject_key", models.CharField(max_length=200, verbose_name="对象编号")),
                ("subject_label", models.TextField(verbose_name="对象名称")),
                ("before", models.TextField(null=True, verbose_name="之前")),
                ("after", models.TextField(null=True, verbose_name="之后")),
                ("reason", models.TextField(verbose_name="理由")),
                ("hash", models.BinaryField(verbose_name="校验值")),
            ],
            options={
                "db_table": "audit_entry",
                "default_permissions": (),
                "indexes": [
                    models.Index(fields=["-at", "-segment", "-position"], name="audit_entry_at"),
                    models.Index(fields=["subject_kind", "subject_key", "-at"], name="audit_entry_subject"),
                    models.Index(fields=["actor", "-at"], name="audit_entry_actor"),
                    models.Index(fields=["verb", "-at"], name="audit_entry_verb"),
                    models.Index(fields=["request_id"], name="audit_entry_request"),
                ],
            },
        ),
        migrations.RunSQL(statements.CREATE, statements.DROP),
    ]
