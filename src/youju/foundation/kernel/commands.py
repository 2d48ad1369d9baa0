"""The verb ``bench``: runs one of ``benchmarks/``, each of which prints one JSON object."""

from __future__ import annotations

import runpy
import sys
from typing import Annotated

import typer

from youju.foundation.kernel import places
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.usage import Verbs

app = typer.Typer(cls=Verbs)

BENCHMARKS = places.ROOT / "benchmarks"


@app.command("bench")
def bench(name: Annotated[str, typer.Argument(metavar="名称", help="例如 targets-read")]) -> None:
    """跑一项性能对比，输出一个 JSON 对象：name、ours、peer、ratio、unit、n、note。"""
    known = sorted(path.stem.replace("_", "-") for path in BENCHMARKS.glob("[a-z]*.py"))
    if name not in known:
        have = f"可选：{'、'.join(known)}" if known else "请在源码目录里运行"
        raise InputError(f"没有名为“{name}”的性能对比", how=have)
    sys.argv = [name]
    runpy.run_path(str(BENCHMARKS / f"{name.replace('-', '_')}.py"), run_name="__main__")
