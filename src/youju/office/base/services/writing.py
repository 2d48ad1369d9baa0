"""A wish written into a record: complete, of the right kind, no longer than the database holds."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from youju.foundation.kernel.errors import InputError
from youju.office.base.registers import Field, Register
from youju.rules.office.base.kinds import DOCUMENTS


def put(register: Register, row: Any, wish: Mapping[str, Any]) -> None:
    """Write a wish into a row; what it leaves out is left blank.

    Raises:
        InputError: something required is missing, too long, or not among the kinds.
    """
    for field in register.all_fields:
        setattr(row, field.name, _value(field, wish.get(field.name)))
    if row.kind not in register.kinds:
        known = "、".join(register.kinds.values())
        raise InputError("没有这个类别", where=register.kind_label, how=f"请从这些里选：{known}")


def _value(field: Field, value: Any) -> Any:
    if field.sort == "flag":
        return bool(value)
    if field.sort == "numbers":
        return _numbers(field, value or ())
    if isinstance(value, str):
        value = value.replace("\0", "").strip()
    if field.required and value in (None, ""):
        raise InputError(f"“{field.label}”不能空", where=field.label, how="请填写")
    if field.sort == "words":
        value = value or ""
        if len(value) > field.longest:
            raise InputError(f"“{field.label}”太长", where=field.label, how=f"至多 {field.longest} 个字")
    elif field.sort == "money" and value is not None and Decimal(value) < 0:
        raise InputError(f"“{field.label}”不能小于 0", where=field.label, how="请核对金额")
    return value


def _numbers(field: Field, value: Any) -> list[str]:
    found = list(dict.fromkeys(str(each).replace("\0", "").strip() for each in value))
    found = [each for each in found if each]
    if len(found) > 20 or any(len(each) > 60 for each in found):
        raise InputError("文号太多或太长", where=field.label, how="至多 20 个，每个至多 60 个字")
    return found


def told(register: Register, row: Any) -> dict[str, Any]:
    """A record for the trail."""
    values = {field.name: getattr(row, field.name) for field in register.all_fields}
    return {name: value for name, value in values.items() if value not in ("", None, [], False)}


def repealing(register: Register) -> bool:
    """Whether records of the register repeal one another."""
    return register.code == DOCUMENTS
