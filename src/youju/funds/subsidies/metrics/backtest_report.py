"""A back-test: a policy on a year that is over. Plain data in the end, so that it is kept, shown and exported as it was."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from youju.funds.subsidies.metrics.backtest_engine import Ground, PartyTotal
from youju.rules.funds.subsidies.amounts import Counts
from youju.rules.funds.subsidies.comparing import differences
from youju.rules.funds.subsidies.computing import share_out
from youju.rules.funds.subsidies.moving import earlier_exports, later_exports
from youju.rules.funds.subsidies.saying import of_shape, percent
from youju.rules.funds.subsidies.sensing import Gain, lifted_to_step, split_in_two
from youju.rules.funds.subsidies.shapes import CostShare, Increment
from youju.rules.funds.subsidies.spreading import Spread, spread
from youju.rules.funds.subsidies.texts import BETTER, EARLIER, PolicyText

CENT = Decimal("0.01")
EDGE_DAYS = 30
NEAR = Decimal("0.05")
SHOWN = 10
Say = Callable[[int, int, str], None]


def quietly(_done: int, _total: int, _what: str) -> None:
    """Tell nobody how far it is."""


@dataclass(frozen=True, slots=True)
class Amounts:
    """A policy's result by party in CNY: what is asked before the budget, and granted after it."""

    found: Mapping[str, PartyTotal]
    asked: Mapping[str, Decimal]
    granted: Mapping[str, Decimal]


def amounts(policy: PolicyText, ground: Ground) -> Amounts:
    """Run a policy and share its budget out."""
    found = {each.party: each for each in ground.totals(policy)}
    asked = {party: each.total * CENT for party, each in found.items()}
    return Amounts(found, asked, share_out(policy, asked))


def backtest(
    policy: PolicyText,
    ground: Ground,
    *,
    others: Sequence[PolicyText] = (),
    earlier: PolicyText | None = None,
    say: Say = quietly,
) -> dict[str, Any]:
    """Everything that a back-test tells, with money as text; parties by their key.

    Args:
        policy: moved to the year in question.
        ground: exports of the window with its edges and of the base periods.
        others: policies in force beside it.
        earlier: another draft to compare with, clause by clause and party by party.
        say: told how far it is.
    """
    say(0, 5, "逐户计算")
    mine = amounts(policy, ground)
    say(1, 5, "逐日累计")
    growing = ground.growing(policy)
    say(2, 5, "与现行政策比较")
    beside = [_beside(policy, mine, other, amounts(other, ground)) for other in others]
    say(3, 5, "看条款会引人做什么")
    found = sensitivity(policy, mine, ground)
    say(4, 5, "汇总")
    spent, asked = sum(mine.granted.values(), 0 * CENT), sum(mine.asked.values(), 0 * CENT)
    return {
        "asked": _money(asked),
        "granted": _money(spent),
        "budget": _money(policy.budget),
        "rate": str(round(spent / asked, 4)) if asked else None,
        "parties": len(mine.asked),
        "clauses": [
            {
                "id": clause.id,
                "title": clause.title,
                "reference": clause.reference,
                "sentence": of_shape(clause.shape),
                "parties": sum(1 for each in mine.found.values() if each.lines[place]),
                "amount": _money(sum(each.lines[place] for each in mine.found.values()) * CENT),
                "unknown": _unknown(clause.shape, policy, ground),
            }
            for place, clause in enumerate(policy.clauses)
        ],
        "gainers": [
            {
                "party": party,
                "usd": _money(mine.found[party].usd * CENT),
                "lines": [_money(cents * CENT) for cents in mine.found[party].lines],
                "asked": _money(mine.asked[party]),
                "granted": _money(mine.granted[party]),
            }
            for party in sorted(mine.asked, key=lambda party: (-mine.asked[party], party))
        ],
        "spread": plain_spread(spread(list(mine.granted.values()))),
        "runs_out": _runs_out(policy, growing),
        "curve": [[day.isoformat(), _money(cost * CENT)] for day, cost in growing],
        "beside": beside,
        "sensitivity": found,
        "against": _against(policy, mine, earlier, ground) if earlier else None,
    }


def _against(policy: PolicyText, mine: Amounts, earlier: PolicyText, ground: Ground) -> dict[str, Any]:
    """The two texts clause by clause, and who would get more or less after the budget."""
    theirs = amounts(earlier, ground)
    steps = {
        party: mine.granted.get(party, 0 * CENT) - theirs.granted.get(party, 0 * CENT)
        for party in {*mine.granted, *theirs.granted}
    }
    moving = sorted((p for p in steps if steps[p]), key=lambda p: (-abs(steps[p]), p))
    return {
        "title": earlier.title,
        "parties": len(theirs.asked),
        "asked": _money(sum(theirs.asked.values(), 0 * CENT)),
        "granted": _money(sum(theirs.granted.values(), 0 * CENT)),
        "more": sum(1 for p in moving if steps[p] > 0),
        "less": sum(1 for p in moving if steps[p] < 0),
        "moving": [
            {
                "party": p,
                "before": _money(theirs.granted.get(p, 0 * CENT)),
                "after": _money(mine.granted.get(p, 0 * CENT)),
                "step": _money(steps[p]),
            }
            for p in moving[: 2 * SHOWN]
        ],
        "differences": [
            {"kind": d.kind, "clause": d.clause, "label": d.label, "before": d.before, "after": d.after}
            for d in differences(earlier, policy)
        ],
    }


def _runs_out(policy: PolicyText, growing: Sequence[tuple[date, int]]) -> str | None:
    """The first day by whose end the policy had cost its budget or more."""
    return next((day.isoformat() for day, cost in growing if cost * CENT >= policy.budget), None)


def _unknown(shape: object, policy: PolicyText, ground: Ground) -> str:
    """Why a clause's figure is not to be relied on, where it is not."""
    if isinstance(shape, CostShare):
        return "" if ground.has_costs else "没有往年的费用数据，本条款未计入"
    span = ground.span()
    if isinstance(shape, Increment) and (span is None or span[0] >= shape.base.end):
        return "基期没有出口数据，全部出口都算成了增量"
    if span is not None and span[0] > policy.window.start and span[0].month != policy.window.start.month:
        return f"最早的数据是 {span[0]}，期间不完整"
    return ""


def _beside(policy: PolicyText, mine: Amounts, other: PolicyText, theirs: Amounts) -> dict[str, Any]:
    """Who would get both, how much overlaps, and what no stacking takes away."""
    both = sorted(set(mine.asked) & set(theirs.asked))
    excluded = other.code in policy.stacking.against or policy.code in other.stacking.against
    counts = policy.stacking.counts if other.code in policy.stacking.against else other.stacking.counts
    lesser = sum((min(mine.asked[p], theirs.asked[p]) for p in both), 0 * CENT)
    saved = lesser if excluded and counts == BETTER else 0 * CENT
    if excluded and counts == EARLIER:
        saved = sum((mine.asked[p] for p in both), 0 * CENT)
    return {
        "policy": other.code,
        "title": other.title,
        "both": len(both),
        "mine": _money(sum((mine.asked[p] for p in both), 0 * CENT)),
        "theirs": _money(sum((theirs.asked[p] for p in both), 0 * CENT)),
        "overlap": _money(lesser),
        "excluded": excluded,
        "counts": counts if excluded else "",
        "saved": _money(saved),
    }


def sensitivity(policy: PolicyText, mine: Amounts, ground: Ground) -> list[dict[str, Any]]:
    """What parties would gain by splitting and by timing, each in CNY before the budget; the largest by name."""
    counts = {party: counted(policy, each) for party, each in mine.found.items()}
    usd = {party: each.usd * CENT for party, each in mine.found.items()}
    split = {party: split_in_two(policy, counts[party], usd[party]) for party in counts}
    near = {party: lifted_to_step(policy, counts[party], usd[party], NEAR) for party in counts}
    return [
        _told(
            policy,
            code="split",
            title="把一户拆成两户",
            how="出口、费用各半，分两户申报",
            gains={party: gain.total for party, gain in split.items()},
            by_clause=split,
        ),
        _told(
            policy,
            code="late",
            title="期末赶出口",
            how=f"期间结束后 {EDGE_DAYS} 天内放行的，提前到期间内放行；若下一期政策相同，只是早拿到",
            gains=_difference(mine, amounts(later_exports(policy, EDGE_DAYS), ground)),
        ),
        _told(
            policy,
            code="early",
            title="期初压出口",
            how=f"期间开始前 {EDGE_DAYS} 天内放行的，压到期间内放行；紧接期间的基期同时减少",
            gains=_difference(mine, amounts(earlier_exports(policy, EDGE_DAYS), ground)),
        ),
        _told(
            policy,
            code="step",
            title="凑到下一档",
            how=f"离下一档不到 {percent(NEAR)} 的，凑足到那一档",
            gains={party: gain.total for party, gain in near.items()},
            by_clause=near,
        ),
    ]


def _difference(before: Amounts, after: Amounts) -> dict[str, Decimal]:
    parties = {*before.asked, *after.asked}
    return {p: after.asked.get(p, 0 * CENT) - before.asked.get(p, 0 * CENT) for p in parties}


def _told(
    policy: PolicyText,
    *,
    code: str,
    title: str,
    how: str,
    gains: Mapping[str, Decimal],
    by_clause: Mapping[str, Gain] | None = None,
) -> dict[str, Any]:
    won = {party: gain for party, gain in gains.items() if gain > 0}
    largest = sorted(won, key=lambda party: (-won[party], party))[:SHOWN]
    clauses = []
    for place, clause in enumerate(policy.clauses if by_clause else ()):
        gain = sum((max(each.clauses[place], 0 * CENT) for each in (by_clause or {}).values()), 0 * CENT)
        if gain:
            clauses.append({"id": clause.id, "title": clause.title, "gain": _money(gain)})
    return {
        "code": code,
        "title": title,
        "how": how,
        "parties": len(won),
        "gain": _money(sum(won.values(), 0 * CENT)),
        "clauses": clauses,
        "largest": [{"party": party, "gain": _money(won[party])} for party in largest],
    }


def counted(policy: PolicyText, total: PartyTotal) -> tuple[Counts, ...]:
    """A party's sums as the rules take them."""
    sums = total.sums
    return tuple(
        Counts(
            usd=sums.get(f"c{n}_usd", 0) * CENT,
            base_usd=sums.get(f"c{n}_base", 0) * CENT,
            teu=Decimal(sums.get(f"c{n}_teu", 0)).scaleb(-6),
            covered=sums.get(f"c{n}_covered", 0) * CENT,
            first=bool(sums.get(f"c{n}_first", 0)),
        )
        for n in range(len(policy.clauses))
    )


def plain_spread(found: Spread) -> dict[str, Any]:
    """A distribution as plain data."""
    return {
        "parties": found.parties,
        "amount": _money(found.amount),
        "mean": _money(found.mean),
        "median": _money(found.median),
        "largest": _money(found.largest),
        "top_share": str(found.top_share),
        "gini": str(found.gini),
        "bins": [[str(b.start), str(b.end), b.parties, _money(b.amount)] for b in found.bins],
        "lorenz": [[str(x), str(y)] for x, y in found.lorenz],
    }


def _money(amount: Decimal) -> str:
    return f"{amount.quantize(CENT):f}"
