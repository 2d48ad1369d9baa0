"""Documents read back, and a pack that is checked without the product: sound, and with one number changed."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kept import kept
from selves_made import CODE, World, settled, world
from trade_people import as_
from youju.foundation.documents.figures import State, read_figures
from youju.foundation.files.selectors import attachments, read_kept
from youju.foundation.jobs.running import work_off
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.performance.evaluation import events, services
from youju.performance.evaluation.documents.templates import FORM, REPORT
from youju.performance.evaluation.models import Figure, SelfEvaluation
from youju.performance.evaluation.packs import reckoning
from youju.performance.evaluation.packs.layout import MANIFEST, sha256
from youju.performance.evaluation.packs.reading import open_pack
from youju.performance.evaluation.packs.verifying import verify
from youju.performance.evaluation.selectors.papers import PACK, self_paper
from youju.performance.evaluation.services.packing import write_pack
from youju.rules.performance.measures.degrees import read
from youju.rules.performance.targets.facts import Indicator
from youju.rules.performance.targets.values import parse_value

pytestmark = pytest.mark.django_db


@kept
def year() -> World:
    found = world()
    settled(found)
    services.make_department(actor=found.team.officer, fiscal_year=found.year, done="目标完成")
    key = services.open_key(actor=found.team.officer, fiscal_year=found.year, project_code=CODE)
    points = {each.number: each.weight - 1 for each in key.items.all()}
    for expert in ("甲", "乙", "丙"):
        services.score_key(actor=found.team.officer, key_id=key.pk, expert=expert, points=points)
    return found


_MADE: list[bytes] = []


def pack_of(found: World, tmp_path: Path) -> Path:
    """The pack of the year, made once for all tests of this file: they stand on the same rows."""
    path = tmp_path / "包.zip"
    if not _MADE:
        with path.open("wb") as file, as_(found.team.officer):
            write_pack(file, actor=found.team.officer, year=found.year, folder=tmp_path / "文书")
        _MADE.append(path.read_bytes())
    path.write_bytes(_MADE[0])
    return path


def reckoned(path: Path) -> set[str]:
    """What differs in the figures of a pack; its documents are not read."""
    pack = open_pack(path)
    assert not pack.tampered
    steps = (reckoning.projects, reckoning.department, reckoning.keys)
    found = [
        *reckoning.questions(pack.figures, pack.contents),
        *(each for step in steps for each in step(pack.figures)),
    ]
    return {each.what for each in found}


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
@pytest.mark.parametrize("schema", ["mof-2020", "sichuan"])
def test_every_figure_of_the_form_is_its_frozen_measure(year: World, ending: str, schema: str) -> None:
    paper = self_paper(year.head) | {"schema": schema}
    found = read_figures(FORM.render({"paper": paper}, ending), f"表.{ending}")
    assert found and all(each.state is State.SAME for each in found)
    by_row = {(each.code, each.subject): each.value for each in found}
    law_day = year.head.day
    for figure in Figure.objects.select_related("row"):
        row = figure.row
        indicator = Indicator(row.level1, row.level2, row.level3, "", row.target, parse_value(row.target), "")
        told = read(figure.value or Decimal(0), figure.unit, indicator, row.reading, law_on(law_day))
        assert by_row[figure.metric, f"evaluation.self:{CODE}#{row.number}"] == told.shown
    whole = by_row["evaluation.total", f"evaluation.self:{CODE}"]
    assert whole == f"{year.head.total:.2f}"


def test_the_report_follows_the_official_outline_and_carries_its_figures(year: World) -> None:
    context = {"paper": self_paper(year.head)}
    content = REPORT.render(context, "docx")
    assert content == REPORT.render(context, "docx"), "the same data give the same bytes"
    words = zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()
    for part in (
        "一、基本情况",
        "二、评价工作",
        "三、综合评价",
        "四、绩效评价指标分析",
        "五、主要经验",
        "六、有关建议",
        "七、其他",
    ):
        assert part in words
    assert "尾款在次年支付" in words and "payments.executed_rate" in words
    pdf = REPORT.render(context, "pdf")
    found = [each.state for each in read_figures(pdf, "报告.pdf")]
    assert found and set(found) == {State.SAME}


def test_documents_are_asked_for_and_handed_out(year: World) -> None:
    officer, head = year.team.officer, year.head
    with as_(officer):
        asked = services.request_form(actor=officer, evaluation_id=head.pk, format="docx")
        again = services.request_report(actor=officer, format="docx", year=year.year)
        work_off()
        assert services.hand_out_document(actor=officer, document_id=asked.id)[1].size
        assert services.hand_out_document(actor=officer, document_id=again.id)[1].size
        with pytest.raises(InputError, match="pdf"):
            services.request_form(actor=officer, evaluation_id=head.pk, format="pdf")
    SelfEvaluation.objects.update(state="filling")
    with pytest.raises(InputError, match="还没有冻结"):
        services.request_form(actor=officer, evaluation_id=head.pk, format="docx")


def test_the_pack_is_made_in_the_background_and_is_sound(year: World, tmp_path: Path) -> None:
    officer = year.team.officer
    with as_(officer):
        services.request_pack(actor=officer, year=year.year)
        work_off()
    (found,) = attachments(events.pack_subject(year.year), PACK)
    path = tmp_path / "包.zip"
    path.write_bytes(read_kept(found.kept.sha256))
    result = verify(path)
    assert result.sound, result
    assert result.counts["projects"] == 1 and result.counts["measures"] == 3
    names = set(zipfile.ZipFile(path).namelist())
    assert {
        "index.html",
        "index.xlsx",
        "figures.json",
        "manifest.json",
        "documents/部门整体绩效评价报告.pdf",
    } <= names
    assert verify(path, expected="0" * 64).tampered


def changed(path: Path, name: str, change: Callable[[bytes], bytes], *, signed: bool) -> Path:
    """The pack with one file changed; ``signed``: its hash in the manifest as well, as a careful forger would."""
    target = path.with_name("改.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w") as new:
        contents = {each: old.read(each) for each in old.namelist()}
        contents[name] = change(contents[name])
        if signed:
            manifest = json.loads(contents[MANIFEST])
            for each in manifest["files"]:
                each["sha256"] = sha256(contents[each["path"]])
            contents[MANIFEST] = json.dumps(manifest).encode()
        for each, content in contents.items():
            new.writestr(each, content)
    return target


def in_figures(change: Callable[[dict[str, Any]], None]) -> Callable[[bytes], bytes]:
    def edit(content: bytes) -> bytes:
        data = json.loads(content)
        change(data)
        return json.dumps(data).encode()

    return edit


def _raise_rows(content: bytes) -> bytes:
    return content.replace(b"9500", b"9900")


def _set(path: str, value: str) -> Callable[[dict[str, Any]], None]:
    def change(data: dict[str, Any]) -> None:
        *way, last = path.split(".")
        place: Any = data
        for name in way:
            place = place[int(name)] if name.isdigit() else place[name]
        place[last] = value

    return change


FORGED = {
    "a row behind a figure": ("rows", _raise_rows, "值"),
    "a frozen value": ("figures.json", in_figures(_set("questions.0.frozen.value", "99")), "值"),
    "a row's value": ("figures.json", in_figures(_set("projects.0.rows.0.value", "99")), "完成值"),
    "what is printed": ("figures.json", in_figures(_set("projects.0.rows.0.actual", "99%")), "印出的完成值"),
    "a score": ("figures.json", in_figures(_set("projects.0.rows.0.score", "16.67")), "得分"),
    "the total": ("figures.json", in_figures(_set("projects.0.total", "99.00")), "总分"),
    "the grade": ("figures.json", in_figures(_set("projects.0.grade", "差")), "等级"),
    "money spent": ("figures.json", in_figures(_set("projects.0.funds.0.executed", "1")), "执行率得分"),
    "finance's total": ("figures.json", in_figures(_set("projects.0.recheck.total", "1.00")), "复核得分"),
    "the department": ("figures.json", in_figures(_set("department.total", "99.00")), "得分"),
    "the key evaluation": ("figures.json", in_figures(_set("keys.0.total", "99.00")), "得分"),
}  # fmt: skip


def test_one_changed_number_is_found_even_where_the_hashes_were_forged(year: World, tmp_path: Path) -> None:
    path = pack_of(year, tmp_path)
    names = zipfile.ZipFile(path).namelist()
    for what, (name, change, said) in FORGED.items():
        if name == "rows":
            found = next(
                each
                for each in names
                if each.startswith("rows/") and b"9500" in zipfile.ZipFile(path).read(each)
            )
        else:
            found = name
        plain = open_pack(changed(path, found, change, signed=False))
        assert any(found in each for each in plain.tampered), what
        assert said in reckoned(changed(path, found, change, signed=True)), what
    half = in_figures(lambda data: data["projects"][0].pop("rows"))
    assert "结构" in {
        each.what for each in verify(changed(path, "figures.json", half, signed=True)).differences
    }


def test_a_document_changed_by_hand_is_found(year: World, tmp_path: Path) -> None:
    path = pack_of(year, tmp_path)
    name = f"documents/{CODE}-自评表.docx"

    def edit(content: bytes) -> bytes:
        buffer = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
            for each in old.namelist():
                data = old.read(each)
                if each == "word/document.xml":
                    assert b"0.95 " in data
                    data = data.replace(b"0.95 ", b"0.59 ")
                new.writestr(each, data)
        return buffer.getvalue()

    assert verify(changed(path, name, edit, signed=True)).differences


@pytest.mark.parametrize("content", [b"", b"PK", b"not a zip"])
def test_what_is_no_pack_is_refused_in_one_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "坏.zip"
    path.write_bytes(content)
    with pytest.raises(InputError):
        verify(path)


def test_a_zip_of_something_else_is_no_pack(tmp_path: Path) -> None:
    path = tmp_path / "别的.zip"
    with zipfile.ZipFile(path, "w") as new:
        new.writestr("a.txt", "x")
    with pytest.raises(InputError, match=r"manifest\.json"):
        verify(path)


def test_the_verifier_needs_neither_framework_nor_database(year: World, tmp_path: Path) -> None:
    path = pack_of(year, tmp_path)
    program = (
        "import sys; from pathlib import Path\n"
        "from youju.performance.evaluation.packs.verifying import verify\n"
        "found = verify(Path(sys.argv[1]))\n"
        "assert found.sound, found\n"
        "assert not [name for name in sys.modules if name.split('.')[0] in ('django', 'psycopg')]\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
