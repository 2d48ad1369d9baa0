"""The model answer: target tables as they ought to be written, in both schemas. No rule may speak about them.

``changed`` and ``revalued`` spoil one cell at a time, so that a rule's test shows what makes it speak.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from youju.foundation.policies import law_on
from youju.rules.findings import Finding
from youju.rules.performance.targets.codes import check_character
from youju.rules.performance.targets.facts import (
    Department,
    DocumentHead,
    Indicator,
    Project,
    Subgoal,
    TargetDocument,
)
from youju.rules.performance.targets.lint import lint
from youju.rules.performance.targets.values import parse_value

DAY = date(2023, 1, 1)
LAW = law_on(DAY)


def row(level1: str, level2: str, level3: str, description: str, raw_value: str, basis: str) -> Indicator:
    """A row with its value taken apart as a reader would."""
    return Indicator(level1, level2, level3, description, raw_value, parse_value(raw_value), basis)


def code(first20: str) -> str:
    """A project code with its check character."""
    return first20 + check_character(first20)


def plan(*amounts: str | None) -> dict[str, str | None]:
    """A spending plan for the four dates of the form."""
    return dict(zip(("03", "06", "10", "12"), amounts, strict=True))


NOTICE = "保财建〔2023〕12号"
CONTRACT = "《联网信息平台运维合同》（2023年）"
RULES = "《劳务派遣用工管理办法》"

PLATFORM = Project(
    code=code("13060523P00456810001"),
    name=f"市场采购贸易联网信息平台运维经费（{NOTICE}）",
    budget="60.00",
    fiscal="50.00",
    other="10.00",
    purpose="联网信息平台服务器租赁、系统升级和安全测评",
    plan=plan("15.00", "30.00", "50.00", "60.00"),
    goals=(
        "1.2023年10月底前完成联网信息平台版本升级2次，全年可用率不低于99%。",
        "2.商户网上备案一次办结率达到95%以上，商户满意度达到90%以上。",
    ),
    indicators=(
        row(
            "产出指标",
            "数量指标",
            "平台版本升级次数",
            "全年通过验收的版本升级次数，以验收单计",
            "≥2次",
            CONTRACT,
        ),
        row("产出指标", "数量指标", "平台数据接口数量", "与海关、税务、外汇联通的接口", "＝3个", NOTICE),
        row(
            "产出指标", "质量指标", "升级一次验收合格率", "一次通过验收的升级次数÷升级次数", "=100%", CONTRACT
        ),
        row("产出指标", "质量指标", "平台可用率", "可用小时÷应当可用小时", "≥99%", CONTRACT),
        row("产出指标", "时效指标", "升级完成时间", "最后一次升级通过验收的日期", "2023年10月底前", CONTRACT),
        row("产出指标", "时效指标", "故障恢复时长", "自报修到恢复服务的最长时间", "≤4小时", CONTRACT),
        row("产出指标", "成本指标", "平台运维总成本", "全年支付的租赁、升级、测评费用", "≤60万元", NOTICE),
        row(
            "产出指标",
            "成本指标",
            "每户商户运维成本",
            "运维总成本÷在册商户数",
            "≤200元/户",
            "2022年实际215元/户",
        ),
        row(
            "效益指标",
            "经济效益指标",
            "平台办理出口额",
            "经平台办理的市场采购出口额",
            "≥2亿元",
            "2022年实际1.8亿元",
        ),
        row(
            "效益指标",
            "社会效益指标",
            "商户备案便利程度",
            "与上年窗口办理相比",
            "显著提高（达成/部分达成/未达成）",
            NOTICE,
        ),
        row("效益指标", "生态效益指标", "无纸化办理比例", "网上办结的业务÷全部业务", "≥90%", "2022年实际86%"),
        row(
            "效益指标",
            "可持续影响指标",
            "交易数据保存年限",
            "可追溯的交易数据保存时间",
            "≥3年",
            "《电子商务法》",
        ),
        row(
            "满意度指标",
            "服务对象满意度指标",
            "商户满意度",
            "问卷中满意和基本满意的占比",
            "≥90%",
            "2022年问卷91%",
        ),
        row("满意度指标", "服务对象满意度指标", "商户投诉率", "有效投诉件数÷办件数", "≤5%", "2022年实际4.6%"),
    ),
)

STAFF = Project(
    code=code("13060523P00454310001"),
    name="运转保障-国贸中心劳务派遣资金",
    budget="45.01",
    fiscal="45.01",
    other=None,
    purpose="6名劳务派遣人员的工资、社会保险和管理费",
    plan=plan("11.25", "22.51", "37.51", "45.01"),
    goals=("1.保障6名窗口人员全年在岗，办理窗口业务1200件以上。",),
    indicators=(
        row(
            "产出指标",
            "数量指标",
            "在岗人数",
            "各月在岗派遣人员的平均数",
            "=6人",
            "《劳务派遣合同》（2023年）",
        ),
        row("产出指标", "质量指标", "窗口业务差错率", "差错件数÷办件数", "≤1%", RULES),
        row(
            "产出指标",
            "时效指标",
            "业务按时办结率",
            "承诺的3个工作日内办结的件数÷办件数，12月31日前统计",
            "≥98%",
            RULES,
        ),
        row(
            "产出指标",
            "成本指标",
            "人均用工成本",
            "总费用÷人数÷12",
            "≤6251.39元/人·月",
            "《劳务派遣合同》（2023年）",
        ),
        row(
            "效益指标",
            "经济效益指标",
            "窗口代办节约商户费用",
            "与委托代办相比节约的费用",
            "≥20万元",
            "2022年实际18万元",
        ),
        row(
            "效益指标",
            "社会效益指标",
            "窗口办理业务量",
            "全年窗口办结的业务",
            "≥1,200件",
            "2022年实际1,160件",
        ),
        row(
            "满意度指标",
            "服务对象满意度指标",
            "办事商户满意度",
            "窗口评价器的满意占比",
            "≥95%",
            "2022年实际95%",
        ),
    ),
)

HEBEI = TargetDocument(
    DocumentHead("304001", "白沟新城国际贸易服务中心", "万元", "hebei-2020", 2023),
    Department(
        "提升试点能级。", (Subgoal("试点良性运转", "平台稳定运行", "可用率≥99%"), Subgoal("机关运转", "", ""))
    ),
    (PLATFORM, STAFF),
)

FAIR = Project(
    code=code("13060524P00454610001"),
    name="外经贸发展专项资金（境外参展）（保财建〔2024〕8号）",
    budget="3000000.00",
    fiscal="3000000.00",
    other="0.00",
    purpose="补助箱包企业境外参展的展位费和人员费",
    plan=plan("750000.00", "1500000.00", "2500000.00", "3000000.00"),
    goals=("1.组织20家以上箱包企业参加境外展会4场，意向成交额达到500万美元。",),
    indicators=(
        row(
            "成本指标",
            "经济成本指标",
            "参展补助总成本",
            "全年支付的展位费和人员费补助",
            "≤300万元",
            "保财建〔2024〕8号",
        ),
        row(
            "成本指标",
            "经济成本指标",
            "单个展位补助标准",
            "每个标准展位的补助上限",
            "≤3万元",
            "《境外参展补助办法》",
        ),
        row(
            "成本指标",
            "社会成本指标",
            "参展扰民投诉次数",
            "国内仓储和集货引起的投诉",
            "≤2次",
            "《境外参展补助办法》",
        ),
        row("产出指标", "数量指标", "参展企业数", "实际到展的企业", "≥20家", "《2024年境外展会计划》"),
        row(
            "产出指标",
            "质量指标",
            "符合条件企业占比",
            "公示无异议的企业÷受补助企业",
            "100%以上",
            "《境外参展补助办法》",
        ),
        row(
            "产出指标",
            "时效指标",
            "补助审核完成时间",
            "最后一批审核公示的日期",
            "2024年11月30日前",
            "《境外参展补助办法》",
        ),
        row(
            "效益指标",
            "经济效益指标",
            "意向成交额",
            "展会期间签订的意向合同",
            "≥500万美元",
            "2023年实际460万美元",
        ),
        row(
            "效益指标",
            "社会效益指标",
            "自有品牌知名度",
            "优：新增省级以上品牌2个；良：新增1个；中：未新增；差：品牌被撤销",
            "有所提高",
            "《箱包产业品牌三年计划》",
        ),
        row(
            "满意度指标",
            "服务对象满意度指标",
            "参展企业满意率",
            "回访中满意的企业占比",
            "不低于90%",
            "2023年回访92%",
        ),
    ),
)

MOF = TargetDocument(
    DocumentHead("304001", "白沟新城国际贸易服务中心", "元", "mof-2021", 2024), Department(), (FAIR,)
)


def changed(place: int = 1, /, *, document: TargetDocument = HEBEI, **fields: Any) -> TargetDocument:
    """The document with fields of its ``place``-th project (from 1) replaced."""
    projects = list(document.projects)
    projects[place - 1] = replace(projects[place - 1], **fields)
    return replace(document, projects=tuple(projects))


def revalued(
    row: int, /, *, project: int = 1, document: TargetDocument = HEBEI, **fields: str
) -> TargetDocument:
    """The document with cells of one row replaced; a new ``raw_value`` is taken apart again."""
    rows = list(document.projects[project - 1].indicators)
    rows[row - 1] = replace(rows[row - 1], **fields)
    rows[row - 1] = replace(rows[row - 1], value=parse_value(rows[row - 1].raw_value))
    return changed(project, document=document, indicators=tuple(rows))


def found(rule: str, document: TargetDocument, **options: Any) -> list[Finding]:
    """What one rule says about a document."""
    return [finding for finding in lint(document, LAW, **options) if finding.rule == rule]


def places(rule: str, document: TargetDocument, **options: Any) -> list[tuple[int | None, int | None, str]]:
    """Where one rule speaks: the project's place (from 1), the row, the field."""
    order = {project.code: number for number, project in enumerate(document.projects, 1)}
    at = [finding.at for finding in found(rule, document, **options)]
    return [(order.get(str(each["project"])), each["row"], str(each["field"])) for each in at]  # type: ignore[misc]
