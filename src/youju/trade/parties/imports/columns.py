"""The columns of a spreadsheet of filings: the fields of the form, read as the form reads them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from youju.foundation.imports.declaring import BadCellError, Choice, Column, Text
from youju.foundation.imports.kinds.base import plain
from youju.foundation.kernel.sealing import seal, unseal
from youju.rules.law import Law, table
from youju.rules.trade.parties.fields import FIELDS, Field
from youju.rules.trade.parties.roles import PartyRole
from youju.rules.trade.parties.typed import roles_of, tidy

ROLES = "roles"
_LOST = "编码被表格当成了数字，后面的位数已经丢失；请把该列设为“文本”格式后重新输入"
_SPLIT = "、,，;；/ +"


@dataclass(frozen=True)
class FieldText(Text):
    """A field of the form as a cell; the rules of a filing judge it, not the cell."""

    code: str = "name"

    def read(self, cell: Any) -> str:
        """See ``Kind``."""
        if (
            isinstance(cell, float)
            and (abs(cell) >= 1e15 or not cell.is_integer())
            and self.code != "registered_capital"
        ):
            raise BadCellError(_LOST)
        text = tidy(self.code, plain(cell))
        if "E+" in text.upper() and text.upper().replace("E+", "").replace(".", "").isdecimal():
            raise BadCellError(_LOST)
        return text


@dataclass(frozen=True)
class Secret(FieldText):
    """A personal identifier: staged sealed, never quoted in a message."""

    name = "号码"

    def freeze(self, value: str) -> str:
        """Sealed: a staged row waits in the database like any other."""
        return seal(value)

    def thaw(self, value: str) -> str:
        """See ``Kind``."""
        return unseal(value)


@dataclass(frozen=True)
class Roles(Choice):
    """One role or several, by their names: ``市场经营户、生产企业``."""

    def read(self, cell: Any) -> str:
        """The codes, in the order of ``PartyRole``, joined by a comma."""
        text = plain(cell)
        for sign in _SPLIT:
            text = text.replace(sign, "、")
        codes = [super(Roles, self).read(part) for part in text.split("、") if part]
        return ",".join(roles_of(codes))


def columns(law: Law) -> tuple[Column, ...]:
    """The columns, in the order of the form; the choices are those of the law."""
    labels = {role.value: role.label for role in PartyRole}
    roles = Column(
        ROLES,
        "主体类型",
        Roles(labels),
        required=True,
        help="几种身份用顿号分开。",
        example=PartyRole.MERCHANT.label,
    )
    return (roles, *(_column(field, law) for field in FIELDS))


_EXAMPLES: Mapping[str, str] = {
    "name": "白沟新城示例箱包商行",
    "country": "中国",
    "chapters": "42",
    "registered_capital": "50",
}


def _column(field: Field, law: Law) -> Column:
    kind: Any = FieldText(longest=field.longest, code=field.code)
    if field.kind == "secret":
        kind = Secret(longest=field.longest, code=field.code)
    elif field.code in ("tax_kind", "buyer_type"):
        words = table(
            law,
            {"tax_kind": "trade.parties.tax_kinds", "buyer_type": "trade.parties.buyer_types"}[field.code],
        )
        kind = Choice({code: str(label) for code, label in words.items()})
    return Column(
        field.code,
        field.label,
        kind,
        required=field.code == "name",
        unique=field.code == "credit_code",
        help=field.help,
        example=_EXAMPLES.get(field.code, ""),
    )
