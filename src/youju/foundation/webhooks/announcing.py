"""How a table's changes of state become events: triggers, so that there is no change without its event, nor the reverse.

A room's migration says ``announce("orders_order", kind="orders.order", …)``. From then on every INSERT, COPY or UPDATE that
gives a row another ``state`` puts a row into the outbox for each endpoint of the organisations that take part, in the same
statement; code that forgets cannot exist. Where nobody listens it costs one look into a table of a few rows. The functions
read as the tables' owner: who changes a record need not see whose programs listen.
"""

from __future__ import annotations

from django.db.migrations.operations import RunSQL

NOTE = """
CREATE SEQUENCE webhooks_sequence;

CREATE FUNCTION webhooks_note(kind text, key text, number text, before text, after text, organisations bigint[])
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  happening uuid;
  place bigint;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM webhooks_endpoint e WHERE e.state <> 'removed' AND e.organisation_id = ANY (organisations)
                 AND e.types::text[] @> ARRAY[webhooks_note.kind || '.' || webhooks_note.after]) THEN
    RETURN;
  END IF;
  happening := gen_random_uuid();
  place := nextval('webhooks_sequence');
  INSERT INTO webhooks_delivery (endpoint_id, organisation_id, event, type, kind, key, number, before, after, sequence)
  SELECT e.id, e.organisation_id, happening, webhooks_note.kind || '.' || webhooks_note.after, webhooks_note.kind,
         webhooks_note.key, webhooks_note.number, webhooks_note.before, webhooks_note.after, place
  FROM webhooks_endpoint e WHERE e.state <> 'removed' AND e.organisation_id = ANY (organisations)
    AND e.types::text[] @> ARRAY[webhooks_note.kind || '.' || webhooks_note.after];
END $$;
"""
NOTE_GONE = """
DROP FUNCTION webhooks_note(text, text, text, text, text, bigint[]);
DROP SEQUENCE webhooks_sequence;
"""


def announce(
    table: str,
    *,
    kind: str,
    number: str = "NEW.number",
    key: str = "NEW.id::text",
    organisations: str = "NEW.organisations",
) -> RunSQL:
    """Let every change of ``state`` in a table be an event of its kind.

    Args:
        table: the table's name; it has a column ``state``.
        kind: as it is registered with ``kinds.register_announced``.
        number: SQL for the number that people know the record by, from ``NEW``.
        key: SQL for what the record is found by.
        organisations: SQL for the ids (``bigint[]``) of the organisations that may see the record.
    """
    arguments = (
        f"{key}, {number}, CASE WHEN TG_OP = 'INSERT' THEN '' ELSE OLD.state END, NEW.state, {organisations}"
    )
    return RunSQL(
        [
            f"CREATE FUNCTION webhooks_of_{table}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER"
            " SET search_path = public, pg_temp AS $$"
            f" BEGIN PERFORM webhooks_note('{kind}', {arguments}); RETURN NULL; END $$",
            f"CREATE TRIGGER {table}_announced_new AFTER INSERT ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION webhooks_of_{table}()",
            f"CREATE TRIGGER {table}_announced AFTER UPDATE OF state ON {table} FOR EACH ROW"
            f" WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION webhooks_of_{table}()",
        ],
        [
            f"DROP TRIGGER {table}_announced ON {table}",
            f"DROP TRIGGER {table}_announced_new ON {table}",
            f"DROP FUNCTION webhooks_of_{table}()",
        ],
    )
