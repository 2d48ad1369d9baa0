"""For migrations: let the changes of a table's records be noted for the lake, in the change's own transaction."""

from __future__ import annotations

from django.db.migrations.operations import RunSQL

NOTE = """
CREATE FUNCTION metrics_note(source text, key bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  INSERT INTO metrics_change (source, key, transaction) VALUES (source, key, pg_current_xact_id()::text::bigint)
$$;
"""
NO_NOTE = "DROP FUNCTION metrics_note(text, bigint)"


def note_changes(table: str, *, source: str, when: str, columns: str = "") -> RunSQL:
    """Note each change of a record that an analytic table shows, or no longer shows.

    Args:
        table: the table's name; its key is ``id``.
        source: what the analytic tables follow (``AnalyticTable.follows``).
        when: SQL on one row, with the placeholder ``{row}``: whether it stands in an analytic table.
        columns: only changes of these columns count (``UPDATE OF``); empty for every column.
    """
    of = f" OF {columns}" if columns else ""
    new, old = when.format(row="NEW"), when.format(row="OLD")
    return RunSQL(
        [
            f"CREATE FUNCTION metrics_of_{table}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER"
            " SET search_path = public, pg_temp AS $$"
            f" BEGIN PERFORM metrics_note('{source}', coalesce(NEW.id, OLD.id)); RETURN NULL; END $$",
            f"CREATE TRIGGER {table}_noted_new AFTER INSERT ON {table}"
            f" FOR EACH ROW WHEN ({new}) EXECUTE FUNCTION metrics_of_{table}()",
            f"CREATE TRIGGER {table}_noted AFTER UPDATE{of} ON {table}"
            f" FOR EACH ROW WHEN (({new}) OR ({old})) EXECUTE FUNCTION metrics_of_{table}()",
            f"CREATE TRIGGER {table}_noted_gone AFTER DELETE ON {table}"
            f" FOR EACH ROW WHEN ({old}) EXECUTE FUNCTION metrics_of_{table}()",
        ],
        [
            f"DROP TRIGGER {table}_noted_gone ON {table}",
            f"DROP TRIGGER {table}_noted ON {table}",
            f"DROP TRIGGER {table}_noted_new ON {table}",
            f"DROP FUNCTION metrics_of_{table}()",
        ],
    )
