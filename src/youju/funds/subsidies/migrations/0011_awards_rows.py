from django.db import migrations

from youju.foundation.database.rows import guard
from youju.foundation.metrics.noting import note_changes

# Who sees an application sees what belongs to it. Finance reads all and writes the money side: its re-check and the bank's answer.
MONEY = "(SELECT youju_reach('writes')) = 'money'"
HANDLED = (
    "({{all}} OR {0}organisation_id = {{organisation}}"
    " OR (cardinality({0}sections) = 0 AND {{sections}} IS NOT NULL) OR {0}sections::text[] && {{sections}})"
)
OWN = HANDLED.format("")
CENTRE = "({all} OR {sections} IS NOT NULL)"


def of_application(column: str = "application_id") -> str:
    return f"EXISTS (SELECT 1 FROM subsidies_application a WHERE a.id = {column} AND {HANDLED.format('a.')})"


def writes_of_application(column: str = "application_id") -> str:
    return f"{MONEY} OR {of_application(column)}"


def only_added(table: str, reads: str, writes: str) -> migrations.RunSQL:
    """A table whose rows are read and added; nobody of the application changes or removes one."""
    made = guard(table, reads, writes=writes)
    kept = [
        each
        for each in made.sql
        if not each.startswith((f"CREATE POLICY {table}_changes", f"CREATE POLICY {table}_removes"))
    ]
    gone = [
        each
        for each in made.reverse_sql
        if not each.startswith((f"DROP POLICY {table}_changes", f"DROP POLICY {table}_removes"))
    ]
    return migrations.RunSQL(kept, gone)


OBJECTIONS = [
    "ALTER TABLE subsidies_objection ENABLE ROW LEVEL SECURITY",
    # Anybody may object; the centre reads and answers, an enterprise reads its own.
    "CREATE POLICY subsidies_objection_adds ON subsidies_objection FOR INSERT WITH CHECK (true)",
    "CREATE POLICY subsidies_objection_reads ON subsidies_objection FOR SELECT USING ((SELECT youju_all('reads'))"
    " OR (SELECT youju_sections('reads')) IS NOT NULL OR organisation_id = (SELECT youju_organisation('reads')))",
    "CREATE POLICY subsidies_objection_changes ON subsidies_objection FOR UPDATE USING ((SELECT youju_all('writes'))"
    " OR (SELECT youju_sections('writes')) IS NOT NULL)",
]
NO_OBJECTIONS = [
    "DROP POLICY subsidies_objection_changes ON subsidies_objection",
    "DROP POLICY subsidies_objection_reads ON subsidies_objection",
    "DROP POLICY subsidies_objection_adds ON subsidies_objection",
    "ALTER TABLE subsidies_objection DISABLE ROW LEVEL SECURITY",
]
VIEW = """
CREATE VIEW subsidies_awarded WITH (security_invoker = true) AS
SELECT w.id AS award_id, a.number::text AS application, a.policy_code::text AS policy, a.project::text AS project,
       a.party_id, w.belongs_on, w.decided_on, w.amount, w.paid_amount, w.platform
FROM subsidies_award w JOIN subsidies_application a ON a.id = w.application_id
"""


class Migration(migrations.Migration):
    dependencies = [("subsidies", "0010_awards_first"), ("identity", "0004_reach"), ("metrics", "0001_first")]

    operations = [
        guard("subsidies_application", OWN, writes=f"{MONEY} OR {OWN}"),
        guard("subsidies_countedline", of_application(), writes=writes_of_application()),
        guard("subsidies_costline", of_application()),
        only_added("subsidies_computation", of_application(), writes_of_application()),
        only_added("subsidies_opinion", of_application(), writes_of_application()),
        guard("subsidies_roundline", of_application(), writes=of_application()),
        guard("subsidies_award", of_application(), writes=writes_of_application()),
        # What was published is everybody's to read, and nobody's to change.
        only_added("subsidies_listversion", "true", CENTRE),
        migrations.RunSQL(OBJECTIONS, NO_OBJECTIONS),
        migrations.RunSQL(VIEW, "DROP VIEW subsidies_awarded"),
        note_changes("subsidies_award", source="awards", when="true"),
    ]
