"""Where a run's state is written while its work has a transaction of its own: a second connection that commits at once."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection as django_connection

logger = logging.getLogger(__name__)


class Writer(Protocol):
    """Executes one statement and gives its first row, if it has any."""

    def __call__(self, sql: str, parameters: Sequence[Any], /) -> tuple[Any, ...] | None: ...


def same_connection(sql: str, parameters: Sequence[Any]) -> tuple[Any, ...] | None:
    """A writer on Django's own connection: for runs worked off in the process that asked, mostly tests."""
    with django_connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchone() if cursor.description else None


class SecondConnection:
    """A writer on a connection of its own; opened when needed, and again once after it broke."""

    def __init__(self) -> None:
        self._connection: Any = None

    def __call__(self, sql: str, parameters: Sequence[Any]) -> tuple[Any, ...] | None:
        import psycopg

        for last in (False, True):
            try:
                cursor = self._open().execute(sql, parameters)
                return cursor.fetchone() if cursor.description else None
            except psycopg.OperationalError:
                self.close()
                if last:
                    raise
        return None

    def _open(self) -> Any:
        import psycopg

        if self._connection is None or self._connection.closed:
            parameters = django_connection.get_connection_params()
            for name in ("cursor_factory", "context"):
                parameters.pop(name, None)
            self._connection = psycopg.connect(**parameters, autocommit=True)
        return self._connection

    def close(self) -> None:
        """Give the connection back."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class Board:
    """The marks of one worker's runs. Each names the attempt it belongs to: one that was given up marks nothing."""

    def __init__(self, write: Writer) -> None:
        self.write = write

    def begin(self, run: UUID, place: int) -> dict[str, Any] | None:
        """Mark a run as running; its row, or ``None`` where nothing is left to do (ended, or in another place)."""
        row = self.write(
            """UPDATE jobs_run SET state = 'running', attempts = attempts + 1, next_at = NULL, error = '',
                      started_at = now(), heartbeat_at = now(), done = 0, total = NULL, message = ''
               WHERE id = %s AND procrastinate_id = %s AND state IN ('queued', 'running')
               RETURNING code, title, attempts, arguments::text, context::text""",
            [run, place],
        )
        if row is None:
            return None
        code, title, attempts, arguments, context = row
        return {
            "code": code,
            "title": title,
            "attempts": attempts,
            "arguments": json.loads(arguments),
            "context": json.loads(context),
        }

    def progress(self, run: UUID, attempt: int, done: int, total: int | None, message: str) -> None:
        """Show how far it is; a mark that cannot be written costs the job nothing."""
        try:
            self.write(
                """UPDATE jobs_run SET done = %s, total = %s, message = %s, heartbeat_at = now()
                   WHERE id = %s AND attempts = %s AND state = 'running'""",
                [done, total, message[:500], run, attempt],
            )
        except Exception:
            logger.warning("progress of run %s could not be written", run, exc_info=True)

    def finish(self, run: UUID, attempt: int, result: Any, write: Writer | None = None) -> bool:
        """Mark it done; False when this attempt no longer counts. ``write``: the connection of the work itself."""
        plain = json.dumps(result, cls=DjangoJSONEncoder)
        row = (write or self.write)(
            """UPDATE jobs_run SET state = 'done', result = %s::jsonb, finished_at = clock_timestamp(),
                      done = coalesce(total, done)
               WHERE id = %s AND attempts = %s AND state = 'running' RETURNING id""",
            [plain, run, attempt],
        )
        return row is not None

    def fail(self, run: UUID, attempt: int, error: str) -> None:
        """Mark it failed for good, with the sentence that people read."""
        self.write(
            """UPDATE jobs_run SET state = 'failed', error = %s, finished_at = now()
               WHERE id = %s AND attempts = %s AND state = 'running'""",
            [error, run, attempt],
        )

    def postpone(self, run: UUID, attempt: int, error: str, at: datetime) -> None:
        """Mark it as waiting for its next try."""
        self.write(
            """UPDATE jobs_run SET state = 'queued', error = %s, next_at = %s
               WHERE id = %s AND attempts = %s AND state = 'running'""",
            [error, at, run, attempt],
        )

    def give_back(self, run: UUID, attempt: int) -> None:
        """Mark it as waiting again without counting this attempt: the worker was told to stop."""
        self.write(
            """UPDATE jobs_run SET state = 'queued', attempts = attempts - 1, message = '服务停止，已退回队列'
               WHERE id = %s AND attempts = %s AND state = 'running'""",
            [run, attempt],
        )
