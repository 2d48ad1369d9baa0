"""What the operations pages read: the state of the machine, the database, the jobs, the trail, the log."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import connection
from django.utils import timezone

from youju.foundation.audit import roots
from youju.foundation.audit import selectors as audit
from youju.foundation.backup import state as backup
from youju.foundation.jobs import selectors as jobs
from youju.foundation.kernel import places
from youju.foundation.metrics.lake_limits import late
from youju.foundation.metrics.selectors import lake
from youju.foundation.policies import law_on
from youju.rules.law import whole

_ROOM = "foundation.operations."
_TAIL = 2 * 1024 * 1024
_MB = 1024 * 1024
MOST = 50


@dataclass(frozen=True, slots=True)
class Card:
    """One sign of health: ``tone`` is ``good``, ``warning`` or ``error``; ``how`` says what to do."""

    name: str
    value: str
    tone: str = "good"
    how: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class LogLine:
    """A line of the log that somebody should see."""

    at: str
    level: str
    message: str
    route: str
    request_id: str
    ms: str
    statement: str
    traceback: str


def limit(name: str) -> int:
    """A house limit in force today."""
    return whole(law_on(timezone.localdate()), _ROOM + name)


def database_answers() -> bool:
    """Whether the database answers a question."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone())


def cards() -> list[Card]:
    """The signs of health, the ones to mend first."""
    found = [_database(), _connections(), _disk(), *_jobs(), _backup(), _lake(), _root(), _errors()]
    order = {"error": 0, "warning": 1, "good": 2}
    return sorted(found, key=lambda card: order[card.tone])


def figures() -> Iterator[tuple[str, str, float]]:
    """Name, help and value of each gauge."""
    queue = jobs.queue()
    yield "jobs_queued", "Jobs that wait", queue.queued
    yield "jobs_running", "Jobs that run", queue.running
    yield "jobs_failed_today", "Jobs that failed today", queue.failed_today
    yield "queue_lag_seconds", "How long the oldest job has waited", queue.lag.total_seconds()
    yield "job_workers", "Workers alive", queue.workers
    yield "audit_entries", "Entries in the audit trail", audit.total_entries()
    yield "disk_free_bytes", "Free space where the data lies", shutil.disk_usage(places.var()).free
    last = backup.last_backup()
    if last:
        yield "backup_age_seconds", "Age of the last backup", (timezone.now() - last.at).total_seconds()
    standing = lake.standing()
    if standing.lag is not None:
        yield "lake_lag_seconds", "How old the state of the lake is", standing.lag.total_seconds()
        yield "lake_rows", "Rows in the lake", standing.rows
        yield "lake_waiting", "Changes that the lake has not read", standing.waiting
        yield "lake_differences", "Differences that its last check found", len(standing.differences)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database()), (SELECT count(*) FROM pg_stat_activity)")
        size, sessions = cursor.fetchone()
    yield "database_bytes", "Size of the database", size
    yield "database_sessions", "Sessions of the database server", sessions


def slow_lines() -> list[LogLine]:
    """The latest slow statements and pages, newest first."""
    return [line for line in _log_lines() if line.message in ("slow statement", "slow request")][:MOST]


def error_lines(hours: int = 24) -> list[LogLine]:
    """The errors of the last hours, newest first."""
    since = f"{timezone.localtime() - timedelta(hours=hours):%Y-%m-%dT%H:%M:%S}"
    return [line for line in _log_lines() if line.level in ("ERROR", "CRITICAL") and line.at >= since][:MOST]


def log_file() -> Path:
    """Where every process of the product writes its log."""
    return places.var() / "log" / "youju.log"


def _log_lines() -> Iterator[LogLine]:
    """Lines of the end of the log, newest first; a line that is cut or not JSON is passed over."""
    try:
        with log_file().open("rb") as file:
            file.seek(0, 2)
            file.seek(max(0, file.tell() - _TAIL))
            lines = file.read().splitlines()
    except FileNotFoundError:
        return
    for line in reversed(lines):
        try:
            told: dict[str, Any] = json.loads(line)
        except ValueError:
            continue
        if isinstance(told, dict):
            names = ("at", "level", "message", "route", "request_id", "ms", "statement", "traceback")
            yield LogLine(*(str(told.get(name, "")) for name in names))


def _database() -> Card:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database()), current_setting('server_version')")
        size, version = cursor.fetchone()
    return Card("数据库", f"{size / _MB:,.0f} MB · PostgreSQL {version.split()[0]}")


def _connections() -> Card:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), current_setting('max_connections')::int FROM pg_stat_activity")
        used, most = cursor.fetchone()
    full = used > most * 9 // 10
    return Card(
        "数据库会话",
        f"{used} / {most}",
        "warning" if full else "good",
        "会话快用完了，请减少工作进程" if full else "",
    )


def _disk() -> Card:
    usage = shutil.disk_usage(places.var())
    low = usage.free < limit("disk_free_mb") * _MB
    return Card(
        "磁盘",
        f"剩余 {usage.free / _MB / 1024:,.1f} GB",
        "error" if low else "good",
        "空间不足，请清理或扩容" if low else "",
    )


def _jobs() -> Iterator[Card]:
    queue = jobs.queue()
    lag = int(queue.lag.total_seconds())
    if lag > limit("queue_lag_seconds"):
        yield Card(
            "后台任务", f"最早的已排队 {lag} 秒", "error", "后台进程可能停了，请运行 youju up 或 youju worker"
        )
    else:
        yield Card("后台任务", f"{queue.queued} 个排队，{queue.running} 个在做")
    tone = "good" if queue.workers else "warning"
    yield Card(
        "后台进程",
        f"{queue.workers} 个",
        tone,
        "" if queue.workers else "没有后台进程在运行，请运行 youju worker",
    )
    if queue.failed_today:
        yield Card("今天失败的任务", str(queue.failed_today), "warning", "请在任务列表里查看原因")


def _backup() -> Card:
    last = backup.last_backup()
    if last is None:
        return Card("最近备份", "没有", "warning", "请运行 youju backup，并安排每天一次")
    old = timezone.now() - last.at > timedelta(hours=limit("backup_age_hours"))
    value = f"{timezone.localtime(last.at):%Y-%m-%d %H:%M} · {last.size / _MB:,.0f} MB"
    return Card(
        "最近备份", value, "warning" if old else "good", "备份太旧，请运行 youju backup" if old else ""
    )


def _lake() -> Card:
    found = lake.standing()
    if found.lag is None or found.refreshed_at is None:
        return Card("数据湖", "还没有", "warning", "后台进程每小时刷新一次；也可运行 youju lake refresh")
    value = f"{timezone.localtime(found.refreshed_at):%Y-%m-%d %H:%M} · {found.rows:,} 行"
    if found.differences:
        return Card(
            "数据湖", value, "error", f"核对出 {len(found.differences)} 处差异，请运行 youju lake verify"
        )
    old = found.lag > late()
    return Card("数据湖", value, "warning" if old else "good", "很久没有刷新，请看定时任务" if old else "")


def _root() -> Card:
    last = roots.latest()
    entries = audit.total_entries()
    if last is None:
        return Card(
            "审计根",
            f"还没有公布 · 共 {entries:,} 条记录",
            "warning",
            "后台进程每天公布一次；也可运行 youju audit publish",
        )
    age = timezone.localdate() - datetime.strptime(str(last["day"]), "%Y-%m-%d").date()  # noqa: DTZ007 - a day
    old = age > timedelta(days=1)
    return Card(
        "审计根",
        f"{last['day']} · 共 {entries:,} 条记录",
        "warning" if old else "good",
        "已有一天没有公布" if old else "",
    )


def _errors() -> Card:
    count = len(error_lines())
    return Card(
        "24 小时内的错误",
        f"{count}{' 以上' if count >= MOST else ''} 条",
        "warning" if count else "good",
        "请看下面的错误记录" if count else "",
    )
