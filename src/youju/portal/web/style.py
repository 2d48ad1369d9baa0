"""The living style page: every component drawn by the very lines that are printed beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest, HttpResponseBase
from django.template import engines
from django.urls import reverse
from django.views.decorators.http import require_safe

from youju.foundation.identity.permissions import Permission
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.shell.listing import Column, Listing, render_listing

EXAMPLES = Path(__file__).resolve().parents[1] / "templates" / "portal" / "examples"
TOKENS = (
    ("--ink", "墨蓝：标题、主按钮、表格粗线"),
    ("--paper", "纸白：页面"),
    ("--paper-shade", "浅纸：菜单、筛选栏"),
    ("--rule", "细线"),
    ("--muted", "次要文字"),
    ("--link", "链接"),
    ("--seal", "朱红：只用于已审定的印和错误"),
    ("--warning", "警告"),
    ("--hint", "提示"),
)


class SampleForm(forms.Form):
    """A form with one refused field."""

    name = forms.CharField(label="项目名称", help_text="与预算文件一致。")
    budget = forms.DecimalField(label="预算数（万元）", error_messages={"invalid": "请填数字，例如 5.00。"})
    kind = forms.ChoiceField(label="资金类别", choices=[("fiscal", "财政资金"), ("other", "其他资金")])
    carried = forms.BooleanField(label="上年结转", required=False)
    file = forms.FileField(
        label="绩效目标文件", required=False, help_text="docx、xlsx、txt、html 或带文字的 pdf。"
    )


class SampleFilter(forms.Form):
    """A filter with one field."""

    q = forms.CharField(label="查找", required=False, max_length=20)


@dataclass(frozen=True, slots=True)
class Example:
    """A component: what it is for, its lines, and what they draw."""

    key: str
    title: str
    note: str
    source: str
    drawn: str


@dataclass(frozen=True, slots=True)
class Row:
    """A made-up row for the sample listing."""

    code: str
    name: str
    amount: str


ROWS = [Row(f"P{n:04}", f"示例项目{n}", f"{n * 37 % 500}.{n % 100:02}") for n in range(1, 61)]
SAMPLE = Listing(
    name="sample",
    title="示例项目",
    columns=(
        Column("name", "项目名称", sort="name", narrow="title"),
        Column("code", "编码", sort="code"),
        Column("amount", "预算数（万元）", sort="amount", numeric=True),
    ),
    order="code",
    filter_form=SampleFilter,
    export_name="示例项目",
    page_sizes=(10, 25, 50),
)


def examples(request: HttpRequest) -> list[Example]:
    """Every file of ``templates/portal/examples`` in order: first line ``title｜note``, then the template's lines."""
    engine = engines["django"]
    context = _context()
    found = []
    for path in sorted(EXAMPLES.glob("*.html")):
        head, _, source = path.read_text(encoding="utf-8").partition("\n")
        title, _, note = head.removeprefix("{# ").removesuffix(" #}").partition("｜")
        drawn = engine.from_string("{% load shell %}" + source).render(context, request)
        found.append(Example(path.stem[3:], title, note, source.strip(), drawn))
    return found


def _context() -> dict[str, Any]:
    form = SampleForm({"name": "", "budget": "五万", "kind": "fiscal"})
    form.is_valid()
    return {
        "form": form,
        "messages": [
            Message(constants.SUCCESS, "已保存。"),
            Message(constants.ERROR, "没有办成：文件是空的。"),
        ],
        "findings": [
            {
                "rule": "TGT-001",
                "severity": "error",
                "message": "预算数 5.00 与财政资金、其他资金之和 4.00 不相等。",
                "suggestion": "核对三个数，改正其中一个。",
                "place": "第 3 个项目，预算数",
                "href": "#finding",
            },
            {
                "rule": "TGT-009",
                "severity": "warning",
                "message": "指标值“1次”没有比较符号。",
                "suggestion": "写成“≥1次”或“=1次”。",
                "place": "第 3 个项目，第 2 行",
            },
            {
                "rule": "TGT-012",
                "severity": "hint",
                "message": "依据“年度工作计划”过于笼统。",
                "suggestion": "写明文件名称和文号。",
            },
        ],
        "svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 420 90" width="420" height="90" role="img" '
        'aria-label="甲 300，乙 180"><g fill="#1d2b45"><rect x="40" y="10" width="300" height="26"/>'
        '<rect x="40" y="50" width="180" height="26"/></g>'
        '<g font-size="13" fill="#20262f"><text x="12" y="28">甲</text><text x="12" y="68">乙</text></g></svg>',
        "headings": ["项目", "预算数（万元）"],
        "rows": [["甲", "300.00"], ["乙", "180.00"]],
        "pairs": [("项目编码", "13060523P00456310001Q"), ("预算数", "5.00 万元"), ("其他资金", None)],
    }


@require_safe
@permission_required(Permission.STYLE_VIEW)
def style(request: HttpRequest) -> HttpResponseBase:
    """All components."""

    def rows(wish: Mapping[str, Any]) -> list[Row]:
        return [row for row in ROWS if (wish.get("q") or "") in row.name + row.code]

    context = {"examples": examples(request), "tokens": TOKENS, "home": reverse("portal:home")}
    return render_listing(request, SAMPLE, rows, template="portal/style.html", context=context)
