"""Months of dispatched staff: a row a person. A file is the whole of each month that it names."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from youju.foundation.identity.limits import sections
from youju.foundation.imports.declaring import (
    Amount,
    BadCellError,
    Batch,
    CellFinding,
    Choice,
    Code,
    Column,
    Day,
    Effects,
    Flag,
    Importer,
    Text,
)
from youju.foundation.imports.kinds.base import plain
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.office.staff import permissions, selectors, services
from youju.office.staff.facts import line_facts, positions_of, terms_of
from youju.office.staff.services.batches import told
from youju.office.staff.wishes import COLUMNS, LineWish, stand
from youju.rules.findings import Severity
from youju.rules.office.staff.facts import MonthFacts
from youju.rules.office.staff.judging import judge_line, judge_month
from youju.rules.office.staff.lifecycle import CLOSED
from youju.rules.office.staff.months import named

CODE = "staff.months"


@dataclass(frozen=True)
class Month:
    """A month: ``2023-06``, ``2023年6月``, or any day of it."""

    name = "月份"

    def read(self, cell: Any) -> date:
        """See ``Kind``."""
        text = plain(cell)
        parts = text.replace("年", "-").replace("月", "").replace("/", "-").replace(".", "-").split("-")
        if len(parts) == 2 and all(part.isascii() and part.isdecimal() for part in parts):
            year, month = (int(part) for part in parts)
            if 2000 <= year <= 2100 and 1 <= month <= 12:
                return date(year, month, 1)
        if len(text) == 6 and text.isascii() and text.isdecimal():
            return self.read(f"{text[:4]}-{text[4:]}")
        try:
            return Day().read(cell).replace(day=1)
        except BadCellError:
            raise BadCellError(f"“{text[:20]}”看不出是哪个月；请照 2023-06 这样填") from None

    def freeze(self, value: date) -> str:
        """See ``Kind``."""
        return value.isoformat()

    def thaw(self, value: str) -> date:
        """See ``Kind``."""
        return date.fromisoformat(value)


@dataclass(frozen=True)
class Unwanted:
    """What must not stand in the file at all: names, numbers of documents, telephones, accounts."""

    name = "请勿填写"

    def read(self, cell: Any) -> str:  # noqa: ARG002 - whatever it is
        """See ``Kind``."""
        raise BadCellError("这里不收姓名、证件号码、电话和银行账号，请删去这一列，只用人员代码")

    def freeze(self, value: str) -> str:
        """See ``Kind``."""
        return value

    def thaw(self, value: str) -> str:
        """See ``Kind``."""
        return value


SHEET_COLUMNS = (
    Column("month", "月份", Month(), required=True, example="2023-06", aliases=("所属月份",)),
    Column("person", "人员代码", Code(20), required=True, example="PQ-001",
           help="字母开头的代码，不写姓名；代码和姓名的对照由人事另行保管"),
    Column("position", "岗位", Text(40), required=True, example="综合窗口"),
    Column("section", "科室", Choice(sections()), required=True, example="综合业务科", aliases=("所在科室",)),
    Column("contract", "派遣合同编号", Code(40), required=True, example="GMZX-2023-002", aliases=("合同编号",)),
    Column("agency", "派遣单位", Text(100), required=True, example="保定示例人力资源有限公司"),
    Column("project", "项目编码", Code(30), example="13060523P00454310001A"),
    Column("due_on", "应发日期", Day(), required=True, example="2023-06-15"),
    Column("due", "应发工资（元）", Amount(2, least="0"), required=True, example="6300.00", aliases=("应发工资", "应发")),
    Column("paid", "实发工资（元）", Amount(2, least="0"), example="6300.00", aliases=("实发工资", "实发"), help="没有发的不填"),
    Column("paid_on", "实发日期", Day(), example="2023-06-14", help="没有发的不填"),
    Column("on_payroll", "在岗", Flag(), required=True, example="是", aliases=("是否在岗",)),
    Column("personal", "个人信息（请勿填写）", Unwanted(), example="",
           aliases=("姓名", "身份证号", "身份证号码", "证件号码", "手机号", "手机号码", "联系电话", "电话", "银行卡号",
                    "银行账号"),
           help="有姓名、证件号码、电话、账号的列，整个文件不收"),
)  # fmt: skip


def _wishes(batch: Batch) -> Iterator[tuple[int, LineWish]]:
    for row in batch.rows:
        given = dict(zip(COLUMNS, row.values, strict=False))
        given["project"] = given["project"] or ""
        given["paid"] = given["paid"] or Decimal(0)
        yield row.number, LineWish(**given)


def check(batch: Batch) -> Iterable[CellFinding]:
    """Closed months, two kinds of contract in words, and the rules STM-…, each at its cell."""
    today = timezone.localdate()
    law, rows = law_on(today), list(_wishes(batch))
    terms = terms_of(wish.contract for _, wish in rows)
    standing = stand(wish for _, wish in rows)
    closed = _closed(batch, {wish.month for _, wish in rows})
    for number, wish in rows:
        if wish.month in closed:
            yield CellFinding(number, "month", f"{named(wish.month)} 已经关闭，请先写明理由重新开放")
        here = standing[wish.month, wish.person]
        facts = line_facts(wish, "import", today, terms, here.count(wish.section), tuple(here))
        for finding in judge_line(facts, law):
            severity = "error" if finding.severity is Severity.ERROR else "warning"
            yield CellFinding(number, str(finding.at.get("field") or ""), finding.told, severity)
    yield from _months(rows, today, law)


def _months(rows: list[tuple[int, LineWish]], today: date, law: Any) -> Iterator[CellFinding]:
    counted = Counter((wish.month, wish.contract) for _, wish in rows if wish.on_payroll)
    positions = positions_of(wish.contract for _, wish in rows)
    first: dict[tuple[date, str], int] = {}
    for number, wish in rows:
        first.setdefault((wish.month, wish.contract), number)
    for (month, contract), number in first.items():
        facts = MonthFacts(
            "import", today, month, True, contract, counted[month, contract], positions.get(contract)
        )
        for finding in judge_month(facts, law):
            yield CellFinding(number, "contract", finding.told, "warning")


def _closed(batch: Batch, months: set[date]) -> set[date]:
    found = set()
    for month in months:
        try:
            if selectors.month_of(batch.actor, month).state == CLOSED:
                found.add(month)
        except InputError:
            continue  # a month that is not there yet
    return found


def compare(batch: Batch) -> Effects:
    """What changes against the months as they stand; who is left out is counted among the changed."""
    rows = list(_wishes(batch))
    months = {wish.month for _, wish in rows}
    there = {
        (row.month, row.person): row
        for row in selectors.lines(batch.actor).filter(month__in=months).order_by("month", "person")
    }
    token = hashlib.sha256(
        ",".join(f"{row.pk}:{row.version}" for row in there.values()).encode()
        + ",".join(sorted(str(month) for month in _closed(batch, months))).encode()
    ).hexdigest()
    changed = [
        (number, wish, there[wish.month, wish.person])
        for number, wish in rows
        if (wish.month, wish.person) in there and told(there[wish.month, wish.person]) != told(wish)
    ]
    new = [(number, wish) for number, wish in rows if (wish.month, wish.person) not in there]
    gone = set(there) - {(wish.month, wish.person) for _, wish in rows}
    sample = [
        (number, f"{named(wish.month)} {wish.person}", _said(old), _said(wish))
        for number, wish, old in changed
    ]
    sample += [
        (0, f"{named(month)} {person}", _said(there[month, person]), "不再列入")
        for month, person in sorted(gone)
    ]
    sample += [(number, f"{named(wish.month)} {wish.person}", "", _said(wish)) for number, wish in new]
    unchanged = len(rows) - len(new) - len(changed)
    return Effects(len(new), len(changed) + len(gone), unchanged, token, tuple(sample[:30]))


def _said(row: Any) -> str:
    where = "在岗" if row.on_payroll else "不在岗"
    return f"{row.position}，{where}，应发 {row.due} 元，实发 {row.paid} 元"


def store(batch: Batch) -> Mapping[str, Any]:
    """All months, in the commit's transaction."""
    wishes = [wish for _, wish in _wishes(batch)]
    return services.store_batch(actor=batch.actor, batch=batch.id, wishes=wishes)


def consequences(batch: Batch) -> Sequence[str]:
    """What taking the batch back would do."""
    kept = batch.kept
    return [
        f"撤销这一批的 {kept['months']} 个月：新增的 {kept['new']} 行不再列入，"
        f"更正的 {kept['changed']} 行和去掉的 {kept['gone']} 行恢复原样；已经关闭、后来又更正或重新导入过的，不能撤销。"
    ]


def undo(batch: Batch) -> None:
    """Put the months back as they were."""
    services.remove_batch(batch=batch.id)


MONTHS = Importer(
    code=CODE,
    title="导入派遣人员月表",
    permission=permissions.IMPORT.value,
    columns=SHEET_COLUMNS,
    check=check,
    compare=compare,
    store=store,
    consequences=consequences,
    undo=undo,
    url="/staff/",
    description="一行一人一月；文件里写到的每个月都要列全，再次导入就代替原来的。只收人员代码，不收姓名。",
    private=True,
)
