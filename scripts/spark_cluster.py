"""A real standalone Spark cluster on this machine: a master and workers, on free ports, stopped at exit.

python scripts/spark_cluster.py                 start one and hold it until Ctrl-C
with cluster() as running: running.master …     in a test or benchmark; ``running.workers`` can be killed
"""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 60.0


@dataclass(frozen=True)
class Cluster:
    """``master`` is the address for ``spark_engine(master=…)``; ``workers`` are processes with a group of their own."""

    master: str
    workers: list[subprocess.Popen[bytes]]

    def kill(self, number: int) -> None:
        """``kill -9`` a worker and the executors that it started."""
        end(self.workers[number])


@contextmanager
def cluster(workers: int = 2, *, cores: int = 1, memory: str = "1g") -> Iterator[Cluster]:
    """Until the block ends, a master and its workers are up.

    Raises:
        RuntimeError: pyspark or Java is missing, or the workers did not register in time.
    """
    home = spark_home()
    folder = Path(tempfile.mkdtemp(prefix="youju-spark-"))
    started: list[subprocess.Popen[bytes]] = []
    environment = os.environ | {
        "SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_WORKER_DIR": str(folder),
        "SPARK_LOCAL_DIRS": str(folder), "SPARK_DAEMON_MEMORY": "256m", "PYSPARK_PYTHON": sys.executable,
    }  # fmt: skip

    def start(kind: str, *arguments: str) -> subprocess.Popen[bytes]:
        command = [str(home / "bin" / "spark-class"), f"org.apache.spark.deploy.{kind}", *arguments]
        log = (folder / f"{len(started)}.log").open("wb")
        process = subprocess.Popen(
            command,
            env=environment,
            cwd=folder,
            stdout=log,
            stderr=log,
            start_new_session=True,
            preexec_fn=_with_us,  # noqa: PLW1509 - one system call, no lock
        )
        started.append(process)
        return process

    try:
        port, page = free_port(), free_port()
        start("master.Master", "--host", "127.0.0.1", "--port", str(port), "--webui-port", str(page))
        master = f"spark://127.0.0.1:{port}"
        options = ("--cores", str(cores), "--memory", memory, "--host", "127.0.0.1")
        kept = [
            start("worker.Worker", *options, "--webui-port", str(free_port()), master) for _ in range(workers)
        ]
        _wait(page, workers, started, folder)
        yield Cluster(master, kept)
    finally:
        for process in reversed(started):
            end(process)
        shutil.rmtree(folder, ignore_errors=True)


def spark_home() -> Path:
    """Where pyspark carries Spark.

    Raises:
        RuntimeError: it or Java is missing.
    """
    if shutil.which("java") is None:
        raise RuntimeError("本机没有 Java：apt-get install openjdk-17-jre-headless")
    try:
        import pyspark
    except ImportError as error:
        raise RuntimeError("没有安装 pyspark：请安装 requirements-spark.lock") from error
    return Path(pyspark.__file__).parent


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _with_us() -> None:
    """In the child: end when the process that started us ends, however it ends."""
    prctl_death_signal = 1
    ctypes.CDLL(None).prctl(prctl_death_signal, signal.SIGKILL)


def end(process: subprocess.Popen[bytes]) -> None:
    """Kill a process that we started and its children (its own process group)."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _wait(page: int, workers: int, started: list[subprocess.Popen[bytes]], folder: Path) -> None:
    began = time.monotonic()
    while time.monotonic() - began < PATIENCE:
        if any(process.poll() is not None for process in started):
            break
        with suppress(OSError):
            with urllib.request.urlopen(f"http://127.0.0.1:{page}/json/", timeout=5) as answer:
                text = answer.read().decode()
            if text.count('"state" : "ALIVE"') >= workers:
                return
        time.sleep(0.2)
    logs = "\n".join(path.read_text(errors="replace")[-2000:] for path in sorted(folder.glob("*.log")))
    raise RuntimeError(f"the cluster did not come up:\n{logs}")


def main() -> None:
    """Hold a cluster until Ctrl-C."""
    with cluster() as running:
        print(running.master, flush=True)  # noqa: T201 - the answer
        with suppress(KeyboardInterrupt):
            signal.pause()


if __name__ == "__main__":
    main()
