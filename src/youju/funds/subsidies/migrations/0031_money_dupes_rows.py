"""Whose rows the duplicate proof's are: the centre's. An applicant reads none of them, not even those about itself."""

from django.db import migrations

from youju.foundation.database.rows import guard

# A hit joins the applications of two parties, perhaps of two sections: who reviews has to see both.
CENTRE = "({all} OR {sections} IS NOT NULL)"
JUDGES = f"({CENTRE} OR (SELECT youju_reach('writes')) = 'money')"


class Migration(migrations.Migration):
    dependencies = [("subsidies", "0030_dupes_first")]

    operations = [
        # Written by the comparison alone, which reaches everything.
        guard("subsidies_comparedclaim", CENTRE, writes="{all}"),
        guard("subsidies_claimkey", CENTRE, writes="{all}"),
        # Found by the comparison, judged by who reviews and by who re-checks (finance).
        guard("subsidies_duplicatehit", CENTRE, writes=JUDGES),
    ]
