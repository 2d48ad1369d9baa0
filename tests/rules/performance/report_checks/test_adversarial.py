"""Sentences written by hand against the reader: what a figure is about, and what is no figure."""

from __future__ import annotations

from datetime import date

import pytest

from reports_made import YEAR, facts
from youju.foundation.policies import law_on
from youju.rules.performance.report_checks.checking import check_report
from youju.rules.performance.report_checks.facts import Passage, Verdict
from youju.rules.performance.report_checks.figures import figures, masked, plain
from youju.rules.performance.report_checks.numerals import spoken
from youju.rules.performance.report_checks.tables import table_passages
from youju.rules.performance.report_checks.times import times

DAY = date(2024, 1, 20)


def read(*lines: str) -> list[Verdict]:
    return check_report([Passage(each) for each in lines], facts(), law_on(DAY), day=DAY, year=YEAR)


def told(*lines: str) -> dict[str, str]:
    return {each.figure.printed: each.outcome.value for each in read(*lines)}


@pytest.mark.parametrize(
    "text",
    [
        "依据保财建〔2022〕66号、财预【2020】10号第三条第2款，于2023年3月24日下达第1批。",
        "（一）1.提升能级；（2）强化支撑。",
        "项目编码13060523P00456310001Q，电话0312-2712345。",
        "一是加强管理，二是完成一批任务，第二批资金一次性下达。",
        "1039方式自2020年12月起，3个工作日办结，24小时通关。",
        "2023-2025年三年行动计划，1—7月，前三季度。",
        "表1、图2、附件3，共18页。",
    ],
)
def test_dates_codes_numbers_of_documents_and_ordinals_are_no_figures(text: str) -> None:
    assert figures(masked(plain(text))) == []


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("一至九月支出", "01-09"),
        ("1至9月支出", "01-09"),
        ("七月到十二月", "07-12"),
        ("截至十一月底", "01-11"),
        ("十月支出", "10-10"),
        ("二十一月", None),
        ("五个月", None),
    ],
)
def test_months_in_words_are_those_in_digits(text: str, period: str | None) -> None:
    assert [each.period for each in times(text, YEAR)] == ([] if period is None else [period])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("二十三", "23"),
        ("一百六十万", "1600000"),
        ("两千零五", "2005"),
        ("九十六点五", "96.5"),
        ("二三", None),
        ("十", "10"),
        ("万", None),
    ],
)
def test_chinese_numerals(text: str, value: str | None) -> None:
    found = spoken(text)
    assert (None if found is None else str(found)) == value


def test_other_people_s_figures_are_not_judged() -> None:
    found = told(
        "义乌市试点出口额3920.5亿元，全国试点出口额超过8000亿元。",
        "法律顾问费支付示例律师事务所2.31万元，合同约定首付30%，单笔最高1.2万元。",
        "3个项目预算合计120万元。",
    )
    assert set(found.values()) == {"unjudged"}


def test_a_list_dealt_out_by_separately_is_read_item_by_item() -> None:
    found = told(
        "法律顾问费、事务资金和劳务派遣资金预算分别为5万元、46万元和45.01万元，实际支出分别为4.8万元、44.12万元、45.02万元。"
    )
    assert [name for name, outcome in found.items() if outcome == "disagrees"] == ["46万元", "45.02万元"]


def test_a_heading_holds_until_the_next_one() -> None:
    found = told("（二）国贸中心事务资金", "预算45万元，支出44.12万元。", "三、其他情况", "预算99万元。")
    assert found == {"45万元": "agrees", "44.12万元": "agrees", "99万元": "unjudged"}


def test_a_shared_short_name_means_any_of_them_or_their_sum() -> None:
    assert told("2021年中央外经贸发展资金支出955万元。")["955万元"] == "agrees"
    assert told("2021年中央外经贸发展资金（447万元）支出543万元。")["543万元"] == "disagrees"


def test_loose_words_are_kept_to() -> None:
    assert set(told("全年市场采购出口额突破2亿元，约2.35亿元，近2.4亿元，2.3亿余元。").values()) == {"agrees"}
    assert told("全年市场采购出口额突破3亿元。")["3亿元"] == "disagrees"


def test_a_target_is_no_actual_value() -> None:
    found = told(
        "事务资金各项工作完成率目标≥98%，办理单位满意度情况另述。",
        "外经贸发展专项资金（参展、采购商服务、信保、海关等）满意率目标为≥86%。",
    )
    assert found == {"98%": "agrees", "86%": "disagrees"}


def test_cells_know_their_row_column_and_unit() -> None:
    rows = [
        [("项目", False), ("预算数", False), ("执行数", False), ("执行率", False)],
        [("国贸中心法律顾问费", False), ("5.00", False), ("4.90", False), ("96", False)],
        [("合计", False), ("2945.25", False), ("", False), ("85.57%", False)],
    ]
    passages = list(table_passages(rows, number=1, unit="万元"))
    found = check_report(passages, facts(), law_on(DAY), day=DAY, year=YEAR)
    assert [(each.figure.printed, each.outcome.value) for each in found] == [
        ("5.00", "agrees"), ("4.90", "disagrees"), ("96", "agrees"), ("2945.25", "agrees"), ("85.57%", "agrees"),
    ]  # fmt: skip


def test_a_table_of_pairs_has_its_names_at_the_left() -> None:
    rows = [
        [("项目名称", False), ("国贸中心法律顾问费", False)],
        [("预算数（万元）", False), ("6.00", False)],
        [("自评得分", False), ("98.6", False)],
    ]
    found = check_report(list(table_passages(rows, number=1)), facts(), law_on(DAY), day=DAY, year=YEAR)
    assert [(each.figure.printed, each.outcome.value) for each in found] == [
        ("6.00", "disagrees"),
        ("98.6", "agrees"),
    ]


def test_nothing_breaks_the_reader() -> None:
    for text in (
        "",
        "。",
        "（" * 500,
        "１" * 300,
        "分别分别为、、",
        "≥≥98%%",
        "第第3批批",
        "\x00\x01万元",
        "亿" * 50,
        "5—",
        "—5万元",
        "🙂5万元",
    ):
        read(text)
