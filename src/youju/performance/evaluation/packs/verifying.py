"""``verify``: everything that can be checked of a pack by its content alone; needs neither database nor framework."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from youju.foundation.documents.figures import read_figures
from youju.foundation.documents.figures.reading import State
from youju.foundation.documents.templates import Figure
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import policy_hash
from youju.performance.evaluation.documents.forms import form_grid
from youju.performance.evaluation.documents.pieces import Grid, Report, Sentence
from youju.performance.evaluation.documents.reporting import department_report, key_report, report_of
from youju.performance.evaluation.packs import reckoning
from youju.performance.evaluation.packs.layout import DOCUMENTS
from youju.performance.evaluation.packs.reading import Pack, open_pack
from youju.performance.evaluation.packs.reckoning import Difference


@dataclass(frozen=True, slots=True)
class Verified:
    """What came of it: files that were tampered with, differences, what was looked at."""

    pack: str
    manifest_sha256: str
    tampered: list[str]
    differences: list[Difference]
    counts: dict[str, int]
    notes: list[str]

    @property
    def sound(self) -> bool:
        """Whether nothing differs."""
        return not self.tampered and not self.differences

    def as_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "pack": self.pack,
            "manifest_sha256": self.manifest_sha256,
            "sound": self.sound,
            "tampered": self.tampered,
            "differences": [each.as_json() for each in self.differences],
            "checked": self.counts,
            "notes": self.notes,
        }


def verify(path: Path, *, say: Callable[[str], None] = lambda _: None, expected: str = "") -> Verified:
    """Check a pack: each file by its hash, each figure from its rows, each score by the rules, each document against them.

    Args:
        path: of the zip.
        say: told what is being done.
        expected: the manifest's sha256 as somebody knows it from elsewhere; another one counts as tampered.

    Raises:
        InputError: it cannot be read at all.
    """
    pack = open_pack(path)
    tampered = list(pack.tampered)
    if expected and expected.lower() != pack.digest:
        tampered.insert(0, f"目录的校验值是 {pack.digest}，不是 {expected}")
    found: list[Difference] = []
    try:
        say("由行复算各项计量")
        found += reckoning.questions(pack.figures, pack.contents)
        say("按评分办法复算得分")
        found += reckoning.projects(pack.figures)
        found += reckoning.department(pack.figures)
        found += reckoning.keys(pack.figures)
        say("读回文书里的数字")
        found += documents(pack)
    except (KeyError, TypeError, ValueError, IndexError, StopIteration, ArithmeticError) as error:
        # Whoever edits by hand leaves gaps: a pack that cannot be reckoned is not sound.
        found.append(Difference("figures.json", "结构", "完整", f"缺少或写错：{error}"))
    notes = []
    if pack.manifest.get("policy_hash") != policy_hash():
        notes.append("包是按另一版政策文件生成的；这里按本程序的政策复算")
    counts = {
        "files": len(pack.manifest["files"]),
        "measures": len(pack.figures.get("questions", ())),
        "projects": len(pack.figures.get("projects", ())),
    }
    return Verified(pack.name, pack.digest, tampered, found, counts, notes)


def documents(pack: Pack) -> Iterator[Difference]:
    """Each document's figures, read back from the file, against those that the frozen data give."""
    papers = {each["project_code"]: each for each in pack.figures["projects"]}
    for each in pack.manifest["files"]:
        path = str(each["path"])
        content = pack.contents.get(path)
        if not path.startswith(f"{DOCUMENTS}/") or content is None:
            continue
        wanted = Counter(_wanted(each.get("about", ""), papers, pack.figures))
        try:
            found = read_figures(content, path)
        except InputError as error:
            yield Difference(path, "文书", "可以读回数字", str(error))
            continue
        for figure in found:
            if figure.state is not State.SAME:
                yield Difference(
                    path, f"{figure.code}（{figure.place}）", figure.recorded, figure.value or "已删去"
                )
        printed = Counter((figure.code, figure.subject, figure.recorded) for figure in found)
        for (code, subject, value), count in (wanted - printed).items():
            yield Difference(path, f"{code} {subject}", f"{value}（{count} 处）", "文书里没有")
        for (code, subject, value), count in (printed - wanted).items():
            yield Difference(path, f"{code} {subject}", "冻结的数里没有", f"{value}（{count} 处）")


def _wanted(about: str, papers: dict[str, Any], figures: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    kind, _, key = about.partition(":")
    if kind == "form":
        blocks: list[Any] = [form_grid(papers[key])]
    elif kind == "report":
        blocks = _blocks(report_of(papers[key]))
    elif kind == "department":
        blocks = _blocks(department_report(figures["department"], figures["projects"]))
    else:
        paper = next(each for each in figures["keys"] if each["project_code"] == key)
        blocks = _blocks(key_report(paper))
    for block in blocks:
        for figure in _figures(block):
            yield figure.code, figure.subject, figure.value


def _blocks(report: Report) -> list[Any]:
    return [block for part in report.parts for block in part.blocks]


def _figures(block: object) -> Iterator[Figure]:
    if isinstance(block, Sentence):
        yield from (each for each in block.pieces if isinstance(each, Figure))
    elif isinstance(block, Grid):
        yield from (cell.figure for row in block.rows for cell in row if cell is not None and cell.figure)
