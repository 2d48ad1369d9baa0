"""The connection as Django uses it: before each use the database learns whose rows may be read and written.

``kernel.context`` says it for the thread; row-level security (``database.rows``) asks for it. Nothing is sent while nothing
has changed, so a request costs one short statement more.
"""

from __future__ import annotations

from typing import Any

from django.db.backends.postgresql import base
from django.db.utils import InterfaceError, OperationalError
from psycopg import sql
from psycopg.pq import TransactionStatus

from youju.foundation.kernel.context import current

# SET and not set_config(): a query would come before the SET TRANSACTION with which somebody's transaction begins.
_TELL = sql.SQL("SET youju.reads = {}; SET youju.writes = {}")


class DatabaseWrapper(base.DatabaseWrapper):
    """As Django's; ``youju.reads`` and ``youju.writes`` follow the context in force."""

    _told: tuple[str, str] | None = None
    _silent = False

    def init_connection_state(self) -> None:
        """A new connection knows nobody."""
        self._told = None
        super().init_connection_state()

    def first_row(self, statement: str, parameters: tuple[Any, ...]) -> tuple[Any, ...] | None:
        """The first row of a request's first read, of tables that have no row-level security: nothing is told for it.

        It also finds out whether the server still holds the connection, in place of the question that Django asks before.
        """
        try:
            return self._first_row(statement, parameters)
        except (OperationalError, InterfaceError):
            if self.in_atomic_block or self.is_usable():
                raise
        self.close()
        return self._first_row(statement, parameters)

    def _first_row(self, statement: str, parameters: tuple[Any, ...]) -> tuple[Any, ...] | None:
        self._silent = True
        try:
            with self.cursor() as cursor:
                cursor.execute(statement, parameters)
                row: tuple[Any, ...] | None = cursor.fetchone()
        finally:
            self._silent = False
        return row

    def _cursor(self, name: Any = None) -> Any:
        if self._silent:
            self.health_check_done = True
            return super()._cursor(name)  # type: ignore[misc]
        # In Django's own order: a connection that the server has dropped is noticed and opened anew before it is told anything.
        self.close_if_health_check_failed()
        self.ensure_connection()
        self._tell()
        return super()._cursor(name)  # type: ignore[misc]

    def _tell(self) -> None:
        now = current()
        wanted = (now.reads, now.writes)
        if wanted == self._told or self.connection is None:
            return
        # In a broken transaction every statement fails but the one that takes it back, which comes through here too.
        if self.connection.info.transaction_status == TransactionStatus.INERROR:
            return
        with self.wrap_database_errors, self.connection.cursor() as cursor:
            cursor.execute(_TELL.format(*map(sql.Literal, wanted)))
        self._told = wanted

    def _rollback(self) -> Any:
        # The setting goes back with the transaction, to whatever stood before it.
        try:
            return super()._rollback()  # type: ignore[misc]
        finally:
            self._told = None

    def _savepoint_rollback(self, sid: str) -> None:
        try:
            super()._savepoint_rollback(sid)  # type: ignore[misc]
        finally:
            self._told = None

    def close(self) -> None:
        """Forget who was told together with the connection."""
        self._told = None
        super().close()
