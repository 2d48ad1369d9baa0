"""``youju bench targets-read``: 200 docx files of 12 target tables each, read by us and by two peers.

Ours does the whole job: finds part one and the tables by their labels, fills in merged cells, takes every
indicator value apart. python-docx reads the text of every grid position with ``table.cell(row, column)``, the way
that its documentation shows; markitdown turns the same files into Markdown. Each runs once over files that the
operating system has in memory, counted in processor seconds; both peers run on fewer files, because they take
minutes, and are scaled by the number of files.
"""

from __future__ import annotations

import importlib.util
import json
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from itertools import product
from pathlib import Path

FILES, TABLES = 200, 12
PEER_FILES = 10
LEVELS = (
    ("产出指标", "数量指标"),
    ("产出指标", "质量指标"),
    ("产出指标", "时效指标"),
    ("产出指标", "成本指标"),
    ("效益指标", "经济效益指标"),
    ("效益指标", "社会效益指标"),
    ("效益指标", "生态效益指标"),
    ("效益指标", "可持续影响指标"),
    ("满意度指标", "服务对象满意度指标"),
)


def document(seed: int) -> bytes:
    """One file: 12 projects of 9 rows, the texts a little different in each, always the same for one seed."""
    from youju.performance.targets.documents import write_document
    from youju.rules.performance.targets.codec import from_json

    projects = []
    for number in range(1, TABLES + 1):
        budget = f"{(seed * 37 + number * 101) % 900 + 10}.{seed % 100:02d}"
        values = (
            "≥5个",
            "≥98%",
            "2023年12月底前",
            f"≤{budget}万元",
            "≥2亿元",
            "显著提高",
            "≥90%",
            "≥95%",
            "≥85%",
        )
        rows = [
            {"level1": one, "level2": two, "level3": f"{two[:-2]}第{seed}号", "description": f"{two}的口径与算法",
             "raw_value": value, "basis": f"保财建〔2023〕{number}号"}
            for (one, two), value in zip(LEVELS, values, strict=True)
        ]  # fmt: skip
        projects.append(
            {"code": f"130605{23}P{seed:06d}1{number:04d}X", "name": f"外经贸发展专项资金第{number}项（{seed}）",
             "budget": budget, "fiscal": budget, "other": None, "purpose": "支持外贸企业开拓国际市场",
             "plan": {"03": None, "06": budget, "10": budget, "12": budget},
             "goals": ["1.支持外贸企业开拓国际市场", "2.提升试点能级"], "indicators": rows}
        )  # fmt: skip
    head = {
        "unit_code": "304001",
        "unit_name": "国际贸易服务中心",
        "money_unit": "万元",
        "schema": "hebei-2020",
    }
    return write_document(from_json({"document": head, "department": {}, "projects": projects}), "docx")


def ours(path: Path) -> int:
    """Indicator rows read."""
    from youju.performance.targets.imports import read_path

    return sum(len(project.indicators) for project in read_path(path).projects)


def python_docx(path: Path) -> int:
    """Grid positions whose text was read."""
    from docx import Document

    cells = 0
    for table in Document(str(path)).tables:
        for row, column in product(range(len(table.rows)), range(len(table.columns))):
            cells += table.cell(row, column).text is not None
    return cells


def markitdown(path: Path) -> int:
    """Characters of Markdown."""
    from markitdown import MarkItDown

    return len(MarkItDown(enable_plugins=False).convert(str(path)).text_content)


def seconds(read: Callable[[Path], int], paths: list[Path], title: str) -> float:
    """Processor seconds for a file, after one file to warm up: other work on the machine does not count."""
    read(paths[0])
    start = time.process_time()
    for number, path in enumerate(paths, 1):
        if not read(path):
            raise SystemExit(f"{title} read nothing from {path.name}")
        if sys.stderr.isatty() and number % max(1, len(paths) // 10) == 0:
            print(f"\r{title} {number}/{len(paths)} ", end="", file=sys.stderr, flush=True)
    return (time.process_time() - start) / len(paths)


def main() -> None:
    """Print one JSON object."""
    warnings.simplefilter("ignore")
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{seed:03d}.docx" for seed in range(FILES)]
        for seed, path in enumerate(paths):
            path.write_bytes(document(seed))
        own = seconds(ours, paths, "youju")
        peer = seconds(python_docx, paths[:PEER_FILES], "python-docx")
        others = {"python-docx table.cell": round(peer / own, 1)}
        said = "markitdown 未安装，没有比较"
        if importlib.util.find_spec("markitdown") is not None:
            other = seconds(markitdown, paths[:PEER_FILES], "markitdown")
            others["markitdown"] = round(other / own, 1)
            said = f"markitdown 只转成 Markdown，用时是本系统的 {other / own:.1f} 倍"
    note = (
        f"{FILES} 份 docx，每份 {TABLES} 张表，按处理器秒计。本系统读全部文件：认标签、补合并单元格、拆指标值；"
        f"python-docx 用 table.cell(r, c) 只取每格文字；{said}。两者各测 {PEER_FILES} 份，按份数折算。"
    )
    print(
        json.dumps(
            {
                "name": "targets-read",
                "ours": round(own * FILES, 3),
                "peer": round(peer * FILES, 3),
                "ratio": round(peer / own, 1),
                "unit": "s",
                "n": FILES,
                "note": note,
                "ratios": others,
            },
            ensure_ascii=False,
        )
    )


if __name__ == "__main__":
    main()
