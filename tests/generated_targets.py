"""Documents made up for the round trip: every one is what ``targets read`` could have printed.

Texts are normal: no white space at their ends, no line breaks inside (reading removes both).
"""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from youju.performance.targets.imports.labels import column_of, field_of, field_with_value, month_of
from youju.rules.performance.targets.facts import (
    PLAN_MONTHS,
    Department,
    DocumentHead,
    Indicator,
    Project,
    Safeguard,
    Subgoal,
    TargetDocument,
)
from youju.rules.performance.targets.values import parse_value

_SIGNS = (
    "的一是在不了有和人这中大为上个国我以要他预算绩效目标产出数量质量〔〕【】[]（）()“”‘’\"'《》<>&=+-@#$%％‰·,，、；;：:.!！"
    "?？/\\_*|{}~^`0123456789０１２３ＡＢabcXYZ≥≤＞＝é€𠮷😀 \u3000"
)
_AWKWARD = (
    "=1+1",
    "+5",
    "-3%",
    "@SUM(A1)",
    '=HYPERLINK("http://a.b","x")',
    "http://example.invalid/a?b=c&d",
    "_x000D_",
    "&amp;<b>粗</b>",
    "]]>",
    "{{ 1 + 1 }}",
    "#set text(red)",
    "$x^2$ *粗* _斜_",
    "“引号”与'撇号'",
    "TRUE",
    "1E5",
    "00123",
    "2023-01-01",
    "指标 描述\t有制表",
    "说明" * 600,
)
_VALUES = (
    "≥98%",
    "≤5万元",
    "1次",
    "显著提高",
    "2023年12月底前",
    "≥96综合业务管理工作完成率",
    "＞＝２家",
    "447万元",
    "1,000.50元",
)
_LEVELS = {
    "产出指标": ("数量指标", "质量指标", "时效指标", "成本指标"),
    "效益指标": ("经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标"),
    "满意度指标": ("服务对象满意度指标",),
}
_COST = {"成本指标": ("经济成本指标", "社会成本指标", "生态环境成本指标")}


def _is_normal(text: str) -> bool:
    """No white space at the ends, and not word for word one of the form's own labels (项目名称, 3月底, 绩效目标：…)."""
    is_label = field_of(text) or month_of(text) or column_of(text) or field_with_value(text)
    return text == text.strip() and not is_label


free = st.text(_SIGNS, max_size=60).filter(_is_normal)
text = st.one_of(free, st.sampled_from(_AWKWARD))
filled = text.filter(bool)
# The reader takes no year from a title that contains a project's name (a project's own title states the year of its
# funds), so a name made up here is never a piece of the document's title.
names = filled.filter(lambda name: set(name) - set("0123456789年部门预算绩效目标"))
# Words of part one: what divides its lines (numbers of an enumeration, the first full stop) stands elsewhere.
words = st.text("推动外贸高质量发展，提升试点能级；“箱包”AEO 2023年", min_size=1, max_size=50).map(
    lambda found: f"着力{found}".strip()
)
paragraphs = st.lists(words.map(lambda found: f"{found}。"), min_size=1, max_size=3).map("\n".join)
amount = st.one_of(
    st.none(),
    st.decimals(0, 99999999, places=2).map(str),
    st.integers(0, 10**9).map(str),
    st.sampled_from(["0", "0.00", "5.00", "100.0", "2945.250000"]),
)


@st.composite
def indicators(draw: st.DrawFn) -> tuple[Indicator, ...]:
    """0–40 rows; levels run on, come back later, or stand in another order than usual.

    A byte of one draw chooses each cell from a dozen texts: to draw every cell by itself costs ten times as much.
    """
    levels = {**_LEVELS, **(_COST if draw(st.booleans()) else {})}
    odd_names = draw(st.sampled_from([False, False, True]))
    cells = draw(st.lists(text, min_size=1, max_size=12))
    full = [each for each in cells if each] or [draw(filled)]
    values = (*_VALUES, *cells)
    places: list[tuple[str, str]] = []
    for usual1 in draw(st.lists(st.sampled_from(sorted(levels)), max_size=6)):
        level1 = draw(st.sampled_from(full)) if odd_names else usual1
        for usual2 in draw(st.lists(st.sampled_from(levels[usual1]), min_size=1, max_size=6)):
            level2 = draw(st.sampled_from(cells)) if odd_names else usual2
            places += [(level1, level2)] * draw(st.sampled_from([1, 1, 1, 2, 5]))
    del places[40:]
    chosen = iter(draw(st.binary(min_size=4 * len(places), max_size=4 * len(places))))

    def pick(texts: Sequence[str]) -> str:
        return texts[next(chosen) % len(texts)]

    rows = []
    for level1, level2 in places:
        raw = pick(values)
        # A row that states nothing but its levels is blank to the reader, not an indicator.
        level3 = pick(cells if raw else full)
        rows.append(Indicator(level1, level2, level3, pick(cells), raw, parse_value(raw), pick(cells)))
    return tuple(rows)


@st.composite
def projects(draw: st.DrawFn, code: str) -> Project:
    """One project table under the given code."""
    return Project(
        code=code,
        name=draw(names),
        budget=draw(amount),
        fiscal=draw(amount),
        other=draw(amount),
        purpose=draw(text),
        plan={month: draw(amount) for month in PLAN_MONTHS},
        goals=tuple(draw(st.lists(filled, max_size=4))),
        indicators=draw(indicators()),
    )


@st.composite
def documents(draw: st.DrawFn) -> TargetDocument:
    """A whole document with 1–4 projects; its schema is the one that its rows tell."""
    codes = draw(
        st.lists(
            st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=6, max_size=21),
            min_size=1,
            max_size=4,
            unique=True,
        )
    )
    tables = tuple(draw(projects(code)) for code in codes)
    cost = any("成本" in row.level1 for table in tables for row in table.indicators)
    department = draw(
        st.one_of(
            st.just(Department()),
            st.builds(
                Department,
                goal=st.one_of(st.just(""), paragraphs),
                subgoals=st.lists(
                    st.builds(
                        Subgoal, title=words, goal=st.one_of(st.just(""), paragraphs), indicator=paragraphs
                    ),
                    max_size=12,
                ).map(tuple),
                safeguards=st.lists(
                    st.builds(Safeguard, title=words, text=st.one_of(st.just(""), paragraphs)), max_size=12
                ).map(tuple),
            ),
        )
    )
    unit = draw(
        st.sampled_from([("304001", "保定白沟新城国际贸易服务中心（本级）"), (None, "某某局"), (None, None)])
    )
    head = DocumentHead(
        *unit,
        money_unit=draw(st.sampled_from(["万元", "元", "亿元"])),
        schema="mof-2021" if cost else "hebei-2020",
        fiscal_year=draw(st.one_of(st.none(), st.integers(2015, 2035))),
    )
    return TargetDocument(head, department, tables)
