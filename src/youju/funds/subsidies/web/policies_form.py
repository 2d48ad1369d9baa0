"""The form of a policy ↔ its plain data. What is typed stays as it was typed, also where it cannot be read yet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import QueryDict

from youju.rules.funds.subsidies.limits import CLAUSES
from youju.rules.funds.subsidies.shapes import COSTS, SHAPES
from youju.rules.funds.subsidies.texts import STACKING
from youju.rules.trade.parties.roles import PartyRole

ROLES = [(role.value, role.label) for role in PartyRole if role is not PartyRole.BUYER]
KINDS = list(COSTS.items())
COUNTS = list(STACKING.items())
NEW_CLAUSES = list(SHAPES.items())
_WORDS = re.compile(r"[\s,，、;；]+")


@dataclass(frozen=True, slots=True)
class Input:
    """One control: its key within the clause, label, kind (``text``, ``date``, ``area``, ``flag``, ``kinds``), help."""

    key: str
    label: str
    kind: str = "text"
    help: str = ""
    value: object = ""
    name: str = ""


FIELDS: dict[str, tuple[Input, ...]] = {
    "flat_rate": (Input("rate", "每 1 美元补贴（元）"),),
    "increment": (
        Input("rate", "增量每 1 美元补贴（元）"),
        Input("base.from", "基期第一天", "date"),
        Input("base.to", "基期最后一天", "date"),
        Input("threshold", "增量起点（美元）", help="增量超过它才补；不写是零"),
        Input("deductible", "只补超过起点的部分", "flag"),
    ),
    "tiers": (
        Input(
            "steps", "各档", "area", help="一行一档：起点（美元） 每 1 美元（元） 一次奖励（元）；没有的写 0"
        ),
        Input("whole", "达到一档，全额按该档（不勾：各段按各自的档）", "flag"),
    ),
    "per_container": (Input("amount", "每标箱补贴（元）"),),
    "cost_share": (
        Input("kinds", "费用种类", "kinds"),
        Input("share", "比例", help="0.5 是一半"),
        Input("each_cap", "每笔上限（元）", help="不写是没有"),
    ),
    "first_export": (Input("amount", "奖励（元）"),),
}
COMMON = (
    Input("title", "条款名称"),
    Input("reference", "依据", help="文号和第几条"),
    Input("cap", "本条款每户上限（元）", help="不写是没有"),
)
ONLY = (
    Input("only.partners", "只限运抵国（地区）", help="两位代码，用空格隔开；不写是不限"),
    Input("only.products", "只限商品", help="税则号列前几位，用空格隔开；不写是不限"),
)
HEAD = (
    Input("title", "名称"),
    Input("project", "承担项目", help="预算项目编码"),
    Input("source", "依据", help="文号"),
    Input("window.from", "补贴期间第一天", "date"),
    Input("window.to", "补贴期间最后一天", "date"),
    Input("filing.from", "申报期第一天", "date"),
    Input("filing.to", "申报期最后一天", "date"),
    Input("budget", "资金总额（元）"),
    Input("party_cap", "每户上限（元）", help="不写是没有"),
    Input("prepaid", "预拨比例", help="复核通过后可以先付的比例，例如 0.5；不写是没有"),
    Input("publicity_days", "公示（工作日）"),
    Input("eligible.filed_before", "备案早于", "date", help="不写是不限"),
    Input("eligible.least_usd", "出口起点（美元）", help="不写是没有"),
)


@dataclass(frozen=True, slots=True)
class ClauseForm:
    """A clause in the form; ``place`` counts from 0."""

    place: int
    id: str
    shape: str
    label: str
    inputs: tuple[Input, ...]


def clause_forms(text: Mapping[str, Any]) -> list[ClauseForm]:
    """The clauses of a draft with their values."""
    found = []
    for place, clause in enumerate(text.get("clauses") or ()):
        shape = str(clause.get("shape") or "")
        inputs = (*COMMON[:2], *FIELDS.get(shape, ()), COMMON[2], *(() if shape == "cost_share" else ONLY))
        filled = tuple(
            Input(i.key, i.label, i.kind, i.help, _shown(clause, i), f"c{place}-{i.key}") for i in inputs
        )
        found.append(ClauseForm(place, str(clause.get("id") or ""), shape, SHAPES.get(shape, shape), filled))
    return found


def head_inputs(text: Mapping[str, Any]) -> list[Input]:
    """The terms of a draft with their values."""
    return [Input(i.key, i.label, i.kind, i.help, _shown(text, i)) for i in HEAD]


def evidence_lines(text: Mapping[str, Any]) -> str:
    """Papers, one a line: code and title."""
    return "\n".join(f"{each.get('code', '')} {each.get('title', '')}" for each in text.get("evidence") or ())


def text_of(post: QueryDict, before: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed as plain data; keys that the form does not show (examples, marks) are kept from before."""
    text: dict[str, Any] = {key: before[key] for key in ("verified", "example", "examples") if key in before}
    for each in HEAD:
        _put(text, each.key, _typed(post.get(each.key, ""), each))
    text.setdefault("eligible", {})["roles"] = post.getlist("roles")
    days = str(text.get("publicity_days", ""))
    if days.isdecimal() and days.isascii() and len(days) <= 3:
        text["publicity_days"] = int(days)
    for flag in ("collected", "exempted"):
        text[flag] = flag in post
    against = _split(post.get("against", ""))
    if against:
        text["stacking"] = {"against": against, "counts": post.get("counts", "better")}
    papers = [line.strip().partition(" ") for line in post.get("evidence", "").splitlines() if line.strip()]
    if papers:
        text["evidence"] = [{"code": code, "title": title.strip()} for code, _, title in papers]
    _put(text, "note", " ".join(post.get("note", "").split()))
    text["clauses"] = [_clause(post, place) for place in range(CLAUSES) if f"c{place}-shape" in post]
    return text


def acted(text: dict[str, Any], act: str) -> dict[str, Any]:
    """The draft after a button of the form: ``add:SHAPE``, ``drop:PLACE``, ``up:PLACE``."""
    deed, _, what = act.partition(":")
    clauses = text["clauses"]
    if deed == "add" and what in SHAPES and len(clauses) < CLAUSES:
        taken = {clause.get("id") for clause in clauses}
        number = next(n for n in range(1, CLAUSES + 2) if f"c{n}" not in taken)
        clauses.append({"id": f"c{number}", "title": SHAPES[what], "shape": what})
    if what.isdecimal() and len(what) <= 2 and int(what) < len(clauses):
        if deed == "drop":
            del clauses[int(what)]
        if deed == "up" and int(what):
            clauses.insert(int(what) - 1, clauses.pop(int(what)))
    return text


def _clause(post: QueryDict, place: int) -> dict[str, Any]:
    name = f"c{place}-"
    shape = post.get(f"{name}shape", "")
    clause: dict[str, Any] = {"id": post.get(f"{name}id", "").strip(), "shape": shape}
    for each in (*COMMON, *FIELDS.get(shape, ()), *ONLY):
        key = name + each.key
        match each.kind:
            case "flag":
                clause[each.key] = key in post
            case "kinds":
                clause[each.key] = post.getlist(key)
            case "area":
                clause[each.key] = _steps(post.get(key, ""))
            case _ if each.key.startswith("only."):
                _put(
                    clause,
                    each.key,
                    _split(post.get(key, "").upper() if each.key.endswith("partners") else post.get(key, "")),
                )
            case _:
                _put(clause, each.key, _typed(post.get(key, ""), each))
    return clause


def _typed(value: str, each: Input) -> str:
    """Text without its edges; a last day becomes the first day after, as texts have it."""
    text = " ".join(value.replace("\0", "").split())
    if each.kind != "date" or not each.key.endswith(".to"):
        return text
    try:
        return (date.fromisoformat(text) + timedelta(days=1)).isoformat()
    except (ValueError, OverflowError):
        return text


def _shown(data: Mapping[str, Any], each: Input) -> object:
    value: Any = data
    for part in each.key.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    if each.kind == "area":
        return "\n".join(
            f"{s.get('from', '')} {s.get('rate', '0')} {s.get('amount', '0')}" for s in value or ()
        )
    if each.kind in {"flag", "kinds"}:
        return value or ([] if each.kind == "kinds" else False)
    if each.kind == "date" and each.key.endswith(".to") and value:
        try:
            return (date.fromisoformat(str(value)) - timedelta(days=1)).isoformat()
        except (ValueError, OverflowError):
            return value
    return " ".join(value) if isinstance(value, list) else value if value is not None else ""


def _steps(value: str) -> list[dict[str, str]]:
    found = []
    for line in value.splitlines():
        parts = line.split()
        if parts:
            step = dict(zip(("from", "rate", "amount"), parts, strict=False))
            found.append({key: each for key, each in step.items() if key == "from" or each.strip("0.")})
    return found


def _split(value: str) -> list[str]:
    return [each for each in _WORDS.split(value.replace("\0", "")) if each]


def _put(data: dict[str, Any], key: str, value: object) -> None:
    """Put a value under a dotted key, unless it says nothing."""
    *path, last = key.split(".")
    if value in ("", []):
        return
    for part in path:
        data = data.setdefault(part, {})
    data[last] = value


EXAMPLE = (
    Input("usd", "期间内出口（美元）", value="500000.00"),
    Input("base_usd", "基期出口（美元）", value="300000.00"),
    Input("teu", "标箱", value="10"),
    Input("partner", "运抵国（地区）", value="RU"),
    Input("product", "商品编码", value="4202220000"),
    Input("cost", "每种费用（元）", value="20000.00"),
)


def example_inputs(typed: Mapping[str, str]) -> list[Input]:
    """The figures of the live example, as typed or as they begin."""
    return [Input(i.key, i.label, i.kind, i.help, typed.get(f"ex-{i.key}", i.value)) for i in EXAMPLE]


def example_of(typed: Mapping[str, str], text: Mapping[str, Any]) -> dict[str, Any]:
    """Facts for the live example: a fitting party that exported on the first day, and in each base period."""
    given = {i.key: " ".join(str(typed.get(f"ex-{i.key}", i.value)).split()) for i in EXAMPLE}
    window = text.get("window") or {}
    start = str(window.get("from") or "2000-01-01")
    goods = {"partner": given["partner"].upper(), "product": given["product"]}
    facts: dict[str, Any] = {
        "roles": list((text.get("eligible") or {}).get("roles") or ["merchant"]),
        "filed_on": "2000-01-01",
        "exports": [
            {
                "day": start,
                "usd": given["usd"] or "0",
                "teu": given["teu"] or "0",
                "collected": True,
                "exempted": True,
                **goods,
            }
        ],
        "costs": [
            {"kind": kind, "day": start, "cny": given["cost"] or "0"}
            for kind in _kinds(text.get("clauses") or ())
        ],
    }
    bases = {
        str((c.get("base") or {}).get("from") or "")
        for c in text.get("clauses") or ()
        if c.get("shape") == "increment"
    }
    # One base export lies in every base period that begins on its day; periods that differ each get one of their own.
    facts["base_exports"] = [
        {"day": day, "usd": given["base_usd"] or "0", **goods} for day in sorted(bases) if day
    ]
    facts["first_export_on"] = start
    return {key: value for key, value in facts.items() if value != []}


def _kinds(clauses: Iterable[Mapping[str, Any]]) -> list[str]:
    return sorted({str(kind) for clause in clauses for kind in clause.get("kinds") or () if kind in COSTS})
