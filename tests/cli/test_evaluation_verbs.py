"""``youju evaluation score`` as a user runs it: standard output, one line on standard error, exit status."""

from __future__ import annotations

import copy
import io
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from youju import cli
from youju.foundation.kernel import places

SELF: dict[str, Any] = {
    "schema": "mof-2020",
    "budget": {"initial": "45.00", "adjusted": "45.00", "executed": "43.20"},
    "indicators": [
        {"level1": "产出指标", "level2": "数量指标", "level3": "培训次数", "target": "≥12次", "actual": "12次", "weight": "20"},
        {"level1": "产出指标", "level2": "质量指标", "level3": "合格率", "target": "≥98%", "actual": "97%", "weight": "10"},
        {"level1": "产出指标", "level2": "时效指标", "level3": "完成日期", "target": "2023年12月底前", "actual": "2023-11-20",
         "weight": "10"},
        {"level1": "产出指标", "level2": "成本指标", "level3": "总成本", "target": "≤553万元", "actual": "0.06亿元",
         "weight": "10"},
        {"level1": "效益指标", "level2": "经济效益", "level3": "出口额", "target": "显著提高", "tier": "reached",
         "tier_rate": "95", "weight": "30"},
        {"level1": "满意度指标", "level2": "满意度", "level3": "群众满意度", "target": "≥90%", "actual": "96%", "weight": "10"},
    ],
}  # fmt: skip
SCORES = ("20.00", "9.90", "10.00", "9.22", "28.50", "10.00")


class Done(NamedTuple):
    returncode: int
    stdout: str
    stderr: str


def youju(*arguments: str | Path) -> Done:
    """What the command does, within this process: the same entry, its own streams, its exit status."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    argv, status = sys.argv, 0
    sys.argv = ["youju", *map(str, arguments)]
    try:
        with redirect_stdout(out), redirect_stderr(err):
            cli.main()
    except SystemExit as ended:
        status = int(ended.code or 0)
    finally:
        sys.argv = argv
    return Done(status, *(stream.buffer.getvalue().decode() for stream in (out, err)))  # type: ignore[attr-defined]


@pytest.fixture(scope="module", autouse=True)
def assembled() -> Iterator[None]:
    """The verbs are put together once; the command does it at its start, whole processes of it are few here."""
    cli._assemble()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cli, "_assemble", lambda: None)
        patch.setenv("COLUMNS", "80")
        yield


def alone(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """The same in a process of its own, warnings being errors."""
    start = "import sys; sys.argv[0] = 'youju'; from youju.cli import main; main()"
    command = [sys.executable, "-W", "error", "-c", start, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False)


def written(folder: Path, data: object) -> Path:
    path = folder / "自评.json"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return path


def scored(folder: Path, data: object) -> Any:
    done = youju("evaluation", "score", written(folder, data), "--json")
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return json.loads(done.stdout)


def test_the_answer_is_the_input_with_its_scores_key_by_key(tmp_path: Path) -> None:
    done = alone("evaluation", "score", written(tmp_path, SELF), "--json")
    assert (done.returncode, done.stderr) == (0, "")
    answer = json.loads(done.stdout)
    assert list(answer) == ["schema", "budget", "indicators", "execution", "total", "grade", "warnings"]
    assert (answer["schema"], answer["budget"]) == (SELF["schema"], SELF["budget"])
    for given, made, points in zip(SELF["indicators"], answer["indicators"], SCORES, strict=True):
        assert list(made) == [*given, "score", "reason"]
        assert {key: made[key] for key in given} == given
        assert made["score"] == points
        assert made["reason"].endswith(f"得 {points} 分。")
    assert answer["execution"] == {"rate": "96.00", "weight": "10", "score": "9.60"}
    assert (answer["total"], answer["grade"], answer["warnings"]) == ("97.22", "优", [])
    assert "产出指标" in done.stdout, "Chinese stands as it is, not as \\u escapes"


def test_without_weights_they_are_shared_out_and_the_rows_keep_their_keys(tmp_path: Path) -> None:
    data = copy.deepcopy(SELF)
    for row in data["indicators"]:
        del row["weight"]
    answer = scored(tmp_path, data)
    assert [row["score"] for row in answer["indicators"]] == [
        "12.50",
        "12.37",
        "12.50",
        "11.52",
        "28.50",
        "10.00",
    ]
    assert all("weight" not in row and "分值 " in row["reason"] for row in answer["indicators"])
    assert answer["total"] == "96.99"
    for row in data["indicators"]:
        row["weight"] = None
    assert scored(tmp_path, data)["total"] == "96.99"


def test_an_answer_scored_again_gives_itself_and_strange_keys_stay(tmp_path: Path) -> None:
    data = copy.deepcopy(SELF) | {"note": {"kept": [1, 2.5, None, True]}}
    data["indicators"][0]["basis"] = "年度工作计划"
    answer = scored(tmp_path, data)
    assert answer["note"] == data["note"] and answer["indicators"][0]["basis"] == "年度工作计划"
    assert scored(tmp_path, answer) == answer


def test_a_warning_has_the_shape_of_the_linters_and_the_exit_status_stays_zero(tmp_path: Path) -> None:
    data = copy.deepcopy(SELF)
    data["budget"]["executed"] = "30.00"
    data["project"] = "13060523P00456310001Q"
    answer = scored(tmp_path, data)
    assert [each["rule"] for each in answer["warnings"]] == ["EVL-001", "EVL-002"]
    for each in answer["warnings"]:
        assert list(each) == ["rule", "severity", "project", "row", "field", "message", "suggestion"]
        assert (each["project"], each["row"], each["severity"]) == (data["project"], None, "warning")
    assert (answer["execution"]["score"], answer["total"], answer["grade"]) == ("6.67", "94.29", "优")


def test_sichuan_asks_for_a_reason_under_ninety_per_cent(tmp_path: Path) -> None:
    data = copy.deepcopy(SELF) | {"schema": "sichuan", "date": "2024-03-01"}
    data["budget"]["executed"] = "40.00"
    assert [each["rule"] for each in scored(tmp_path, data)["warnings"]] == ["EVL-001", "EVL-003"]
    data["budget"]["deviation"] = "设备年底到货，次年一月付款"
    assert [each["rule"] for each in scored(tmp_path, data)["warnings"]] == ["EVL-001"]


def test_the_law_is_that_of_the_day(tmp_path: Path) -> None:
    assert scored(tmp_path, SELF | {"date": "2020-02-25"})["total"] == "97.22"
    line = refused(written(tmp_path, SELF | {"date": "2020-02-24"}))
    assert line == "youju：自评.json，schema：2020-02-24 没有评分办法“mof-2020”；请核对日期。"


def test_people_get_a_table_with_every_row_its_score_and_reason(tmp_path: Path) -> None:
    data = copy.deepcopy(SELF)
    data["indicators"][0]["actual"] = "[red]24[/red]次"
    assert refused(written(tmp_path, data)).startswith("youju：自评.json，第 1 行“培训次数”：")
    data["indicators"][0]["actual"] = "24次"
    done = youju("evaluation", "score", written(tmp_path, data))
    assert (done.returncode, done.stderr) == (0, "")
    flat = "".join(done.stdout.replace("│", "").split())
    for text in ("项目支出绩效评价管理办法", "预算执行率", "怎样得来", "群众满意度", *SCORES, "完成值折合"[:3], "达成年度指标",
                 "总分97.22，等级优", "警告EVL-005第1行"):  # fmt: skip
        assert text in flat
    assert max(map(len, done.stdout.splitlines()[:10])) <= 80


def test_scoring_loads_neither_django_nor_what_it_does_not_need(tmp_path: Path) -> None:
    script = (
        "import sys; sys.argv[1:] = ['evaluation', 'score', sys.argv[1], '--json']\n"
        "from youju.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = ('django', 'psycopg', 'docx', 'altair', 'rich.table')\n"
        "print([name for name in heavy if name in sys.modules], file=sys.stderr)"
    )
    command = [sys.executable, "-c", script, str(written(tmp_path, SELF))]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert done.stderr.strip() == "[]"


def test_the_example_of_the_page_on_scoring_is_scored(tmp_path: Path) -> None:
    page = (places.ROOT / "docs" / "how-to" / "evaluation-score.md").read_text(encoding="utf-8")
    example = json.loads(page.split("```json\n")[1].split("```")[0])
    answer = scored(tmp_path, example)
    assert [row["score"] for row in answer["indicators"]] == ["59.39", "28.50"]
    assert (answer["total"], answer["grade"], answer["warnings"]) == ("97.49", "优", [])


def refused(*arguments: str | Path) -> str:
    """The one line of a refusal, which is the same with and without ``--json``."""
    lines = []
    for more in ([], ["--json"]):
        done = youju("evaluation", "score", *arguments, *more)
        assert (done.returncode, done.stdout) == (2, ""), done.stderr
        (line,) = done.stderr.splitlines()
        assert line.startswith("youju：") and line.endswith("。")
        lines.append(line)
    assert lines[0] == lines[1]
    return lines[0]


def _at(*path: str | int, to: object) -> Callable[[], bytes]:
    """The evaluation with one value changed; without a value (``...``) the key is gone."""

    def made() -> bytes:
        data = copy.deepcopy(SELF)
        place: Any = data
        for key in path[:-1]:
            place = place[key]
        if to is ...:
            del place[path[-1]]
        else:
            place[path[-1]] = to
        return json.dumps(data, ensure_ascii=False).encode()

    return made


def _text(change: Callable[[str], str], encoding: str = "utf-8") -> Callable[[], bytes]:
    return lambda: change(json.dumps(SELF, ensure_ascii=False)).encode(encoding)


MALFORMED: list[tuple[str, Callable[[], bytes], str]] = [
    ("empty", lambda: b"", "文件是空的"),
    ("blank", lambda: b" \n\t", "文件是空的"),
    ("no JSON", "这不是 JSON".encode, "不是可读的 JSON（第 1 行）"),
    ("cut off", _text(lambda text: text[:-20]), "不是可读的 JSON"),
    ("two values", _text(lambda text: text + text), "不是可读的 JSON"),
    ("a trailing comma", _text(lambda text: text[:-1] + ",}"), "不是可读的 JSON"),
    ("a Word file", lambda: b"PK\x03\x04" + bytes(range(256)), "不是 UTF-8 编码（第 2 行）"),
    ("GB 18030", _text(str, "gb18030"), "不是 UTF-8 编码"),
    ("UTF-16", _text(str, "utf-16"), "不是 UTF-8 编码"),
    ("UTF-16 without a mark", _text(str, "utf-16-le"), "不是"),
    ("deep", lambda: b"[" * 100_000, "不是可读的 JSON"),
    ("deep and whole", lambda: b'{"a":' * 20_000 + b"1" + b"}" * 20_000, "不是可读的 JSON"),
    ("a list", lambda: b"[]", "整个文件：应为 JSON 对象"),
    ("a number", lambda: b"1", "整个文件：应为 JSON 对象"),
    ("null", lambda: b"null", "整个文件：应为 JSON 对象"),
    ("nothing in it", lambda: b"{}", "缺少 budget"),
    ("a key twice", _text(lambda text: text[:-1] + ', "schema": "sichuan"}'), "键“schema”写了两次"),
    ("a row's key twice", _text(lambda text: text.replace('"weight": "20"', '"weight": "20", "weight": "20"')),
     "键“weight”写了两次"),
    ("NaN", _text(lambda text: text.replace('"43.20"', "NaN")), "NaN 不是数"),
    ("Infinity", _text(lambda text: text.replace('"43.20"', "-Infinity")), "-Infinity 不是数"),
    ("a huge number", _text(lambda text: text.replace('"43.20"', "1e999")), "数“1e999”太大"),
    ("thousands of digits", _text(lambda text: text.replace('"43.20"', "9" * 5000)), "不是可读的 JSON"),
    ("half a character", lambda: b'{"schema": "\\ud800"}', "有半个字符"),
    ("half a character in a key", lambda: b'{"\\ud800": 1, "\\ud800": 2}', "写了两次"),
    ("no schema", _at("schema", to=...), "缺少 schema"),
    ("an unknown schema", _at("schema", to="mof-1998"), "没有评分办法“mof-1998”；可以写 mof-2020、mof-2020-bands、sichuan"),
    ("a schema of two lines", _at("schema", to="mof\n2020\x00\u2028x"), "没有评分办法“mof 2020 x”"),
    ("a schema of another type", _at("schema", to=2020), "schema：应为文本"),
    ("no budget", _at("budget", to=...), "缺少 budget"),
    ("a budget of another type", _at("budget", to="45.00"), "budget：应为 JSON 对象"),
    ("no adjusted budget", _at("budget", "adjusted", to=...), "budget：缺少 adjusted"),
    ("a blank budget", _at("budget", "adjusted", to=None), "budget.adjusted：是空白，空白不等于零"),
    ("a budget of zero", _at("budget", "adjusted", to="0.00"), "budget.adjusted：全年预算数是 0"),
    ("a budget below zero", _at("budget", "adjusted", to="-45.00"), "budget.adjusted：“-45.00”应为"),
    ("a budget with its unit", _at("budget", "adjusted", to="45万元"), "“45万元”应为"),
    ("a budget as a number", _at("budget", "executed", to=43.2), "budget.executed：写的不是文本，应为"),
    ("a budget NaN", _at("budget", "executed", to="NaN"), "“NaN”应为"),
    ("a budget in powers", _at("budget", "executed", to="1e3"), "“1e3”应为"),
    ("a huge budget", _at("budget", "executed", to="9" * 40), "至多 15 位整数"),
    ("a budget in other digits", _at("budget", "executed", to="４３"), "“４３”应为"),
    ("an initial budget of words", _at("budget", "initial", to="无"), "budget.initial：“无”应为"),
    ("no rows", _at("indicators", to=[]), "indicators：没有指标"),
    ("rows of another type", _at("indicators", to={"0": {}}), "indicators：应为 JSON 数组"),
    ("a row of another type", _at("indicators", 1, to="≥98%"), "indicators[1]：应为 JSON 对象"),
    ("no target", _at("indicators", 1, "target", to=...), "indicators[1]：缺少 target"),
    ("a blank target", _at("indicators", 1, "target", to=" "), "第 2 行“合格率”：没有写目标值"),
    ("a target of another type", _at("indicators", 1, "target", to=98), "indicators[1].target：应为文本"),
    ("no actual value", _at("indicators", 1, "actual", to=...), "第 2 行“合格率”：目标值是“≥98%”，没有写完成值"),
    ("an actual value of another type", _at("indicators", 1, "actual", to=97), "indicators[1].actual：应为文本"),
    ("words for a number", _at("indicators", 1, "actual", to="基本合格"), "“基本合格”不是一个确定的数"),
    ("another unit", _at("indicators", 1, "actual", to="97人"), "不能比较"),
    ("money for a rate", _at("indicators", 1, "actual", to="97万元"), "不能比较"),
    ("a long number", _at("indicators", 1, "actual", to="1" * 60 + "%"), "的位数太多"),
    ("a long cell", _at("indicators", 1, "actual", to="长" * 3000), "有一格超过 2000 个字"),
    ("a level of another type", _at("indicators", 0, "level1", to=["产出指标"]), "indicators[0].level1：应为文本"),
    ("weights above a hundred", _at("indicators", 0, "weight", to="30"), "是 110，不是 100"),
    ("weights below a hundred", _at("indicators", 0, "weight", to="19.99"), "是 99.99，不是 100"),
    ("a weight missing", _at("indicators", 0, "weight", to=...), "第 1 行“培训次数”：没有写权重，别的行写了"),
    ("a weight below zero", _at("indicators", 0, "weight", to="-20"), "indicators[0].weight：“-20”应为"),
    ("a weight as a number", _at("indicators", 0, "weight", to=20), "indicators[0].weight：写的不是文本"),
    ("a weight true", _at("indicators", 0, "weight", to=True), "indicators[0].weight：写的不是文本"),
    ("a weight of three decimals", _at("indicators", 0, "weight", to="20.001"), "至多两位小数"),
    ("a weight with its sign", _at("indicators", 0, "weight", to="20%"), "“20%”应为"),
    ("a blank weight", _at("indicators", 0, "weight", to=""), "“”应为"),
    ("an unknown tier", _at("indicators", 4, "tier", to="good"), "没有分档“good”；可以写 reached、partly、missed"),
    ("a tier of another type", _at("indicators", 4, "tier", to=1), "indicators[4].tier：应为文本"),
    ("no tier", _at("indicators", 4, "tier", to=...), "没有写分档"),
    ("no rate", _at("indicators", 4, "tier_rate", to=...), "没有写得分率"),
    ("a rate of another tier", _at("indicators", 4, "tier_rate", to="79"), "reached 应在 80%（含）—100% 之间"),
    ("a rate above a hundred", _at("indicators", 4, "tier_rate", to="100.5"), "indicators[4].tier_rate：应在 0 到 100 之间"),
    ("a rate with its sign", _at("indicators", 4, "tier_rate", to="95%"), "“95%”应为"),
    ("a day in words", _at("indicators", 2, "actual", to="如期"), "“如期”读不出一个日期"),
    ("a day that is none", _at("indicators", 2, "actual", to="2023年2月30日"), "读不出一个日期"),
    ("a date of another shape", _at("date", to="2024/3/1"), "date：应为日期"),
    ("a date that is none", _at("date", to="2024-02-30"), "date：应为日期"),
    ("a year of another type", _at("fiscal_year", to="2023"), "fiscal_year：应为整数年度"),
    ("a reduction without a decision", _at("indicators", 0, "reduction", to={"rate": "10"}), "要写 rate（0 到 100）和 decision"),
    ("a reduction for nothing", _at("indicators", 0, "reduction", to={"rate": "10", "decision": "绩效办"}), "不能调减"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "said"), [case[1:] for case in MALFORMED], ids=[case[0] for case in MALFORMED]
)
def test_bad_input_is_one_line_and_status_2(content: Callable[[], bytes], said: str, tmp_path: Path) -> None:
    path = tmp_path / "自评.json"
    path.write_bytes(content())
    done = youju("evaluation", "score", path, "--json")
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    (line,) = done.stderr.splitlines()
    assert line.startswith("youju：自评.json") and line.endswith("。") and "Traceback" not in line
    assert said in line
    assert len(line) < 200


def test_a_mark_that_an_editor_put_in_front_does_no_harm(tmp_path: Path) -> None:
    plain = written(tmp_path, SELF)
    marked = tmp_path / "标记.json"
    marked.write_bytes(b"\xef\xbb\xbf" + plain.read_bytes())
    assert (
        youju("evaluation", "score", marked, "--json").stdout
        == youju("evaluation", "score", plain, "--json").stdout
    )


def test_files_that_are_none(tmp_path: Path) -> None:
    large = tmp_path / "大.json"
    with large.open("wb") as file:
        file.truncate(300 * 2**20)
    assert "没有这个文件；" in refused(tmp_path / "无.json")
    assert "这是文件夹，不是文件；" in refused(tmp_path)
    assert "超过上限" in refused(large)
    assert "缺少 文件.json；请看 youju evaluation score --help。" in refused()
    assert "多出了参数“b”" in refused("a", "b")
    done = youju("evaluation", "judge")
    assert (done.returncode, done.stderr) == (2, "youju：没有命令“judge”；请看 youju evaluation --help。\n")
