"""The policies in force, as applications need them: text, version, hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from youju.foundation.kernel.errors import InputError
from youju.funds.subsidies.selectors.policies import policies_in_force
from youju.rules.funds.subsidies.reading import read_policy
from youju.rules.funds.subsidies.texts import PolicyText
from youju.rules.funds.subsidies.writing import plain_policy


@dataclass(frozen=True, slots=True)
class Issued:
    """A policy in force; ``hash`` is sha256 of its canonical text."""

    code: str
    version: int
    text: PolicyText

    @property
    def plain(self) -> dict[str, object]:
        """Its text as plain data, without the examples: what an application keeps."""
        return kept_text(self.text)

    @property
    def hash(self) -> str:
        """sha256 of what an application keeps."""
        return text_hash(self.plain)

    def takes_on(self, day: date) -> bool:
        """Whether applications are taken on a day."""
        return self.text.filing.covers(day)


def issued() -> tuple[Issued, ...]:
    """Every policy in force, by code. One query."""
    return tuple(Issued(each.text.code, each.number, each.text) for each in policies_in_force())


def issued_of(code: str) -> Issued:
    """A policy in force by its code.

    Raises:
        InputError: there is none (404).
    """
    for each in issued():
        if each.code == code:
            return each
    raise InputError("没有这项政策", where=code[:40], how="请从“我能享受什么”选择", status=404)


def kept_text(text: PolicyText) -> dict[str, object]:
    """A policy as plain data without its examples."""
    plain = plain_policy(text)
    plain.pop("examples", None)
    return plain


def text_hash(plain: Mapping[str, object]) -> str:
    """sha256 of the canonical JSON of a plain text, in hex."""
    canonical = json.dumps(plain, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def text_of(plain: Mapping[str, object]) -> PolicyText:
    """A kept text as the rules take it."""
    return read_policy(plain)
