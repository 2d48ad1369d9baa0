"""Whether a stored declaration's message may be sent: complete, and valid against the schema."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from lxml import etree

from youju.foundation.kernel.errors import InputError
from youju.rules.law import PolicyValue, UnknownPolicyError, table
from youju.rules.trade.declarations.facts import Declaration
from youju.trade.declarations.documents.fields import CONSTANTS, given_fields, names_of_given
from youju.trade.declarations.documents.message import Message, message

SCHEMA = Path(__file__).with_name("dec_message.xsd")
_SHOWN = 6


def made_message(
    declaration: Declaration,
    law: Mapping[str, PolicyValue],
    header: Mapping[str, str],
    *,
    containers: Sequence[Mapping[str, str]] = (),
    elements: Mapping[int, str] | None = None,
    where: str,
) -> Message:
    """The message of a declaration.

    Raises:
        InputError: a value does not fit its field, or no message format was known on the day (422).
    """
    try:
        return message(declaration, law, header, containers=containers, elements=elements)
    except UnknownPolicyError as error:
        raise InputError("那一天还没有报文格式", where=where, how="请核对申报日期", status=422) from error
    except ValueError as error:
        raise InputError(str(error), where=where, how="请改短或改正后再试", status=422) from error


def refuse_incomplete(made: Message, where: str) -> None:
    """Stop what may not be sent.

    Raises:
        InputError: what is missing, or what the schema says (422).
    """
    if made.missing:
        told = [
            each.label if each.line is None else f"第 {each.line} 项的{each.label}" for each in made.missing
        ]
        more = f"等 {len(told)} 处" if len(told) > _SHOWN else ""
        raise InputError(
            f"还缺必填项：{'、'.join(told[:_SHOWN])}{more}",
            where=where,
            how="请补全表头和商品项再预录入",
            status=422,
        )
    faults = schema_faults(made.xml)
    if faults:
        raise InputError(f"报文不合格式：{faults[0]}", where=where, how="请核对表头和商品项", status=422)


def schema_faults(xml: bytes) -> list[str]:
    """What the schema says against a message; nothing where it is valid."""
    schema = _schema()
    if schema.validate(etree.fromstring(xml)):
        return []
    return [str(each.message) for each in schema.error_log]


def given_header(values: Mapping[str, str], law: Mapping[str, PolicyValue], where: str) -> dict[str, str]:
    """Element name → text, blanks included (they take a value away).

    Raises:
        InputError: a name that the message does not know or that is fixed, or a value that does not fit (422).
    """
    known, fields, fixed = names_of_given(), given_fields(), table(law, CONSTANTS)
    found: dict[str, str] = {}
    for key, value in values.items():
        name = known.get(key.strip())
        if name is None:
            raise InputError(
                f"不认识的表头项“{key[:30]}”", where=where, how="请用报文字段名或其中文名", status=422
            )
        text = value.strip()
        if name in fixed:
            raise InputError(
                f"“{fields[name].label}”是固定值 {fixed[name]}", where=where, how="请去掉这一项", status=422
            )
        fault = fields[name].fault(text) if text else ""
        if fault:
            raise InputError(f"“{fields[name].label}”{fault}", where=where, how="请核对后更正", status=422)
        found[name] = text
    return found


@lru_cache(maxsize=1)
def _schema() -> Any:
    return etree.XMLSchema(etree.parse(SCHEMA))
