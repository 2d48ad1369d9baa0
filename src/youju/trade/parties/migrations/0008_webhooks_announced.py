from django.db import migrations

from youju.foundation.webhooks.announcing import announce


class Migration(migrations.Migration):
    dependencies = [("parties", "0007_join_requests"), ("webhooks", "0001_first")]

    operations = [
        announce("parties_party", kind="parties.party", organisations="ARRAY[NEW.organisation_id]"),
    ]
