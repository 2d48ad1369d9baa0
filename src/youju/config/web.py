"""The web server: granian in WSGI mode, a worker for each core, forked from a process that has loaded the application."""

from __future__ import annotations

import errno
import gc
import http.client
import importlib
import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from typing import Any, Protocol

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.mp import MPServer

from youju.foundation.database.processes import dies_with_parent
from youju.foundation.jobs import supervising
from youju.foundation.kernel.errors import InputError, reason_of

# Each thread keeps one database connection for as long as it lives. More than the cores can work on: while one waits for the
# database others read their requests, and a program's orders that come meanwhile are written together.
THREADS = 8
# Held back for migrations, `youju doctor` and an engineer's shell.
SPARE_CONNECTIONS = 20
STOP_SECONDS = 10
# What pages load when they draw or count.
LOADED = ("altair", "pandas", "pyarrow.pandas_compat")
# The application itself is never looked through for refuse; a request makes some thousand objects, hardly any in circles.
COLLECT_AFTER = 20_000
START_SECONDS = 60.0


def workers() -> int:
    """How many worker processes: ``YOUJU_WORKERS``, else the cores this process may use."""
    wanted = os.environ.get("YOUJU_WORKERS", "")
    if wanted and not (wanted.isdigit() and int(wanted) > 0):
        raise InputError(
            f"工作进程数“{wanted}”不是正整数", where="环境变量 YOUJU_WORKERS", how="请写成如 4 的数"
        )
    return int(wanted) if wanted else len(os.sched_getaffinity(0))


def connections() -> int:
    """The most database sessions that the web workers, the job workers and their attendants may hold."""
    jobs = supervising.worker_count() * supervising.CONNECTIONS
    return workers() * THREADS + jobs + SPARE_CONNECTIONS


def free_port(host: str, port: int) -> int:
    """The port to serve on: the one asked for, or a free one for 0.

    Raises:
        InputError: it is taken, or this account may not open it.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            reasons = {
                errno.EADDRINUSE: f"端口 {port} 已被别的程序占用",
                errno.EACCES: f"本账户无权使用端口 {port}",
            }
            what = reasons.get(error.errno or 0, f"不能在 {host}:{port} 上提供服务（{reason_of(error)}）")
            raise InputError(
                what, how="请用 --port 换一个端口，例如 --port 8080（0 表示自动选一个）"
            ) from error
        except OverflowError as error:
            raise InputError(f"端口 {port} 不在 0 到 65535 之间", how="请用 --port 换一个端口") from error
        return int(probe.getsockname()[1])


class SupportsBool(Protocol):
    """Anything whose truth can be asked again and again."""

    def __bool__(self) -> bool:
        """The truth now."""
        ...


class Server(MPServer):
    """Granian's server; tells when the first page can be fetched, and ends with its terminal."""

    def __init__(self, host: str, port: int, announce: Callable[[], None], asked: SupportsBool) -> None:
        from django.conf import settings

        self.announce, self.asked = announce, asked
        logging = dict(settings.LOGGING)
        logging["loggers"] = logging["loggers"] | {
            "_granian": {"handlers": ["file"], "level": "WARNING", "propagate": False},
            "granian.access": {"handlers": [], "propagate": False},
        }
        super().__init__(
            "youju.config.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers(),
            blocking_threads=THREADS,
            backpressure=512,
            respawn_failed_workers=True,
            workers_kill_timeout=STOP_SECONDS,
            log_level=LogLevels.warning,
            log_dictconfig=logging,
        )

    def signal_handler_interrupt(self, *_args: Any, **_options: Any) -> None:
        """Ask the main loop to end. Not from inside the handler: it interrupts the very thread that waits for the event,
        and would wait for ever for a lock which that thread holds for a moment."""
        self.interrupt_signal = True
        threading.Thread(target=self.main_loop_interrupt.set, daemon=True).start()

    def startup(self, spawn_target: Any, target_loader: Any) -> None:
        """Start the workers, wait for the first answer, tell it."""
        super().startup(spawn_target, target_loader)  # type: ignore[no-untyped-call]
        # Granian reloads on SIGHUP; here the end of the terminal ends the product.
        signal.signal(signal.SIGHUP, self.signal_handler_interrupt)
        if self.asked:  # before granian listened, and unheard
            self.signal_handler_interrupt()
        end = time.monotonic() + START_SECONDS
        while not self.interrupt_signal and not answers(self.bind_addr, self.bind_port):
            if time.monotonic() > end:
                raise InputError("网页服务没有应答", how="请看 var/log/youju.log 里的原因")
            time.sleep(0.05)
        if not self.interrupt_signal:
            self.announce()


def answers(host: str, port: int) -> bool:
    """Whether a page can be fetched, whatever its status."""
    there = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    connection = http.client.HTTPConnection(there, port, timeout=5)
    try:
        connection.request("HEAD", "/", headers={"Host": "localhost"})
        connection.getresponse()
    except OSError:
        return False
    finally:
        connection.close()
    return True


def load_all() -> Any:
    """Load the application with all that pages load when they draw or count; gives it.

    Not only for the seconds: a library that looks among the loaded modules for another one (altair for pandas, which pyarrow
    loads) takes it half loaded where another thread is just loading it.
    """
    from django.urls import get_resolver

    from youju.analytics.engines.compiling import load_compilers
    from youju.config.wsgi import application

    _ = get_resolver().url_patterns  # load the pages now, not at the first request
    for each in LOADED:
        importlib.import_module(each)
    load_compilers()
    return application


def serve(host: str, port: int, announce: Callable[[], None], *, asked: SupportsBool = False) -> None:
    """Serve until a signal asks to stop. The application is loaded once, here, and shared by the forked workers.

    Args:
        host: the address to serve on.
        port: the port.
        announce: called when the first page can be fetched.
        asked: true once somebody has asked to stop while nobody listened.
    """
    from django.db import connections as database_connections

    application = load_all()
    database_connections.close_all()
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER, 10, 10)
    end_with_us = dies_with_parent(signal.SIGKILL)

    def load(_target: str) -> Any:
        end_with_us()
        return application

    Server(host, port, announce, asked).serve(target_loader=load)
