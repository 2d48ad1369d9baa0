"""The connection as Django uses it: before each use the database learns whose rows may be read and written.

``kernel.context`` says it for the thread; row-level security (``database.rows``) asks for it. Nothing is sent while nothing
has changed, so a request costs one short statement more, or none where it goes along with a prepared one
(``database.statements``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db.backends.postgresql import base, operations
from django.db.utils import InterfaceError, OperationalError
from psycopg import Cursor, sql
from psycopg.pq import TransactionStatus

from youju.foundation.kernel.context import current

if TYPE_CHECKING:
    from youju.foundation.database.statements import Part

# SET and not set_config(): a query would come before the SET TRANSACTION with which somebody's transaction begins.
_TELL = sql.SQL("SET youju.reads = {}; SET youju.writes = {}")
# Beside prepared calls it may: the calls read nothing before it.
_TELL_FIRST = "set_config('youju.reads', %s, false), set_config('youju.writes', %s, false), "


class PreparedCursor(Cursor[Any]):
    """A cursor whose statements the server keeps, parsed and planned, for as long as the connection lives."""

    def execute(self, query: Any, params: Any = None, **_: Any) -> Any:
        """Run a statement; its text decides which kept one it is. Statements of other cursors are not even counted."""
        self.connection.prepare_threshold = 0
        try:
            return super().execute(query, params, prepare=True)
        finally:
            self.connection.prepare_threshold = None


class DatabaseOperations(operations.DatabaseOperations):
    """As Django's; says of a prepared statement too what was run."""

    def last_executed_query(self, cursor: Any, sql: str, params: Any) -> str:
        """The statement with its values, for logs of queries in tests."""
        if isinstance(cursor, PreparedCursor):
            return str(self.compose_sql(sql, params))
        return super().last_executed_query(cursor, sql, params)


class DatabaseWrapper(base.DatabaseWrapper):
    """As Django's; ``youju.reads`` and ``youju.writes`` follow the context in force, and parts of deeds may wait."""

    ops_class = DatabaseOperations
    _told: tuple[str, str] | None = None
    # Within ``atomic`` and not yet begun in the database: what only reads, and a single last statement, need no more.
    _unbegun = False

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._waiting: list[Part] = []

    def init_connection_state(self) -> None:
        """A new connection knows nobody."""
        self._told = None
        super().init_connection_state()

    def ask(self, part: Part) -> Any:
        """See ``database.statements``."""
        parts, self._waiting = [*self._waiting, part], []
        if not all(each.reads for each in parts):
            self._begin()
        return self._together(parts)[-1]

    def later(self, part: Part) -> None:
        """See ``database.statements``."""
        if self.in_atomic_block:
            self._waiting.append(part)
        else:
            self.ask(part)

    def send(self) -> None:
        """See ``database.statements``."""
        if self._waiting:
            last = self._waiting.pop()
            self.ask(last)

    def _set_autocommit(self, autocommit: bool) -> None:
        if autocommit and self._unbegun:
            self._unbegun = False
        elif autocommit:
            super()._set_autocommit(True)  # type: ignore[misc]
        else:
            self._unbegun = True

    def _begin(self) -> None:
        if self._unbegun:
            self._unbegun = False
            super()._set_autocommit(False)  # type: ignore[misc]

    def first_rows(self, statement: str, values: Sequence[str | None]) -> list[tuple[Any, ...]]:
        """See ``database.statements``."""
        checked = bool(getattr(self, "health_check_done", True))
        fresh = self.connection is None or checked or self.in_atomic_block
        self._begin()
        try:
            rows = self._prepared(statement, values)
        except (OperationalError, InterfaceError):
            if fresh or self.connection is None or not self.connection.closed:
                raise
            self.close()
            rows = self._prepared(statement, values)
        self.health_check_done = True
        return rows

    def _together(self, parts: Sequence[Part]) -> tuple[Any, ...]:
        self.close_if_health_check_failed()
        self.ensure_connection()
        calls = ", ".join(part.call for part in parts)
        values = [value for part in parts for value in part.values]
        wanted = self._wanted()
        if wanted == self._told:
            ((*results,),) = self._prepared(f"SELECT {calls}", values)
        else:
            ((_, _, *results),) = self._prepared(f"SELECT {_TELL_FIRST}{calls}", [*wanted, *values])
            self._told = wanted
        for part, result in zip(parts, results, strict=True):
            if part.then is not None:
                part.then(result)
        return tuple(results)

    def _prepared(self, statement: str, values: Sequence[str | None]) -> list[tuple[Any, ...]]:
        self.ensure_connection()
        with self.wrap_database_errors:
            bare = PreparedCursor(self.connection)
        with self._prepare_cursor(bare) as cursor:  # type: ignore[attr-defined]
            cursor.execute(statement, values)
            return list(cursor.fetchall())

    def _cursor(self, name: Any = None) -> Any:
        # In Django's own order: a connection that the server has dropped is noticed and opened anew before it is told anything.
        self.close_if_health_check_failed()
        self.ensure_connection()
        if self._waiting and not self.needs_rollback:
            self.send()
        self._begin()
        self._tell()
        return super()._cursor(name)  # type: ignore[misc]

    @staticmethod
    def _wanted() -> tuple[str, str]:
        now = current()
        return now.reads, now.writes

    def _tell(self) -> None:
        wanted = self._wanted()
        if wanted == self._told or self.connection is None:
            return
        # In a broken transaction every statement fails but the one that takes it back, which comes through here too.
        if self.connection.info.transaction_status == TransactionStatus.INERROR:
            return
        with self.wrap_database_errors, self.connection.cursor() as cursor:
            cursor.execute(_TELL.format(*map(sql.Literal, wanted)))
        self._told = wanted

    def _commit(self) -> Any:
        if self._waiting:
            # Where nothing was written before it, this one statement is the whole transaction.
            parts, self._waiting = self._waiting, []
            self._together(parts)
        return super()._commit()  # type: ignore[misc]

    def _rollback(self) -> Any:
        # The setting goes back with the transaction, to whatever stood before it.
        self._waiting.clear()
        try:
            return super()._rollback()  # type: ignore[misc]
        finally:
            self._told = None

    def _savepoint_rollback(self, sid: str) -> None:
        # What waited was asked for since the savepoint: setting one sends what waits.
        self._waiting.clear()
        try:
            super()._savepoint_rollback(sid)  # type: ignore[misc]
        finally:
            self._told = None

    def close(self) -> None:
        """Forget who was told, and what waited, together with the connection."""
        self._told = None
        self._unbegun = False
        self._waiting.clear()
        super().close()
