"""Whose rows, places that cannot be given twice, the views that metrics are computed over."""

from django.db import migrations

from youju.foundation.database.rows import guard
from youju.foundation.metrics.noting import note_changes

# Whoever works inside sees all; an enterprise sees events that were announced, and what is its own.
INSIDE = "({all} OR {sections} IS NOT NULL)"
# As with tasks: finance and the performance officer write nothing of the trade, but events are the centre's own work. The auditor
# reads everything too, and writes findings alone.
APART = "(SELECT youju_reach('writes')) <> 'audit'"
WORKS = f"({{all}} OR {{sections}} IS NOT NULL OR ((SELECT youju_all('reads')) AND {APART}))"
OWN = "organisation = {organisation}"
ANNOUNCED = "EXISTS (SELECT 1 FROM events_event e WHERE e.id = event_id)"

# An enterprise cannot write the event and does not see the sign-ups of others, so the count of places taken is kept here. The
# event's row is locked by the update: of two last-place sign-ups at once the second breaks events_event_places.
PLACES = [
    """CREATE FUNCTION events_hold(state text, wanted integer) RETURNS integer LANGUAGE sql IMMUTABLE AS
    $$ SELECT CASE WHEN state IN ('applied', 'approved') THEN wanted ELSE 0 END $$""",
    """CREATE FUNCTION events_count_places() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    DECLARE
      before integer := 0;
      after integer := 0;
    BEGIN
      IF TG_OP <> 'INSERT' THEN before := events_hold(OLD.state, OLD.wanted); END IF;
      IF TG_OP <> 'DELETE' THEN after := events_hold(NEW.state, NEW.wanted); END IF;
      IF before <> after THEN
        UPDATE events_event SET taken = taken + after - before WHERE id = coalesce(NEW.event_id, OLD.event_id);
      END IF;
      RETURN NULL;
    END $$""",
    """CREATE TRIGGER events_signup_places AFTER INSERT OR DELETE OR UPDATE OF state, wanted ON events_signup
    FOR EACH ROW EXECUTE FUNCTION events_count_places()""",
]
NO_PLACES = [
    "DROP TRIGGER events_signup_places ON events_signup",
    "DROP FUNCTION events_count_places()",
    "DROP FUNCTION events_hold(text, integer)",
]

PARTAKING = """
CREATE VIEW events_partaking WITH (security_invoker = true) AS
SELECT s.id AS signup_id, e.number::text AS number, e.id AS event_id, e.kind::text AS kind, e.country::text AS country,
       e.project::text AS project, e.starts_on
FROM events_signup s JOIN events_event e ON e.id = s.event_id
WHERE s.state = 'approved' AND e.state <> 'cancelled'
"""
WON = """
CREATE VIEW events_won WITH (security_invoker = true) AS
SELECT d.id AS deal_id, e.number::text AS number, e.id AS event_id, d.country::text AS country, e.project::text AS project,
       d.won_on, d.amount
FROM events_deal d JOIN events_event e ON e.id = d.event_id
WHERE d.state = 'confirmed' AND e.state <> 'cancelled'
"""
# What stands in the rows of the parts changes with the event.
WITH_EVENT = [
    """CREATE FUNCTION metrics_of_event_parts() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    BEGIN
      PERFORM metrics_note('event_signups', id) FROM events_signup WHERE event_id = NEW.id;
      PERFORM metrics_note('event_deals', id) FROM events_deal WHERE event_id = NEW.id;
      RETURN NULL;
    END $$""",
    """CREATE TRIGGER events_event_noted_parts AFTER UPDATE OF number, kind, country, project, starts_on, state ON events_event
    FOR EACH ROW EXECUTE FUNCTION metrics_of_event_parts()""",
]


class Migration(migrations.Migration):
    dependencies = [("events", "0001_first"), ("identity", "0004_reach"), ("metrics", "0001_first")]

    operations = [
        guard(
            "events_event",
            f"({INSIDE} OR (announced_on IS NOT NULL AND {{organisation}} IS NOT NULL))",
            writes=WORKS,
        ),
        guard("events_signup", f"({INSIDE} OR {OWN})", writes=f"({WORKS} OR {OWN})"),
        guard("events_deal", f"({INSIDE} OR {OWN})", writes=f"({WORKS} OR {OWN})"),
        guard("events_session", f"({INSIDE} OR {ANNOUNCED})", writes=WORKS),
        guard("events_attendance", f"({INSIDE} OR {OWN})", writes=f"({WORKS} OR {OWN})"),
        *(
            guard(f"events_{table}", INSIDE, writes=WORKS)
            for table in ("cost", "prospect", "application", "reminder")
        ),
        migrations.RunSQL(PLACES, NO_PLACES),
        migrations.RunSQL(PARTAKING, "DROP VIEW events_partaking"),
        migrations.RunSQL(WON, "DROP VIEW events_won"),
        note_changes("events_signup", source="event_signups", when="{row}.state = 'approved'"),
        note_changes("events_deal", source="event_deals", when="{row}.state = 'confirmed'"),
        migrations.RunSQL(
            WITH_EVENT,
            "DROP TRIGGER events_event_noted_parts ON events_event; DROP FUNCTION metrics_of_event_parts()",
        ),
    ]
