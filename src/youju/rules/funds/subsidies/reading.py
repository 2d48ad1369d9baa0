"""Plain data → :class:`PolicyText`. The shape is the one of ``policies/schema/subsidy.schema.json``."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from itertools import pairwise

from youju.rules.funds.subsidies.factual import facts_of
from youju.rules.funds.subsidies.limits import CENTS, CLAUSES, CODE, CODE_LENGTH, RATES
from youju.rules.funds.subsidies.reader import PolicyTextError, Reader
from youju.rules.funds.subsidies.shapes import (
    COSTS,
    SHAPES,
    CostShare,
    FirstExport,
    FlatRate,
    Increment,
    PerContainer,
    Shape,
    Step,
    Tiers,
)
from youju.rules.funds.subsidies.texts import (
    BETTER,
    STACKING,
    Clause,
    Eligibility,
    Evidence,
    Example,
    Only,
    PolicyText,
    Stacking,
)
from youju.rules.trade.parties.roles import PartyRole

ROLES = tuple(role.value for role in PartyRole)


def read_policy(data: Mapping[str, object]) -> PolicyText:
    """Read a policy; money and rates are text of decimal digits, days ISO text.

    Raises:
        PolicyTextError: (a ``ValueError``) what is wrong, where, and how to mend it, in Chinese.
    """
    reader = Reader(data, "政策")
    code = check_code(reader.text("code"), reader.where)
    policy = PolicyText(
        code=code,
        title=reader.text("title"),
        project=reader.text("project", ""),
        window=reader.window("window"),
        filing=reader.window("filing"),
        budget=reader.number("budget", places=CENTS, positive=True),
        eligible=_eligible(reader.inner("eligible")),
        clauses=tuple(read_clause(each) for each in _clauses(reader)),
        party_cap=reader.optional("party_cap", places=CENTS),
        stacking=_stacking(reader.inner("stacking")) if reader.has("stacking") else Stacking(),
        evidence=tuple(_evidence(each) for each in reader.inners("evidence")),
        collected=reader.flag("collected"),
        exempted=reader.flag("exempted"),
        publicity_days=int(reader.number("publicity_days", places=0)),
        prepaid=reader.optional("prepaid", places=CENTS),
        source=reader.text("source", ""),
        verified=reader.flag("verified"),
        example=reader.flag("example"),
        note=reader.text("note", ""),
        examples=tuple(_example(each) for each in reader.inners("examples")),
    )
    reader.done()
    if policy.prepaid is not None and policy.prepaid >= 1:
        raise reader.fault("prepaid", "预拨的比例应小于 1", "例如 0.5")
    _consistent(policy)
    return policy


def check_code(code: str, where: str = "政策") -> str:
    """The code of a policy, as it may stand in a file's name and an address; a ``PolicyTextError`` where it may not."""
    if not re.fullmatch(CODE, code) or len(code) > CODE_LENGTH:
        how = f"小写字母开头，只用小写字母、数字和连字符，最多 {CODE_LENGTH} 个"
        raise PolicyTextError(f"“{code}”不合要求", where=f"{where}的 code", how=how)
    return code


def _clauses(reader: Reader) -> list[Reader]:
    found = reader.inners("clauses", needed=True)
    if len(found) > CLAUSES:
        raise reader.fault("clauses", f"有 {len(found)} 条，最多 {CLAUSES} 条")
    return found


def read_clause(reader: Reader) -> Clause:
    """One clause with its shape."""
    clause_id = reader.text("id")
    if not re.fullmatch(CODE, clause_id) or len(clause_id) > CODE_LENGTH:
        raise reader.fault("id", f"“{clause_id}”不合要求", "小写字母开头，只用小写字母、数字和连字符")
    kind = reader.text("shape")
    if kind not in _SHAPES:
        named = "、".join(f"{code}（{label}）" for code, label in SHAPES.items())
        raise reader.fault("shape", f"不认识“{kind}”", f"可以写：{named}")
    clause = Clause(
        id=clause_id,
        title=reader.text("title"),
        reference=reader.text("reference", ""),
        shape=_SHAPES[kind](reader),
        only=_only(reader.inner("only")) if reader.has("only") else Only(),
        cap=reader.optional("cap", places=CENTS),
        note=reader.text("note", ""),
    )
    reader.done()
    if isinstance(clause.shape, CostShare) and clause.only != Only():
        raise reader.fault("only", "按费用比例的条款不能限定国别和商品")
    return clause


def _flat(reader: Reader) -> Shape:
    return FlatRate(reader.number("rate", places=RATES, positive=True))


def _increment(reader: Reader) -> Shape:
    return Increment(
        rate=reader.number("rate", places=RATES, positive=True),
        base=reader.window("base"),
        threshold=reader.number("threshold", places=CENTS) if reader.has("threshold") else Decimal(0),
        deductible=reader.flag("deductible"),
    )


def _tiers(reader: Reader) -> Shape:
    whole, steps = reader.flag("whole"), []
    for each in reader.inners("steps", needed=True):
        rate = each.number("rate", places=RATES) if each.has("rate") else Decimal(0)
        amount = each.number("amount", places=CENTS) if each.has("amount") else Decimal(0)
        if amount and not whole:
            raise each.fault("amount", "各段按各自的档时只能写 rate", "写 whole: true，或去掉 amount")
        if not amount and not rate:
            raise each.fault("rate", "rate 和 amount 至少写一个")
        steps.append(Step(each.number("from", places=CENTS), rate, amount))
        each.done()
    if any(after.start <= before.start for before, after in pairwise(steps)):
        raise reader.fault("steps", "各档的起点应从小到大")
    return Tiers(tuple(steps), whole)


def _container(reader: Reader) -> Shape:
    return PerContainer(reader.number("amount", places=CENTS, positive=True))


def _cost(reader: Reader) -> Shape:
    return CostShare(
        kinds=reader.words("kinds", known=tuple(COSTS), needed=True),
        share=reader.number("share", places=RATES, most=1, positive=True),
        each_cap=reader.optional("each_cap", places=CENTS),
    )


def _first(reader: Reader) -> Shape:
    return FirstExport(reader.number("amount", places=CENTS, positive=True))


_SHAPES: dict[str, Callable[[Reader], Shape]] = {
    "flat_rate": _flat,
    "increment": _increment,
    "tiers": _tiers,
    "per_container": _container,
    "cost_share": _cost,
    "first_export": _first,
}


def _only(reader: Reader) -> Only:
    only = Only(reader.words("partners"), reader.words("products"))
    reader.done()
    if any(not re.fullmatch("[A-Z]{2}", partner) for partner in only.partners):
        raise reader.fault("partners", "国家（地区）写两位大写字母代码，如 RU")
    if any(not product.isdigit() for product in only.products):
        raise reader.fault("products", "商品写税则号列的前几位数字，如 42")
    return only


def _eligible(reader: Reader) -> Eligibility:
    eligible = Eligibility(
        roles=reader.words("roles", known=ROLES, needed=True),
        filed_before=reader.optional_day("filed_before"),
        least_usd=reader.number("least_usd", places=CENTS) if reader.has("least_usd") else Decimal(0),
    )
    reader.done()
    return eligible


def _stacking(reader: Reader) -> Stacking:
    counts = reader.text("counts", BETTER)
    if counts not in STACKING:
        raise reader.fault("counts", f"不认识“{counts}”", "写 better（就高不重复）或 earlier（先享受的算）")
    stacking = Stacking(reader.words("against"), counts)
    reader.done()
    return stacking


def _evidence(reader: Reader) -> Evidence:
    evidence = Evidence(reader.text("code"), reader.text("title"))
    reader.done()
    return evidence


def _example(reader: Reader) -> Example:
    expected = reader.inner("lines") if reader.has("lines") else None
    lines = {}
    if expected is not None:
        lines = {str(key): expected.number(str(key), places=CENTS) for key in reader.raw("lines")}
    facts = reader.raw("facts")
    example = Example(reader.text("title"), facts, lines, reader.number("total", places=CENTS))
    reader.done()
    facts_of(facts, where=f"{reader.where}的 facts")
    return example


def _consistent(policy: PolicyText) -> None:
    """What holds between parts of the text."""
    ids = [clause.id for clause in policy.clauses]
    for name, found in (
        ("clauses", ids),
        ("evidence", [each.code for each in policy.evidence]),
        ("examples", [each.title for each in policy.examples]),
    ):
        if len(set(found)) != len(found):
            raise PolicyTextError("有两项同名", where=f"政策的 {name}", how="改成不同的")
    for example in policy.examples:
        if strange := sorted(set(example.lines) - set(ids)):
            raise PolicyTextError(f"没有条款“{strange[0]}”", where=f"政策的算例“{example.title}”")
    if policy.code in policy.stacking.against:
        raise PolicyTextError("不能写本政策自己", where="政策的 stacking 的 against")
