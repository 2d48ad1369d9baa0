from django.db import migrations

from youju.foundation.webhooks.announcing import announce


class Migration(migrations.Migration):
    dependencies = [("goods", "0004_recog_decisions"), ("webhooks", "0001_first"), ("parties", "0002_rows")]

    operations = [
        announce(
            "goods_good",
            kind="goods.good",
            organisations="ARRAY(SELECT p.organisation_id FROM parties_party p WHERE p.id = NEW.party_id)",
        ),
    ]
