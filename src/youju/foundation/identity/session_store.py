"""Django's sessions in the database, read together with whose they are and how far the trail has come: one statement a request.

Most pages are kept (``shell.keeping``), so for most requests this statement is all that the database is asked.
"""

from __future__ import annotations

from functools import cache
from typing import Any, cast

from django.contrib.sessions.backends import db
from django.db import connection
from django.db.models import Model
from django.utils import timezone

from youju.foundation.audit.selectors import STAMP
from youju.foundation.database.statements import first_rows
from youju.foundation.identity.models import Installation, LoginSession, Organisation, SecondFactor, User


class SessionStore(db.SessionStore):
    """A session; once it is read, ``signed_in`` is its user as its row stands, and ``stamp`` the trail's.

    A session that no login has listed has no ``signed_in``; Django then looks for its user as ever.
    """

    signed_in: User | None = None
    stamp: str | None = None

    def _get_session_from_db(self) -> Any:
        key = self.session_key or ""
        rows = first_rows(_statement(), [key, timezone.now().isoformat()])
        if not rows:
            self._session_key = None
            return None
        (row,) = rows
        data, expires, self.stamp, mode, *rest = row
        self.signed_in = _user(mode, rest)
        return self.model(session_key=key, session_data=data, expire_date=expires)


_ORDER: tuple[type[Model], ...] = (User, Organisation, SecondFactor)


_SELECT = """
SELECT s.session_data, s.expire_date, {stamp}, (SELECT mode FROM {installation} LIMIT 1), {columns}
FROM {session} s
LEFT JOIN {login} l ON l.key = s.session_key
LEFT JOIN {user} ON {user}.id = l.user_id
LEFT JOIN {office} ON {office}.id = {user}.organisation_id
LEFT JOIN {factor} ON {factor}.user_id = {user}.id
WHERE s.session_key = %s AND s.expire_date > %s::timestamptz
"""


@cache
def _statement() -> str:
    """The parts in the order in which ``_user`` takes them up. None of these tables has row-level security."""
    quote = connection.ops.quote_name
    columns = ", ".join(
        f"{quote(model._meta.db_table)}.{quote(str(field.column))}"
        for model in _ORDER
        for field in model._meta.concrete_fields
    )
    models: dict[str, type[Model]] = {
        "login": LoginSession,
        "user": User,
        "office": Organisation,
        "factor": SecondFactor,
    }
    models |= {"installation": Installation, "session": db.SessionStore.get_model_class()}
    tables = {name: model._meta.db_table for name, model in models.items()}
    return _SELECT.format(stamp=STAMP, columns=columns, **tables)


@cache
def _names(model: type[Model]) -> tuple[str, ...]:
    return tuple(field.attname for field in model._meta.concrete_fields)


def _user(mode: str | None, values: list[Any]) -> User | None:
    """The user with organisation, second factor and the installation's mode beside, as ``PasswordBackend`` reads one."""
    made: list[Any] = []
    for model in _ORDER:
        mine, values = values[: len(_names(model))], values[len(_names(model)) :]
        key = mine[_names(model).index(cast(Any, model._meta.pk).attname)]
        made.append(None if key is None else model.from_db(connection.alias, _names(model), mine))
    user, office, factor = made
    if user is None:
        return None
    user._state.fields_cache["organisation"] = office
    user._state.fields_cache["second_factor"] = factor
    if factor is not None:
        factor._state.fields_cache["user"] = user
    user.installation_mode = mode
    return cast(User, user)
