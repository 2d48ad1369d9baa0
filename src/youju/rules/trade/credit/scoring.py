"""The score: records and policy of a day → points by item, each with the records that it counts and a sentence.

Everything is ``Decimal`` and each item is rounded to a hundredth of a point by itself; the total is the sum of the rounded
points, so what is explained adds up to what is shown, always.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from operator import attrgetter

from youju.rules.trade.credit.facts import ConductRecord
from youju.rules.trade.credit.kinds import title_of, unit_of
from youju.rules.trade.credit.months import months_since, window
from youju.rules.trade.credit.policy import DEDUCT, RATE, CreditPolicy, Item

_POINT = Decimal("0.01")
_HUNDRED = Decimal(100)
_ORDER = attrgetter("day", "kind", "key")


@dataclass(frozen=True, slots=True)
class ItemScore:
    """Points of one item: at most ``most``. ``against`` and ``fitting`` are the records that it counts, by day."""

    code: str
    title: str
    most: Decimal
    points: Decimal
    sentence: str
    against: tuple[ConductRecord, ...]
    fitting: tuple[ConductRecord, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """A party's score on a day. ``ceiling``: why the grade is worse than the points say; empty where it is not."""

    day: date
    total: Decimal
    most: Decimal
    grade: str
    items: tuple[ItemScore, ...]
    ceiling: str = ""

    @property
    def records(self) -> tuple[ConductRecord, ...]:
        """Every record that counts, each once, by day."""
        found = {each.mark: each for item in self.items for each in (*item.against, *item.fitting)}
        return tuple(sorted(found.values(), key=_ORDER))


def score(records: Iterable[ConductRecord], policy: CreditPolicy, day: date) -> Score:
    """The score of one party's records on a day; later records, and those before the windows, count for nothing."""
    by_kind: dict[str, list[ConductRecord]] = defaultdict(list)
    for each in records:
        if each.day <= day:
            by_kind[each.kind].append(each)
    for found in by_kind.values():
        found.sort(key=_ORDER)
    items = tuple(_item(each, by_kind, day) for each in policy.items)
    total = sum((each.points for each in items), Decimal(0))
    most = sum((each.weight for each in policy.items), Decimal(0))
    grade, ceiling = _grade(total, by_kind, policy, day)
    return Score(day, total, most, grade, items, ceiling)


def _grade(
    total: Decimal, by_kind: Mapping[str, Sequence[ConductRecord]], policy: CreditPolicy, day: date
) -> tuple[str, str]:
    grade, why = policy.grade_at(total).code, ""
    for each in policy.ceilings:
        held = [one for one in by_kind.get(each.kind, ()) if one.day >= window(day, each.months)]
        if held and policy.rank(each.grade) > policy.rank(grade):
            grade = each.grade
            why = f"近 {each.months} 个月有{title_of(each.kind)}（{held[-1].day}），等级最高为 {grade}。"
    return grade, why


def _item(item: Item, by_kind: Mapping[str, Sequence[ConductRecord]], day: date) -> ItemScore:
    since = window(day, item.months)
    against = _within(item.against, by_kind, since)
    fitting = _within(item.good, by_kind, since)
    if item.way == DEDUCT:
        share, words = _deducted(item, against)
    elif item.way == RATE:
        share, words = _rated(item, against, fitting)
    else:
        share, words = _stood(item, against, fitting, since, day)
    points = share.quantize(_POINT, ROUND_HALF_UP)
    sentence = f"{since} 至 {day}：{words}，得 {points} 分（满分 {item.weight} 分）。"
    return ItemScore(item.code, item.title, item.weight, points, sentence, against, fitting)


def _within(
    kinds: Sequence[str], by_kind: Mapping[str, Sequence[ConductRecord]], since: date
) -> tuple[ConductRecord, ...]:
    found = [each for kind in kinds for each in by_kind.get(kind, ()) if each.day >= since]
    return tuple(sorted(found, key=_ORDER)) if len(kinds) > 1 else tuple(found)


def _deducted(item: Item, against: Sequence[ConductRecord]) -> tuple[Decimal, str]:
    taken = sum((item.each[one.kind] * one.count for one in against), Decimal(0))
    points = max(item.weight - taken, Decimal(0))
    if not against:
        return points, "没有扣分的记录"
    counts = _counts(against)
    parts = (
        f"{title_of(kind)} {count} {unit_of(kind)}，每{unit_of(kind)}扣 {item.each[kind]} 分"
        for kind, count in counts
    )
    capped = "，扣完为止" if taken > item.weight else ""
    return points, f"{'；'.join(parts)}，共扣 {item.weight - points} 分{capped}"


def _rated(
    item: Item, against: Sequence[ConductRecord], fitting: Sequence[ConductRecord]
) -> tuple[Decimal, str]:
    bad, good = sum(one.count for one in against), sum(one.count for one in fitting)
    if not bad and not good:
        return item.weight * item.without, "没有这方面的业务，按基准计"
    over = max(bad + good, item.least)
    # Cross-multiplied: a rate on the edge is on the edge, whatever its decimals.
    share = next((share for edge, share in item.bands if bad * _HUNDRED <= edge * over), Decimal(0))
    if not good:
        share = min(share, item.without)  # one bad record and nothing else is never better than no record
    rate = (bad * _HUNDRED / over).quantize(_POINT, ROUND_HALF_UP)
    told = (
        "、".join(f"{title_of(kind)} {count} {unit_of(kind)}" for kind, count in _counts(against))
        or "没有差错"
    )
    base = f"按至少 {item.least} 计" if over > bad + good else f"共 {over}"
    return item.weight * share, f"{told}，{base}，差错率 {rate}%，按 {(share * _HUNDRED).normalize():f}% 给分"


def _stood(
    item: Item, against: Sequence[ConductRecord], fitting: Sequence[ConductRecord], since: date, day: date
) -> tuple[Decimal, str]:
    begun = fitting[0].day if fitting else since
    last = against[-1] if against else None
    from_day = max(begun, last.day) if last else begun
    months = months_since(from_day, day) if last or fitting else item.months
    share = next((share for edge, share in item.bands if months >= edge), Decimal(0))
    if last and last.day >= begun:
        words = f"最近一次{title_of(last.kind)}在 {last.day}，此后连续良好 {months} 个月"
    elif fitting:
        words = f"{begun} 备案以来连续良好 {months} 个月"
    else:
        words = f"连续良好 {months} 个月以上"
    return item.weight * share, words


def _counts(records: Sequence[ConductRecord]) -> list[tuple[str, int]]:
    counts: Counter[str] = Counter()
    for each in records:
        counts[each.kind] += each.count
    return list(counts.items())
