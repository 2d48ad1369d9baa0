"""What ``youju doctor`` asks of the database: does it answer, how old is it, are the roles bound, is a migration pending."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from youju.foundation.database.addresses import Role, address, server_named
from youju.foundation.database.places import product_places
from youju.foundation.database.ready import OLDEST, database_ready, open_connection
from youju.foundation.database.roles import RoleState, role_state
from youju.foundation.kernel.checks import Check, good, mend
from youju.foundation.kernel.errors import InputError

if TYPE_CHECKING:
    from psycopg import Connection


def database_checks() -> list[Check]:
    """Every check of the database; an embedded one is started for them where it does not run."""
    if not server_named() and not (product_places().data / "PG_VERSION").exists():
        return [mend("数据库", "尚未建立", "运行 make run（或 youju up），它会建立数据库")]
    try:
        with database_ready():
            return _checks()
    except InputError as error:
        return [mend("数据库", error.what, error.how or "请看 var/postgres/postgresql.log")]


def _checks() -> list[Check]:
    owner, app = address(Role.OWNER), address(Role.APP)
    with open_connection(owner, "YOUJU_DATABASE_URL") as connection:
        return [
            _version(connection),
            _owner(role_state(connection, owner.user)),
            _app(role_state(connection, app.user)),
            _pending(),
        ]


def _version(connection: Connection[Any]) -> Check:
    major = connection.info.server_version // 10_000
    where = f"服务器 {connection.info.host}" if server_named() else "内嵌"
    if major < OLDEST:
        return mend("数据库", f"PostgreSQL {major}（{where}）", f"请升级到 PostgreSQL {OLDEST} 或更新的版本")
    return good("数据库", f"PostgreSQL {major}（{where}），可以连接")


def _owner(state: RoleState) -> Check:
    if state.superuser:
        return mend(
            "数据库所有者",
            f"{state.name} 是超级用户",
            "请另建一个普通角色作库的所有者，并改 YOUJU_DATABASE_URL",
        )
    return good("数据库所有者", f"{state.name} 不是超级用户")


def _app(state: RoleState) -> Check:
    if state.bound:
        return good("应用角色", f"{state.name} 既不是所有者也不是超级用户")
    faults = {
        "是超级用户": state.superuser,
        "可绕过行级安全": state.bypasses_rls,
        "拥有数据表": state.owns_tables,
    }
    found = "、".join(text for text, true in faults.items() if true)
    return mend(
        "应用角色",
        f"{state.name} {found}",
        f"请由管理员执行 ALTER ROLE {state.name} NOSUPERUSER NOBYPASSRLS，并把表交给所有者",
    )


def _pending() -> Check:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "youju.config.settings")
    django.setup()
    from django.db import connection

    from youju.foundation.database.migrations import pending

    try:
        names = pending()
    finally:
        connection.close()
    if names:
        return mend(
            "数据表", f"有 {len(names)} 项变更未执行（{names[0]} 等）", "运行 youju up，它会先更新数据表"
        )
    return good("数据表", "是最新的")
