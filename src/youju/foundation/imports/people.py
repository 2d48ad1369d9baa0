"""Organisations by spreadsheet: the enterprises and merchants whose people will get accounts.

It stands here because the identity room lies below this one and may not know it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from youju.foundation.identity import selectors, services
from youju.foundation.imports.declaring import (
    Batch,
    CellFinding,
    Choice,
    Code,
    Column,
    Effects,
    Importer,
    Text,
)
from youju.foundation.kernel.errors import InputError

_CODE = r"[A-Z0-9][A-Z0-9-]{1,15}"
_CREDIT = r"[0-9A-HJ-NPQRTUWXY]{18}"
_NAMES = ("name", "code", "kind", "credit_code")
_SAMPLE = 20


def _state(batch: Batch) -> dict[str, dict[str, Any]]:
    """What is stored under the codes of the batch."""
    codes = {row.values[1] for row in batch.rows}
    rows = selectors.organisations(actor=batch.actor).filter(code__in=codes)
    return {
        row.code: {"id": row.pk, "name": row.name, "kind": row.kind, "credit_code": row.credit_code}
        for row in rows
    }


def _check(batch: Batch) -> Iterable[CellFinding]:
    """A name or a credit code that another organisation has."""
    others = selectors.organisations(actor=batch.actor)
    names = {row.values[0] for row in batch.rows}
    credits = {row.values[3] for row in batch.rows if row.values[3]}
    by_name = dict(others.filter(name__in=names).values_list("name", "code"))
    by_credit = dict(others.filter(credit_code__in=credits).values_list("credit_code", "code"))
    for row in batch.rows:
        name, code, _, credit = row.values
        if by_name.get(name, code) != code:
            yield CellFinding(
                row.number, "name", f"简码为 {by_name[name]} 的单位已用这个名称，请核对是不是同一家"
            )
        if credit and by_credit.get(credit, code) != code:
            yield CellFinding(
                row.number,
                "credit_code",
                f"简码为 {by_credit[credit]} 的单位已用这个信用代码，请核对是不是同一家",
            )


def _compare(batch: Batch) -> Effects:
    before = _state(batch)
    new = changed = unchanged = 0
    sample = []
    for row in batch.rows:
        name, code, kind, credit = row.values
        old = before.get(code)
        after = {"name": name, "kind": kind, "credit_code": credit or ""}
        if old is None:
            new += 1
            sample.append((row.number, f"新增 {code}", "", name))
        else:
            told = [key for key in after if old[key] != after[key]]
            changed, unchanged = changed + bool(told), unchanged + (not told)
            sample += [(row.number, code, str(old[key]), str(after[key])) for key in told]
    token = hashlib.sha256(json.dumps(before, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    return Effects(new, changed, unchanged, token, tuple(sample[:_SAMPLE]))


def _store(batch: Batch) -> Mapping[str, Any]:
    before = _state(batch)
    made, changed = [], []
    for row in batch.rows:
        name, code, kind, credit = row.values
        old = before.get(code)
        after = {"name": name, "kind": kind, "credit_code": credit or ""}
        if old and all(old[key] == value for key, value in after.items()):
            continue
        saved = services.save_organisation(
            actor=batch.actor, organisation_id=old["id"] if old else None, code=code, **after
        )
        if old:
            changed.append({"id": saved.pk, "before": old, "after": after})
        else:
            made.append({"id": saved.pk, "name": name})
    return {"made": made, "changed": changed}


def _consequences(batch: Batch) -> Sequence[str]:
    made, changed = batch.kept.get("made", []), batch.kept.get("changed", [])
    used = selectors.organisations(actor=batch.actor).filter(
        pk__in=[each["id"] for each in made], users__isnull=False
    )
    names = list(dict.fromkeys(row.name for row in used))[:5]
    if names:
        raise InputError(
            f"“{'、'.join(names)}”已有账号，不能撤销这一批", how="请先停用或移走这些账号", status=409
        )
    now = {
        row.pk: row
        for row in selectors.organisations(actor=batch.actor).filter(pk__in=[each["id"] for each in changed])
    }
    moved = [
        row.name
        for each in changed
        if (row := now.get(each["id"])) and any(getattr(row, k) != v for k, v in each["after"].items())
    ]
    if moved:
        raise InputError(f"“{'、'.join(moved[:5])}”后来又改过，不能整批撤销", how="请逐条改正", status=409)
    told = []
    if made:
        told.append(
            f"删除新增的 {len(made)} 个单位：{'、'.join(each['name'] for each in made[:5])}{' 等' if len(made) > 5 else ''}。"
        )
    if changed:
        told.append(f"{len(changed)} 个单位恢复为导入前的内容。")
    return told or ["这一批没有改动任何单位。"]


def _undo(batch: Batch) -> None:
    for each in batch.kept.get("changed", []):
        old = {key: each["before"][key] for key in ("name", "kind", "credit_code")}
        row = selectors.organisations(actor=batch.actor).get(pk=each["id"])
        services.save_organisation(actor=batch.actor, organisation_id=row.pk, code=row.code, **old)
    services.remove_organisations(
        actor=batch.actor, organisation_ids=[each["id"] for each in batch.kept.get("made", [])]
    )


ORGANISATIONS = Importer(
    code="identity.organisations",
    title="导入单位",
    permission="users.manage",
    description="企业、商户、采购商等单位，一行一家；简码相同的视为修改。",
    columns=(
        Column("name", "单位名称", Text(100), required=True, unique=True, example="示例箱包有限公司"),
        Column(
            "code",
            "单位简码",
            Code(16, _CODE, "由 2 到 16 个大写字母、数字或连字符组成"),
            aliases=("简码",),
            required=True,
            unique=True,
            example="BG-001",
            help="系统内的短名，定了不改。",
        ),
        Column(
            "kind",
            "单位类别",
            Choice(dict(selectors.ORGANISATION_KINDS)),
            aliases=("类别",),
            required=True,
            example="企业",
        ),
        Column(
            "credit_code",
            "统一社会信用代码",
            Code(18, _CREDIT, "应为 18 位数字和大写字母"),
            aliases=("信用代码",),
            unique=True,
            help="没有的可以空着；该列须为“文本”格式。",
        ),
    ),
    check=_check,
    compare=_compare,
    store=_store,
    consequences=_consequences,
    undo=_undo,
    url="/users/organisations",
)
