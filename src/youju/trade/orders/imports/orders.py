"""Orders by spreadsheet: a row is a line, rows of one 单号 are one order; the same rules as on the page and in the API."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from youju.foundation.imports.declaring import (
    Amount,
    Batch,
    CellFinding,
    Choice,
    Code,
    Column,
    Day,
    Effects,
    Importer,
    Row,
    Text,
    Whole,
)
from youju.rules.findings import Finding, Severity
from youju.rules.trade.orders.judging import Judgement
from youju.rules.trade.orders.kinds import OrderKind
from youju.trade.orders import permissions, services
from youju.trade.orders.facts import Known, LineWish, OrderWish, known_many

HEAD = ("merchant", "agent", "buyer", "ordered_on", "country", "currency", "kind", "about")
"""What every row of one order must say alike."""
COLUMNS = (
    Column("reference", "单号", Text(64), aliases=("交易单", "合同号"), required=True, example="HT-2023-001",
           help="您自己的单号；单号相同的行是同一张交易单"),
    Column("merchant", "经营户备案号", Code(20), required=True, example="M230001"),
    Column("agent", "代理备案号", Code(20), example="A230001", help="自己办理出口的不填"),
    Column("buyer", "采购商备案号", Code(20), required=True, example="B230001"),
    Column("ordered_on", "成交日期", Day(), required=True, example="2023-06-01"),
    Column("country", "运抵国（地区）", Text(2, r"[A-Z]{2}", "应为两个大写字母的国别代码"), required=True, example="KE"),
    Column("currency", "币种", Text(3, r"[A-Z]{3}", "应为三个大写字母的币种代码"), required=True, example="USD"),
    Column("good", "商品编号", Code(24), required=True, example="G23000001", help="商品目录里的编号，须已认定"),
    Column("quantity", "数量", Amount(5, least="0"), required=True, example="100"),
    Column("unit", "成交单位", Text(10), example="个", help="不填取商品目录的单位"),
    Column("price", "单价", Amount(4, least="0"), required=True, example="12.5"),
    Column("amount", "总价", Amount(2, least="0"), example="1250.00", help="不填按数量乘单价"),
    Column("packages", "件数", Whole(least=0), required=True, example="10"),
    Column("net_weight", "净重（千克）", Amount(5, least="0"), required=True, aliases=("净重",), example="80"),
    Column("gross_weight", "毛重（千克）", Amount(5, least="0"), required=True, aliases=("毛重",), example="90"),
    Column("volume", "体积（立方米）", Amount(6, least="0"), aliases=("体积",), example="0.8"),
    Column("kind", "种类", Choice({kind.value: kind.label for kind in OrderKind}), help="不填为销售"),
    Column("about", "原交易单号", Code(24), help="退货或更正时填"),
    Column("original", "原行序号", Whole(least=1), help="退货或更正时填：是原交易单的第几行"),
    Column("explanation", "说明", Text(500), help="系统提示要说明时填；整张单的说明写在它的第一行"),
)  # fmt: skip
_AT = {column.code: place for place, column in enumerate(COLUMNS)}
# Where a finding's field has no column of its own name.
_FIELD = {"lines": "good", "": ""}


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one order."""

    rows: tuple[Row, ...]
    wish: OrderWish


def groups(rows: Sequence[Row]) -> Iterator[Group | CellFinding]:
    """The orders of a file in the order of their first rows; a finding where rows of one order disagree on its head."""
    found: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        found.setdefault((_of(row, "merchant"), _of(row, "reference")), []).append(row)
    for together in found.values():
        first = together[0]
        odd = next(
            ((row, name) for row in together[1:] for name in HEAD if _of(row, name) != _of(first, name)), None
        )
        if odd:
            row, name = odd
            heading = COLUMNS[_AT[name]].heading
            yield CellFinding(
                row.number,
                name,
                f"和第 {first.number} 行是同一张交易单，{heading}却不一样；改成一样，或换一个单号",
            )
        else:
            yield Group(tuple(together), _wish(together))


def check(batch: Batch) -> Iterable[CellFinding]:
    """What every rule says, at its cell; a soft finding without a word of explanation stops the batch as well."""
    good: list[Group] = []
    for each in groups(batch.rows):
        if isinstance(each, CellFinding):
            yield each
        else:
            good.append(each)
    for group, known, said in _judged(good):
        missing = {(each.rule, each.at.get("line")) for each in services.open_findings(known, said)}
        for finding in said.findings:
            yield from _at_cell(group, finding, (finding.rule, finding.at.get("line")) in missing)
        if not services.speaks_for(batch.actor, known):
            yield CellFinding(
                group.rows[0].number, "merchant", "您的单位不是这张交易单的卖方，也不是它的代理，不能登记"
            )


def compare(batch: Batch) -> Effects:
    """What would be registered; the token is of all that the rules looked at."""
    wanted = [each for each in groups(batch.rows) if isinstance(each, Group)]
    token = hashlib.sha256()
    sample: list[tuple[int, str, str, str]] = []
    for group, known, _ in _judged(wanted):
        token.update(repr((known.facts, known.organisations)).encode())
        if len(sample) < 20:
            facts = known.facts
            told = f"{len(facts.lines)} 行，{facts.currency} {facts.amount}"
            sample.append((group.rows[0].number, f"交易单 {known.wish.reference}", "", told))
    return Effects(len(wanted), 0, 0, token.hexdigest(), tuple(sample))


def store(batch: Batch) -> Mapping[str, Any]:
    """All orders, in the commit's transaction."""
    wanted = [each for each in groups(batch.rows) if isinstance(each, Group)]
    done = services.register_many(
        actor=batch.actor, judged=[(known, said) for _, known, said in _judged(wanted)]
    )
    return {"orders": [number for _, number in done], "lines": len(batch.rows)}


def consequences(batch: Batch) -> Sequence[str]:
    """What taking the batch back would do."""
    return services.consequences_of_cancelling(list(batch.kept["orders"]))


def undo(batch: Batch) -> None:
    """Cancel every order of the batch: an order is never erased."""
    services.cancel_many(actor=batch.actor, numbers=list(batch.kept["orders"]), reason="撤销导入批次")


def _judged(wanted: Sequence[Group]) -> Iterator[tuple[Group, Known, Judgement]]:
    known = known_many([group.wish for group in wanted]) if wanted else []
    yield from zip(wanted, known, services.said_of(known), strict=True)


def _at_cell(group: Group, finding: Finding, unexplained: bool) -> Iterator[CellFinding]:
    line = finding.at.get("line")
    row = group.rows[line - 1] if isinstance(line, int) and line <= len(group.rows) else group.rows[0]
    field = str(finding.at.get("field") or "")
    column = field if field in _AT else _FIELD.get(field, "")
    if finding.severity is Severity.ERROR:
        yield CellFinding(row.number, column, finding.told)
    elif unexplained:
        yield CellFinding(row.number, "explanation", f"请在这一格说明：{finding.told}")
    else:
        yield CellFinding(row.number, column, finding.told, "warning")


def _of(row: Row, name: str) -> Any:
    return row.values[_AT[name]]


def _wish(rows: Sequence[Row]) -> OrderWish:
    first = rows[0]
    day: date = _of(first, "ordered_on")
    explanations: dict[tuple[str, int | None], str] = {}
    for place, row in enumerate(rows, 1):
        if words := _of(row, "explanation"):
            explanations |= _answers(words, None if place == 1 else place, place)
    return OrderWish(
        merchant=_of(first, "merchant"),
        agent=_of(first, "agent") or "",
        buyer=_of(first, "buyer"),
        ordered_on=day,
        country=_of(first, "country"),
        currency=_of(first, "currency"),
        reference=_of(first, "reference"),
        kind=OrderKind(_of(first, "kind") or OrderKind.SALE),
        about=_of(first, "about") or "",
        explanations=explanations,
        lines=[_line(row) for row in rows],
    )


def _answers(words: str, head: int | None, line: int) -> dict[tuple[str, int | None], str]:
    """One cell answers every soft finding of its line, and in the first row those of the order as well."""
    from youju.rules.registry import REGISTRY

    soft = [rule for rule in REGISTRY if rule.id.startswith("ORD-") and rule.severity is Severity.WARNING]
    answers: dict[tuple[str, int | None], str] = {
        (rule.id, line): words for rule in soft if rule.scope == "line"
    }
    if head is None:
        answers |= {(rule.id, None): words for rule in soft if rule.scope == "order"}
    return answers


def _line(row: Row) -> LineWish:
    return LineWish(
        good=_of(row, "good"),
        quantity=_of(row, "quantity"),
        price=_of(row, "price"),
        amount=_of(row, "amount"),
        unit=_of(row, "unit") or "",
        packages=_of(row, "packages"),
        net_weight=_of(row, "net_weight"),
        gross_weight=_of(row, "gross_weight"),
        volume=_of(row, "volume") or Decimal(0),
        original=_of(row, "original"),
    )


ORDERS = Importer(
    code="orders.orders",
    title="导入交易单",
    permission=permissions.IMPORT.value,
    columns=COLUMNS,
    check=check,
    compare=compare,
    store=store,
    consequences=consequences,
    undo=undo,
    url="/orders/",
    description="一行一种商品，单号相同的行是一张交易单；检查和网页登记相同，一次全部登记。",
)
