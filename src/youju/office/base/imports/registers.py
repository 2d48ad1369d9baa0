"""One import for each register, made of what a record of it says. Records that are there already stay as they are."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.utils import timezone

from youju.foundation.imports.declaring import (
    Amount,
    Batch,
    CellFinding,
    Choice,
    Code,
    Column,
    Day,
    Effects,
    Flag,
    Importer,
    Kind,
    Text,
)
from youju.foundation.kernel.typed import parts_of
from youju.foundation.policies import law_on
from youju.office.base import permissions, selectors, services
from youju.office.base.facts import facts_of, missing_numbers
from youju.office.base.models import MODELS
from youju.office.base.registers import REGISTERS, Field, Register
from youju.office.base.services.writing import put
from youju.rules.findings import Severity
from youju.rules.office.base.judging import judge
from youju.rules.office.base.kinds import DOCUMENTS


def _kind(register: Register, field: Field) -> Kind:
    if field.name == "kind":
        return Choice(register.kinds)
    if field.name in ("number", "project"):
        return Code(field.longest)
    kinds: dict[str, Kind] = {"day": Day(), "flag": Flag(), "money": Amount(2, least="0")}
    return kinds.get(field.sort, Text(field.longest))


def columns_of(register: Register) -> tuple[Column, ...]:
    """The columns of a register's sheet."""
    first = next(iter(register.kinds.values()))
    return tuple(
        Column(
            field.name,
            field.label,
            _kind(register, field),
            required=field.required,
            unique=field.name == "number",
            example=first if field.name == "kind" else field.example,
            help=field.help,
        )
        for field in register.all_fields
    )


def _wishes(register: Register, batch: Batch) -> Iterator[tuple[int, dict[str, Any]]]:
    names = [field.name for field in register.all_fields]
    for row in batch.rows:
        wish = dict(zip(names, row.values, strict=True))
        if "repeals" in wish:
            wish["repeals"] = tuple(parts_of(wish["repeals"]))
        yield row.number, wish


def _there(register: Register, batch: Batch) -> set[str]:
    numbers = [wish["number"] for _, wish in _wishes(register, batch)]
    rows = selectors.records(batch.actor, register.code).filter(number__in=numbers).order_by()
    return set(rows.values_list("number", flat=True))


def _check(register: Register) -> Callable[[Batch], Iterable[CellFinding]]:
    def check(batch: Batch) -> Iterable[CellFinding]:
        """The rules BAS-…, each at its cell; a number that is there already is one of them."""
        today = timezone.localdate()
        law, there = law_on(today), _there(register, batch)
        rows = list(_wishes(register, batch))
        own = {wish["number"] for _, wish in rows}
        unknown = missing_numbers(DOCUMENTS, {n for _, wish in rows for n in wish.get("repeals", ())}) - own
        for number, wish in rows:
            row = MODELS[register.code]()
            put(register, row, wish)
            twice = row.number in there
            facts = facts_of(register.code, row, "register", today, twice=twice, unknown=unknown)
            for finding in judge(facts, law):
                severity = "error" if finding.severity is Severity.ERROR else "warning"
                yield CellFinding(number, str(finding.at.get("field") or ""), finding.told, severity)

    return check


def _compare(register: Register) -> Callable[[Batch], Effects]:
    def compare(batch: Batch) -> Effects:
        """Every row is new; the token stands for the numbers that are there."""
        rows = list(_wishes(register, batch))
        token = hashlib.sha256(",".join(sorted(_there(register, batch))).encode()).hexdigest()
        sample = tuple(
            (number, wish["number"], "", f"{wish['title']}，{wish['holder']}") for number, wish in rows[:20]
        )
        return Effects(new=len(rows), changed=0, unchanged=0, token=token, sample=sample)

    return compare


def _store(register: Register) -> Callable[[Batch], Mapping[str, Any]]:
    def store(batch: Batch) -> Mapping[str, Any]:
        """All records, in the commit's transaction."""
        wishes = [wish for _, wish in _wishes(register, batch)]
        made = services.store_batch(actor=batch.actor, register=register.code, batch=batch.id, wishes=wishes)
        return {"records": made}

    return store


def _consequences(register: Register) -> Callable[[Batch], Sequence[str]]:
    def consequences(batch: Batch) -> Sequence[str]:
        """What taking the batch back would do."""
        return [
            f"删去这一批登记的 {batch.kept['records']} 条{register.noun}；已经修改过、有文件或开始办理的，不能撤销。"
        ]

    return consequences


def _undo(register: Register) -> Callable[[Batch], None]:
    def undo(batch: Batch) -> None:
        """Take all of them away."""
        services.remove_batch(actor=batch.actor, register=register.code, batch=batch.id)

    return undo


IMPORTERS = tuple(
    Importer(
        code=f"base.{register.code}",
        title=f"导入{register.noun}",
        permission=permissions.IMPORT.value,
        columns=columns_of(register),
        check=_check(register),
        compare=_compare(register),
        store=_store(register),
        consequences=_consequences(register),
        undo=_undo(register),
        url=f"/base/{register.code}/",
        description=f"一行一条{register.noun}；文件在记录页面上传。",
    )
    for register in REGISTERS.values()
)
