"""What the message needs besides the goods: by element name or by its Chinese label."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from youju.foundation.kernel.errors import InputError
from youju.trade.declarations.documents.fields import given_fields, names_of_given


def header_of(values: Mapping[str, Any], where: str) -> dict[str, str]:
    """Element name → text, as given; blanks are left out.

    Raises:
        InputError: a name that the message does not know, or a value too long for its field.
    """
    known, fields = names_of_given(), given_fields()
    found: dict[str, str] = {}
    for key, value in values.items():
        name = known.get(key.strip())
        if name is None:
            raise InputError(
                f"不认识的表头项“{key[:30]}”",
                where=where,
                how="请用报文字段名或其中文名，例如 AgentName 或 申报单位名称",
            )
        if not isinstance(value, str | int) or isinstance(value, bool):
            raise InputError(f"表头项“{key}”应是文字", where=where, how="请写成字符串")
        text = str(value).strip()
        fault = fields[name].fault(text) if text else ""
        if fault:
            raise InputError(f"表头项“{key}”{fault}", where=where, how="请核对后更正")
        if text:
            found[name] = text
    return found
