"""The generated Python client before the application without a socket: keys for people, requests through WSGI."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.core.handlers.wsgi import WSGIHandler

from youju.foundation.identity import services as identity
from youju.foundation.identity.models import User
from youju.foundation.identity.permissions import Permission, permissions_of
from youju_client import Answer, Client

APPLICATION = WSGIHandler()


def through_wsgi(method: str, url: str, headers: Mapping[str, str], body: bytes | None, _: float) -> Answer:
    """The application without a socket, in the test's own transaction."""
    path, _, query = url.removeprefix("http://testserver").partition("?")
    told: dict[str, Any] = {}

    def start(status: str, sent: list[tuple[str, str]], *_: Any) -> None:
        told.update(status=int(status[:3]), headers={name.lower(): value for name, value in sent})

    answer = APPLICATION(
        {
            "REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "SERVER_NAME": "testserver",
            "SERVER_PORT": "80", "REMOTE_ADDR": "127.0.0.1", "wsgi.url_scheme": "http", "wsgi.errors": io.StringIO(),
            "wsgi.input": io.BytesIO(body or b""), "CONTENT_LENGTH": str(len(body or b"")),
            "CONTENT_TYPE": headers.get("Content-Type", ""),
            **{f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()},
        },
        start,
    )  # fmt: skip
    try:
        return Answer(told["status"], told["headers"], b"".join(answer))
    finally:
        answer.close()


def client_of(user: User) -> Client:
    """A client with a key of all that the user may do. The user is made a service account, as a program is."""
    User.objects.filter(pk=user.pk).update(is_service=True)
    admin = User.objects.create(
        username=f"adm-of-{user.username}",
        display_name="管理员",
        organisation=user.organisation,
        roles=["ADM"],
    )
    user.refresh_from_db()
    issued = identity.create_key(
        actor=admin,
        owner=user,
        name="客户端",
        scopes=[Permission(each) for each in permissions_of(user)],
        expires_on=date.today() + timedelta(days=30),
    )
    return Client("http://testserver", issued.secret, sender=through_wsgi)
