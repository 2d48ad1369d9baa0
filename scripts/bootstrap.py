"""Make ``.venv`` ready with nothing but Python 3.11 and its standard library: ``python3 scripts/bootstrap.py [LOCK …]``.

The packages of the named lock files (default: requirements.lock) are installed with their hashes checked. uv does it in
seconds; pip does it where uv cannot be had or cannot reach the index that pip's own settings name. No index address
stands in this repository. A later run finds its stamp and ends at once.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / ".youju-stamp"
OLDEST = (3, 11)
NEWEST = (3, 13)
LOCKS = (
    "requirements.lock",
    "requirements-dev.lock",
    "requirements-bench.lock",
)  # each contains the one before


def say(message: str) -> None:
    """A sentence for the user."""
    print(message, file=sys.stderr, flush=True)  # noqa: T201


def stop(message: str) -> None:
    """End with one clear sentence."""
    say(message)
    sys.exit(2)


def run(*command: str | Path, quiet: bool = False, explain: bool = False) -> bool:
    """Run a command in the repository; whether it succeeded.

    What it says is shown, unless ``quiet``; with ``explain`` only where it failed.
    """
    if explain:
        told = subprocess.run(
            [str(part) for part in command], cwd=ROOT, check=False, capture_output=True, text=True
        )
        if told.returncode:
            say((told.stdout + told.stderr).strip())
        return told.returncode == 0
    sink = subprocess.DEVNULL if quiet else None
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        check=False,
        stdout=sink if quiet else sys.stderr,
        stderr=sink,
    )
    return done.returncode == 0


def mark(locks: list[str]) -> str:
    """What the environment must match: the locks, this file, the interpreter and the folder."""
    digest = hashlib.sha256(f"{sys.version}|{sys.prefix}|{ROOT}".encode())
    for name in sorted({*locks, "scripts/bootstrap.py"}):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def stamped(locks: list[str]) -> bool:
    """Whether an earlier run has installed these locks (or a larger one)."""
    known = STAMP.read_text(encoding="ascii").split() if STAMP.exists() else []
    return PYTHON.exists() and mark(locks) in known


def make_environment() -> None:
    """``.venv``, with whatever this machine has to make one."""
    if PYTHON.exists() and run(PYTHON, "-c", "import sys; sys.exit(sys.version_info < (3, 11))", quiet=True):
        return
    say("正在建立 Python 环境 .venv ……")
    uv = shutil.which("uv")
    if uv and run(uv, "venv", "--quiet", "--clear", "--python", sys.executable, VENV):
        return
    if has("ensurepip") and run(sys.executable, "-m", "venv", "--clear", VENV, quiet=True):
        return
    if has("venv") and has("pip") and run(sys.executable, "-m", "venv", "--clear", "--without-pip", VENV):
        return
    install_venv_package()
    if not run(sys.executable, "-m", "venv", "--clear", VENV):
        stop("建立 .venv 失败：请看上面的原因，处理后再运行一次。")


def has(module: str) -> bool:
    """Whether the interpreter that runs this file has a module."""
    return importlib.util.find_spec(module) is not None


def install_venv_package() -> None:
    """Debian keeps ensurepip in a package of its own: root installs it, others are told how."""
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    apt = shutil.which("apt-get")
    if apt is None or os.geteuid() != 0:
        stop(
            f"本机的 Python 不能建立环境：请先以管理员身份运行 apt-get install {package}（或安装 uv），再运行一次。"
        )
    say(f"本机缺少 {package}，正在用 apt-get 安装……")
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    options = ["-qq", "--yes", "--no-install-recommends", "-o", "Dpkg::Use-Pty=0"]
    if not (run(apt, "-qq", "update", explain=True) and run(apt, *options, "install", package, explain=True)):
        stop(f"安装 {package} 失败：请检查网络与软件源，或安装 uv，再运行一次。")


def pip() -> list[str]:
    """The command that runs pip on ``.venv``: its own, else the system's."""
    if run(PYTHON, "-c", "import pip", quiet=True):
        return [str(PYTHON), "-m", "pip"]
    return [sys.executable, "-m", "pip", "--python", str(PYTHON)]


def find_uv() -> str | None:
    """uv on the path, in ``.venv``, or installed there from its pinned line; None where it cannot be had."""
    own = VENV / "bin" / "uv"
    found = shutil.which("uv") or (str(own) if own.exists() else None)
    if found:
        return found
    say("正在安装 uv ……")
    options = ["install", "--quiet", "--require-hashes", "--no-deps", "-r", "requirements-bootstrap.lock"]
    return str(own) if run(*pip(), *options, quiet=True) and own.exists() else None


def install(locks: list[str]) -> None:
    """Install the locks with their hashes checked: by uv, else by pip."""
    files = [part for name in locks for part in ("-r", name)]
    uv = find_uv()
    say("正在安装依赖（" + "、".join(locks) + "）……")
    quiet = [] if sys.stderr.isatty() else ["--quiet"]
    if uv and run(uv, "pip", "install", *quiet, "--python", PYTHON, "--require-hashes", "--no-deps", *files):
        return
    if uv:
        say("uv 没有装成（常因它不读 pip 的软件源设置），改用 pip，需要一两分钟……")
    if not run(*pip(), "install", "--require-hashes", "--no-deps", "--progress-bar", "on", *files):
        stop("安装依赖失败：请检查网络与 pip 的软件源设置，再运行一次 make。")


def link_source() -> None:
    """Put ``src`` on the path and ``youju`` into ``.venv/bin``; a build step would need packages that no lock pins."""
    site = subprocess.run(
        [PYTHON, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    Path(site, "youju.pth").write_text(f"{ROOT / 'src'}\n", encoding="utf-8")
    command = VENV / "bin" / "youju"
    command.unlink(missing_ok=True)
    # An interpreter's path with a blank, or one longer than the kernel takes, cannot stand in a "#!" line.
    command.write_text(
        "#!/bin/sh\n"
        "''':'\n"
        'exec "$(dirname "$(readlink -f "$0")")/python" "$0" "$@"\n'
        "'''\n"
        "import sys\n\nfrom youju.cli import main\n\nsys.exit(main())\n",
        encoding="utf-8",
    )
    command.chmod(0o755)


def main() -> None:
    """Install what is not installed."""
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        stop(
            f"需要 Python 3.11 到 3.13，本机的 python3 是 {sys.version.split()[0]}：请安装后以 make PYTHON=python3.11 运行。"
        )
    # uv trusts the authorities that this machine trusts, as pip does (an office often has its own).
    os.environ.setdefault("UV_SYSTEM_CERTS", "1")
    os.environ.setdefault("UV_NATIVE_TLS", "1")  # the same in older uv
    locks = sys.argv[1:] or ["requirements.lock"]
    if stamped(locks):
        return
    make_environment()
    install(locks)
    link_source()
    # Each lock contains the smaller ones: having it, they need no visit of their own.
    size = max((LOCKS.index(name) for name in locks if name in LOCKS), default=-1)
    held = {mark(locks)} | {mark([name]) for name in LOCKS[: size + 1]}
    STAMP.write_text("\n".join(sorted(held)) + "\n", encoding="ascii")


if __name__ == "__main__":
    main()
