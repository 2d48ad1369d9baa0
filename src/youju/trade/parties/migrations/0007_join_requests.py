from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("parties", "0006_partners")]

    operations = [migrations.DeleteModel(name="AgreementRequest")]
