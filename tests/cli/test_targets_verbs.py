"""``youju targets read | lint | write`` as a user runs it: standard output, one line on standard error, exit status."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from apps.performance.targets.imports import official_forms as forms
from youju.rules.performance.targets.codec import to_json


def youju(*arguments: str | Path, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-W",
        "error",
        "-c",
        "import sys; sys.argv[0] = 'youju'; from youju.cli import main; main()",
        *map(str, arguments),
    ]
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", cwd=folder, timeout=60, check=False
    )


def refused(*arguments: str | Path) -> str:
    """The one line of a refusal."""
    done = youju(*arguments)
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    (line,) = done.stderr.splitlines()
    assert line.startswith("youju：") and line.endswith("。")
    return line


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "公开.docx"
    path.write_bytes(forms.docx(forms.example()))
    return path


def test_read_prints_exactly_one_json_value(paper: Path) -> None:
    done = youju("targets", "read", paper, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == to_json(forms.example())
    assert "委托" not in done.stdout and "产出指标" in done.stdout, (
        "Chinese stands as it is, not as \\u escapes"
    )


def test_read_without_json_is_a_summary_for_people(paper: Path) -> None:
    done = youju("targets", "read", paper)
    assert done.returncode == 0
    for text in (
        "304001 某某服务中心（本级）",
        "13060523P00456310001Q",
        "1,250.50",
        "1,295.50",
        "合计 2 个项目",
    ):
        assert text in done.stdout


def test_read_imports_neither_django_nor_what_it_does_not_need(paper: Path) -> None:
    script = (
        "import sys; sys.argv[1:] = ['targets', 'read', sys.argv[1], '--json']\n"
        "from youju.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = ('django', 'pdfplumber', 'docx', 'altair', 'rich.table')\n"
        "print([name for name in heavy if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(paper)], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stderr.strip() == "[]"


def test_lint_reads_documents_and_the_json_of_read_alike(paper: Path, tmp_path: Path) -> None:
    data = tmp_path / "公开.json"
    data.write_text(json.dumps(to_json(forms.example()), ensure_ascii=False), encoding="utf-8")
    first, second = youju("targets", "lint", paper, "--json"), youju("targets", "lint", data, "--json")
    findings = json.loads(first.stdout)
    assert first.stdout == second.stdout and first.stderr == ""
    assert list(findings[0]) == ["rule", "severity", "project", "row", "field", "message", "suggestion"]
    assert first.returncode == second.returncode == int(any(item["severity"] == "error" for item in findings))


def test_lint_exits_with_1_for_an_error_and_lists_it(paper: Path, tmp_path: Path) -> None:
    data = to_json(forms.example())
    data["projects"][0]["fiscal"] = "1.00"
    broken = tmp_path / "错.json"
    broken.write_text(json.dumps(data), encoding="utf-8")
    done = youju("targets", "lint", broken)
    assert done.returncode == 1
    assert "13060523P00456310001Q 培训“经费”（A&B）" in done.stdout
    assert "错误 TGT-" in done.stdout and "2 个项目：错误 " in done.stdout


@pytest.mark.parametrize("suffix", ["docx", "xlsx", "pdf"])
def test_write_makes_a_form_that_reads_the_same(suffix: str, tmp_path: Path) -> None:
    data, out = tmp_path / "表.json", tmp_path / f"表.{suffix}"
    data.write_text(json.dumps(to_json(forms.example())), encoding="utf-8")
    done = youju("targets", "write", data, out)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", f"已写出 {out}\n")
    assert json.loads(youju("targets", "read", out, "--json").stdout) == to_json(forms.example())
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([data.name, out.name]), (
        "nothing is left behind"
    )


def test_write_refuses_what_it_cannot_write_and_leaves_nothing(tmp_path: Path) -> None:
    data = tmp_path / "表.json"
    data.write_text(json.dumps(to_json(forms.example())), encoding="utf-8")
    assert "表.odt：不认识的输出格式；请以 .docx、.xlsx、.pdf 结尾。" in refused(
        "targets", "write", data, tmp_path / "表.odt"
    )
    assert "无" in refused("targets", "write", data, tmp_path / "无此文件夹" / "表.docx")
    data.write_text("{")
    assert "不是可读的 JSON（第 1 行）；" in refused("targets", "write", data, tmp_path / "表.docx")
    data.write_text('{"projects": []}')
    assert "缺少 document；" in refused("targets", "write", data, tmp_path / "表.docx")
    data.write_text("[" * 100_000)
    assert "不是可读的 JSON" in refused("targets", "write", data, tmp_path / "表.docx")
    assert [path.name for path in tmp_path.iterdir()] == ["表.json"]


@pytest.mark.parametrize("verb", ["read", "lint"])
def test_bad_input_is_one_line_and_status_2(verb: str, tmp_path: Path) -> None:
    empty, picture, large = tmp_path / "空.docx", tmp_path / "图.docx", tmp_path / "大.docx"
    empty.write_bytes(b"")
    picture.write_bytes(b"\xff\xd8\xff\xe0JFIF")
    with large.open("wb") as file:
        file.truncate(300 * 2**20)
    assert "空.docx：文件是空的；" in refused("targets", verb, empty)
    assert "图.docx：这是jpeg 图片" in refused("targets", verb, picture)
    assert "文件有 300 MB，超过上限 50 MB；" in refused("targets", verb, large)
    assert "没有这个文件；" in refused("targets", verb, tmp_path / "无.docx")
    assert "这是文件夹，不是文件；" in refused("targets", verb, tmp_path)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("targets", "read"), "缺少 文件；请看 youju targets read --help。"),
        (("targets", "read", "a", "b"), "多出了参数“b”；请看 youju targets read --help。"),
        (("targets", "read", "--yaml", "a"), "没有选项 --yaml；请看 youju targets read --help。"),
        (("targets", "fly"), "没有命令“fly”；请看 youju targets --help。"),
        (("targets", "write", "a.json"), "缺少 输出文件；请看 youju targets write --help。"),
    ],
)
def test_wrong_usage_is_one_chinese_line(arguments: tuple[str, ...], said: str) -> None:
    assert refused(*arguments) == f"youju：{said}"


def test_the_sample_through_the_command_line(shared: Path) -> None:
    done = youju("targets", "read", shared / "samples" / "budget-performance-2023.txt", "--json")
    data = json.loads(done.stdout)
    assert [len(project["indicators"]) for project in data["projects"]] == [9] * 12
    assert list(data) == ["document", "department", "projects"]
    assert data["projects"][5]["plan"] == {"03": None, "06": "447.00", "10": "447.00", "12": "447.00"}
