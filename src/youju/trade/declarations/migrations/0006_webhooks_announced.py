from django.db import migrations

from youju.foundation.webhooks.announcing import announce


class Migration(migrations.Migration):
    dependencies = [("declarations", "0005_sending_messages"), ("webhooks", "0001_first")]

    operations = [
        announce(
            "declarations_declaration",
            kind="declarations.declaration",
            number="NEW.number || '-' || NEW.version",
        ),
    ]
