"""What the generated report says: sections, sentences, tables."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from reports_made import BEFORE, EXPORTS, EXPORTS_BEFORE, HALF, SCORES, SHORT, SPENT, Slot, Writer, actuals
from youju.performance.targets import demo

D = Decimal
PROJECTS = {each.code: each for each in demo.document().projects}
NUMBERS = "一二三四五六七八九十"


def compose(w: Writer) -> None:
    """The whole report, top to bottom."""
    w.say("保定白沟新城国际贸易服务中心2023年度项目支出绩效自评报告")
    w.say("一、总体情况")
    _summary(w)
    w.say("二、项目绩效自评情况")
    for place, code in enumerate(SHORT):
        _section(w, place, code)
    w.say("三、资金安排和使用汇总")
    _table(w)
    w.say("四、市场采购贸易运行情况")
    _trade(w)
    w.say("五、存在的问题和下一步打算")
    w.say("一是部分项目支出进度偏慢，下半年才集中拨付；二是3个项目佐证材料不全，需在30日内补齐；三是绩效指标设置偏笼统，全省平均优秀率为62.5%，"
          "仍有差距。2024年拟新增2个项目，安排资金120万元。")  # fmt: skip
    w.say("联系电话：0312-2712345，邮编074004，报告日期2024年1月18日，共18页，附件3份。")


def _others(code: str, values: dict[str, Decimal]) -> Iterator[Decimal]:
    yield from (value for other, value in values.items() if other != code and value > 5)


def _budget(w: Writer, code: str, *, alone: bool = False) -> Slot:
    budgets = {each: D(project.budget or 0) for each, project in PROJECTS.items()}
    return w.money(budgets[code], others=lambda: _others(code, budgets), kind=None if alone else SPENT[code])


def _spent(w: Writer, code: str) -> Slot:
    return w.money(
        SPENT[code], others=lambda: _others(code, SPENT), old=BEFORE[code], kind=D(PROJECTS[code].budget or 0)
    )


def _rate(w: Writer, code: str) -> Slot:
    budget = D(PROJECTS[code].budget or 0)
    return w.rate(SPENT[code] * 100 / budget)


def _summary(w: Writer) -> None:
    total, spent, half = D("2945.25"), sum(SPENT.values(), D(0)), sum(HALF.values(), D(0))
    w.say(
        "根据《预算法》和财预〔2020〕10号文件要求，我中心对2023年度12个项目开展绩效自评，涉及预算资金",
        w.money(total, unit="万元"),
        "，全年实际支出",
        w.money(spent, unit="万元"),
        "，预算执行率",
        w.rate(spent * 100 / total),
        "；其中上半年支出",
        w.money(half, unit="万元"),
        "。",
    )
    codes = list(SHORT)
    a, b, c = codes[1], codes[2], codes[3]
    w.say(
        "日常运转类项目3个：",
        SHORT[a],
        _budget(w, a, alone=True),
        "、",
        SHORT[b],
        _budget(w, b, alone=True),
        "、",
        SHORT[c],
        _budget(w, c, alone=True),
        "。专项类项目9个，第1批资金于2023年3月24日下达。",
    )
    w.say(
        SHORT[codes[4]],
        "、",
        SHORT[codes[8]],
        "和",
        SHORT[codes[9]],
        "三个项目全年预算分别为",
        _budget(w, codes[4]),
        "、",
        _budget(w, codes[8]),
        "和",
        _budget(w, codes[9]),
        "，实际支出分别为",
        _spent(w, codes[4]),
        "、",
        _spent(w, codes[8]),
        "、",
        _spent(w, codes[9]),
        "。",
    )
    w.say(
        "从自评结果看，",
        SHORT[codes[3]],
        "自评得分",
        _score(w, codes[3]),
        "，排名第1；",
        SHORT[codes[11]],
        "得分",
        _score(w, codes[11]),
        "，评价等级为“中”，主要是资金支出偏慢，执行率仅为",
        _rate(w, codes[11]),
        "。",
    )


def _score(w: Writer, code: str) -> Slot:
    return w.rate(SCORES[code], "分", points=False)


def _section(w: Writer, place: int, code: str) -> None:
    project, name, chance = PROJECTS[code], SHORT[code], w.chance
    budget = D(project.budget or 0)
    rate = SPENT[code] * 100 / budget
    before_rate = BEFORE[code] * 100 / (BEFORE[code] + 3)
    numbered = NUMBERS[place] if place < 10 else "十" + NUMBERS[place - 10]
    w.say(f"（{numbered}）{project.name if chance.random() < 0.4 else name}")
    style = chance.randrange(6)
    if style == 0:
        w.say(
            "1.资金情况。该项目年初预算",
            _budget(w, code),
            "，全年执行",
            _spent(w, code),
            "，执行率为",
            w.rate(rate),
            "，结余",
            w.money(budget - SPENT[code]),
            "按规定交回财政。",
        )
    elif style == 1:
        w.say(
            "项目预算安排",
            _budget(w, code),
            "，资金于2023年1月10日前批复。截至2023年12月31日，累计支出",
            _spent(w, code),
            "，占预算的",
            w.rate(rate),
            "；截至6月底支出",
            w.money(HALF[code], others=lambda: _others(code, HALF)),
            "。",
        )
    elif style == 2:
        w.say(
            f"2023年，{name}共安排财政资金",
            _budget(w, code),
            "，实际拨付",
            _spent(w, code),
            "，预算执行率达到",
            w.rate(rate),
            "，比上年的",
            w.rate(before_rate, points=False),
            *_moved(w, rate, before_rate),
            "。",
        )
    elif style == 3:
        w.say(
            f"{name}预算、执行数和执行率分别为",
            _budget(w, code),
            "、",
            _spent(w, code),
            "、",
            w.rate(rate),
            "。2022年该项目支出",
            w.money(BEFORE[code], old=SPENT[code]),
            "。",
        )
    elif style == 4:
        w.say(
            "本项目",
            _budget(w, code),
            "预算中，全年共支付",
            _spent(w, code),
            "（上半年",
            w.money(HALF[code]),
            "），执行进度",
            w.rate(rate),
            "。合同约定分3期付款，首期支付30%。",
        )
    else:
        w.say(
            "预算执行情况：预算数",
            _budget(w, code),
            "；执行数",
            _spent(w, code),
            "；预算执行率",
            w.rate(rate),
            "。",
        )
    if chance.random() < 0.4:
        w.say(
            "资金支付均有合同和发票，其中向示例律师事务所支付2.31万元，单笔最高1.2万元；第2批于2023年6月26日拨付到位。"
        )
    _indicators(w, code)
    grade = "优" if SCORES[code] >= 90 else "中"
    w.say(
        chance.choice(("经自评，项目得分", "综合各项指标，自评得分", "自评总分为")),
        _score(w, code),
        chance.choice(("，等级为", "，评价等级：")),
        grade,
        "。",
    )


def _moved(w: Writer, now: Decimal, before: Decimal) -> list[str | Slot]:
    moved = now - before
    word = w.chance.choice(("提高", "上升")) if moved >= 0 else w.chance.choice(("下降", "降低"))
    return [word, w.rate(abs(moved), "个百分点")]


def _indicators(w: Writer, code: str) -> None:
    project, chance, known = PROJECTS[code], w.chance, actuals(code)
    if chance.random() < 0.55:
        rows: list[list[str | Slot]] = [["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值"]]
        for place, row in enumerate(project.indicators):
            actual = known.get(place)
            done: str | Slot = "达成预期"
            target: str | Slot = row.raw_value
            if actual is not None:
                done = _value(w, actual, row.value.unit or "%")
                target = Slot(
                    f"{row.value.operator or ''}{row.value.number}{row.value.unit or ('%' if chance.random() < 0.5 else '')}",
                    {
                        "digit": f"{row.value.operator or ''}{int(D(row.value.number or 0)) + 3}{row.value.unit or '%'}"
                    },
                )
            rows.append([row.level1, row.level2, row.level3, target, done])
        w.say(f"{SHORT[code]}绩效指标完成情况见下表。")
        w.table(rows)
        return
    for place, row in enumerate(project.indicators):
        actual = known.get(place)
        if actual is None:
            continue
        unit = row.value.unit or "%"
        name = row.level3.replace("（%）", "")
        target = D(row.value.number or 0)
        style = chance.randrange(5)
        printed = _value(w, actual, unit)
        if unit == "%" and style == 0 and actual != target:
            w.say(
                f"{row.level2}：{name}目标为{row.value.operator or ''}",
                w.rate(target, points=False),
                "，实际完成",
                printed,
                "，高于目标",
                w.rate(actual - target, "个百分点"),
                "。",
            )
        elif style == 1:
            w.say(
                f"{name}完成",
                printed,
                f"，达到年度目标（{row.value.operator or ''}{row.value.number}{unit}）。",
            )
        elif style == 2:
            w.say(f"{name}为", printed, "，已按计划完成。")
        elif style == 3:
            w.say(
                f"{row.level2}方面，年初设定{name}",
                f"{row.value.operator or ''}{row.value.number}{unit}，年末实际达到",
                printed,
                "。",
            )
        else:
            w.say(f"{name}（目标{row.value.operator or ''}{row.value.number}{unit}）实际值", printed, "。")


def _value(w: Writer, value: Decimal, unit: str) -> Slot:
    if unit == "%":
        return w.rate(value)
    if unit == "万元":
        return w.money(value, unit="万元")
    if unit == "亿元":
        return w.money(value * 10000, unit="亿元")
    return w.count(value, unit)


def _table(w: Writer) -> None:
    w.say("表1 项目资金执行情况（单位：万元）")
    rows: list[list[str | Slot]] = [
        ["序号", "项目名称", "年初预算数", "全年执行数", "预算执行率", "自评得分"]
    ]
    for place, code in enumerate(SHORT, 1):
        project = PROJECTS[code]
        plain = []
        for slot in (
            w.money(D(project.budget or 0), unit="万元", kind=SPENT[code]),
            w.money(SPENT[code], unit="万元", old=BEFORE[code]),
        ):
            slot.printed = slot.printed.removesuffix("万元")
            slot.wrong = {
                name: text.removesuffix("万元") for name, text in slot.wrong.items() if name != "unit"
            }
            plain.append(slot)
        score = _score(w, code)
        score.printed = score.printed.removesuffix("分")
        score.wrong = {name: text.removesuffix("分") for name, text in score.wrong.items()}
        rate = w.rate(SPENT[code] * 100 / D(project.budget or 0), points=False)
        rows.append([str(place), project.name, *plain, rate, score])
    spent = sum(SPENT.values(), D(0))
    rows.append(["", "合计", "2945.25", f"{spent}", w.rate(spent * 100 / D("2945.25"), points=False), ""])
    w.table(rows)


def _trade(w: Writer) -> None:
    now, before = EXPORTS[""], EXPORTS_BEFORE
    w.say(
        "2023年，试点出口额完成",
        w.money(now),
        "，比2022年的",
        w.money(before),
        "增长",
        w.rate((now - before) * 100 / before, points=False),
        "，完成年度目标任务。一季度出口额",
        w.money(EXPORTS["01-03"]),
        "，上半年出口额",
        w.money(EXPORTS["01-06"]),
        "。",
    )
    w.say(
        "从全国看，1039方式全年出口超过8000亿元，义乌市出口额3920.5亿元，同比增长12.3%；石家庄试点出口额46.2亿元。"
    )
    w.say(
        "全年市场采购出口额首次突破2亿元，达到",
        w.money(now, unit="亿元"),
        "；注册市场经营主体增加至1,286户，开行班列37列，覆盖63个国家和地区。",
    )
    w.say(
        "市场采购贸易方式专项资金全年兑付",
        _spent(w, "13060523P00454510001M"),
        "，试点出口额达",
        w.money(now),
        "，惠及企业一百余家。",
    )
