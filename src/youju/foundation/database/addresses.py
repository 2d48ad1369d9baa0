"""Who connects where: the owner role migrates, the application role serves. Addresses for psycopg and for Django."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from youju.foundation.database.places import product_places
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.secret_files import read_secret

OWNER_NAME = "youju_owner"
APP_NAME = "youju_app"
DATABASE_NAME = "youju"
APP_SECRET = "database_app_password"  # noqa: S105 - the name of a file, not a password


class Role(StrEnum):
    """The two database roles of the product."""

    OWNER = "owner"
    APP = "app"


@dataclass(frozen=True, slots=True)
class Address:
    """One database as one role. ``options`` are further libpq parameters, e.g. ``sslmode``."""

    host: str
    user: str
    name: str
    port: str = ""
    password: str = ""
    options: dict[str, str] = field(default_factory=dict)

    def parameters(self) -> dict[str, Any]:
        """Keyword arguments for ``psycopg.connect``; empty values are left to libpq."""
        named = {
            "host": self.host,
            "port": self.port,
            "user": self.user,
            "password": self.password,
            "dbname": self.name,
        }
        return {key: value for key, value in named.items() if value} | self.options

    def for_django(self) -> dict[str, Any]:
        """The connection's part of an entry of Django's DATABASES."""
        return {
            "NAME": self.name,
            "USER": self.user,
            "PASSWORD": self.password,
            "HOST": self.host,
            "PORT": self.port,
            "OPTIONS": dict(self.options),
        }


def server_named() -> bool:
    """Whether ``YOUJU_DATABASE_URL`` names a server; else the embedded one is used."""
    return bool(os.environ.get("YOUJU_DATABASE_URL", "").strip())


def parse_url(url: str, variable: str) -> Address:
    """A libpq URL or ``key=value`` string as an address.

    Raises:
        InputError: it cannot be read, or names no database or user.
    """
    import psycopg
    from psycopg.conninfo import conninfo_to_dict

    try:
        parts = {key: str(value) for key, value in conninfo_to_dict(url).items() if value is not None}
    except psycopg.ProgrammingError as error:
        raise InputError(
            "数据库地址读不懂",
            where=f"环境变量 {variable}",
            how="写法如 postgresql://用户:口令@主机:5432/库名",
        ) from error
    user, name = parts.pop("user", ""), parts.pop("dbname", "")
    if not user or not name:
        missing = "用户名" if not user else "库名"
        raise InputError(
            f"数据库地址缺少{missing}",
            where=f"环境变量 {variable}",
            how="写法如 postgresql://用户:口令@主机:5432/库名",
        )
    return Address(
        host=parts.pop("host", ""),
        port=parts.pop("port", ""),
        user=user,
        password=parts.pop("password", ""),
        name=name,
        options=parts,
    )


def owner_address() -> Address:
    """The role that owns the tables and migrates."""
    if server_named():
        return parse_url(os.environ["YOUJU_DATABASE_URL"], "YOUJU_DATABASE_URL")
    return Address(host=str(product_places().socket), user=OWNER_NAME, name=DATABASE_NAME)


def app_address() -> Address:
    """The role that serves: it reads and writes rows, and changes no table.

    On a named server: ``YOUJU_DATABASE_APP_URL``, else the role that ``youju up`` made with a password of its own.
    """
    own = os.environ.get("YOUJU_DATABASE_APP_URL", "").strip()
    if own:
        return parse_url(own, "YOUJU_DATABASE_APP_URL")
    owner = owner_address()
    password = read_secret(APP_SECRET) if server_named() else ""
    return Address(
        host=owner.host,
        port=owner.port,
        user=APP_NAME,
        password=password,
        name=owner.name,
        options=owner.options,
    )


def address(role: Role) -> Address:
    """The address of a role."""
    return owner_address() if role is Role.OWNER else app_address()


def django_databases() -> dict[str, dict[str, Any]]:
    """Django's DATABASES: one alias, as the application role.

    Migrations switch the same alias to the owner for as long as they run (``roles.as_owner``), so that a data migration
    that forgets its alias still sees what the schema migration did.
    """
    return {
        "default": {
            "ENGINE": "youju.foundation.database.backend",
            **address(Role.APP).for_django(),
            # A connection lives as long as its thread; Django checks it at the start of a request.
            "CONN_MAX_AGE": None,
            "CONN_HEALTH_CHECKS": True,
        }
    }
