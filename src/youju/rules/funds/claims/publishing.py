"""What of an award list is made public, and the hash by which anybody can hold two lists against each other.

Enterprises stand with their names. A party whose filed name is a person's, or holds one (个体工商户 use the operator's name), is
shown with the given name covered: 个人信息保护法 asks for no more than the purpose needs. Codes show their ends alone; accounts,
telephones and addresses are never in it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

_BODIES = (
    "公司",
    "厂",
    "社",
    "中心",
    "协会",
    "商会",
    "集团",
    "店",
    "行",
    "部",
    "铺",
    "馆",
    "院",
    "所",
    "场",
    "档",
    "商户",
    "经营户",
    "摊",
)
_PERSON = re.compile(r"[\u4e00-\u9fff·]{2,4}")
_OPERATOR = re.compile(r"（([\u4e00-\u9fff·]{2,4})）$")
COVER = "*"


@dataclass(frozen=True, slots=True)
class ListedLine:
    """One line of a list: its place, the application's number, the name as public, the covered code, CNY computed and given."""

    place: int
    number: str
    name: str
    code: str
    computed: Decimal
    amount: Decimal


def public_name(name: str) -> str:
    """A party's name as the public sees it."""
    if name.endswith(_BODIES) or len(name) > len("司马相如"):
        found = _OPERATOR.search(name)
        return name if found is None else f"{name[: found.start()]}（{_covered(found[1])}）"
    return _covered(name) if _PERSON.fullmatch(name) else name


def public_code(code: str) -> str:
    """The first and the last four characters of a credit code."""
    shown = len("9113")
    return f"{code[:shown]}{COVER * (len(code) - 2 * shown)}{code[-shown:]}" if len(code) > 2 * shown else ""


def plain_list(
    *, number: str, version: int, policy: str, title: str, policy_hash: str, lines: Sequence[ListedLine]
) -> dict[str, Any]:
    """The list as plain data: what is published, hashed and printed."""
    return {
        "number": number,
        "version": version,
        "policy": policy,
        "title": title,
        "policy_hash": policy_hash,
        "lines": [
            {
                "place": each.place,
                "number": each.number,
                "name": each.name,
                "code": each.code,
                "computed": f"{each.computed:.2f}",
                "amount": f"{each.amount:.2f}",
            }
            for each in lines
        ],
        "total": f"{sum((each.amount for each in lines), Decimal(0)):.2f}",
    }


def list_hash(content: dict[str, Any]) -> str:
    """sha256 of the list's canonical JSON (keys sorted, no spaces, ASCII), in hex."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def masked_account(number: str) -> str:
    """The last four digits of an account."""
    shown = len("0000")
    return f"{COVER * shown} {number[-shown:]}"


def _covered(name: str) -> str:
    return name[0] + COVER * (len(name) - 1)
