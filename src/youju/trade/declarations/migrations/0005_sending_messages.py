from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("declarations", "0004_declare_plans")]

    operations = [
        migrations.AddField(
            "message", "name", models.CharField("文件名", max_length=160, blank=True, default="")
        ),
        migrations.AddField("message", "content", models.BinaryField("内容", default=b"")),
        migrations.AddField(
            "message", "position", models.PositiveSmallIntegerField("序号", null=True, blank=True)
        ),
        migrations.AddIndex(
            "message", models.Index(fields=["-created_at", "-id"], name="declarations_message_time")
        ),
        migrations.AddConstraint(
            "message",
            models.CheckConstraint(
                name="declarations_message_state_known",
                condition=models.Q(direction="out", state__in=["waiting", "sent", "answered", "unanswered"])
                | models.Q(direction="in", state__in=["read", "kept", "refused", "returned"]),
            ),
        ),
    ]
