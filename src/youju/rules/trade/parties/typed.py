"""From what people typed to facts: white space, width, case; the same for a page, a spreadsheet and a program."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from youju.rules.law import Table
from youju.rules.trade.parties.facts import FilingFacts, PaperFacts
from youju.rules.trade.parties.fields import BY_CODE, FIELDS
from youju.rules.trade.parties.roles import PartyRole

_CODES = ("credit_code", "tax_id", "customs_code")
_PAPERS = ("resident_id", "passport")
_PHONE_SIGNS = re.compile(r"[\s()（）-]")
_SPACE = re.compile(r"\s+")
_SPACE_OR_HYPHEN = re.compile(r"[\s-]+")
_NUMBER = re.compile(r"\d{1,12}(\.\d{1,2})?")


def tidy(code: str, text: object) -> str:
    """A typed value as it is kept: half-width, one kind of space, codes without any and in capitals, not longer than it may be.

    Cut off text is one character longer than allowed, so that a rule can say so.
    """
    plain = unicodedata.normalize("NFKC", str(text or "")).replace("\0", "").strip()
    if code in _CODES:
        plain = _SPACE.sub("", plain).upper()
    elif code in _PAPERS:  # the same number, however it is grouped
        plain = _SPACE_OR_HYPHEN.sub("", plain).upper()
    elif code == "phone":
        plain = _PHONE_SIGNS.sub("", plain)
    elif BY_CODE[code].kind != "area":
        plain = _SPACE.sub(" ", plain)
    return plain[: BY_CODE[code].longest + 1].strip()


def tidied(form: Mapping[str, object]) -> dict[str, str]:
    """Every known field of a form that has content, tidied."""
    cleaned = {field.code: tidy(field.code, form.get(field.code)) for field in FIELDS}
    return {code: text for code, text in cleaned.items() if text}


def roles_of(values: Iterable[str]) -> tuple[str, ...]:
    """The roles among the values, in the order of ``PartyRole``."""
    wanted = set(values)
    return tuple(role.value for role in PartyRole if role.value in wanted)


def coded(text: str, words: Table) -> str:
    """The code of a choice that was given by its code or its label; what was typed, where there is none."""
    if text in words:
        return text
    return next((code for code, label in words.items() if label == text), text)


def chapters_of(text: str) -> tuple[str, ...]:
    """``42、64 96`` → ``("42", "64", "96")``, each once; anything that is no number stays as it was typed."""
    parts = [part for part in re.split(r"[\s,，、;；/]+", text) if part]
    return tuple(dict.fromkeys(part.zfill(2) if part.isdecimal() else part for part in parts))


def capital_of(text: str) -> Decimal | None:
    """Registered capital in 万元; ``None`` where it is blank or no amount with at most two decimals."""
    plain = text.replace(",", "").replace("，", "").removesuffix("万元").strip()
    if not _NUMBER.fullmatch(plain):
        return None
    try:
        return Decimal(plain)
    except InvalidOperation:  # pragma: no cover - the pattern lets nothing else through
        return None


def read(
    form: Mapping[str, str],
    roles: tuple[str, ...],
    *,
    day: date,
    words: Mapping[str, Table],
    country_name: str = "",
    papers: Iterable[PaperFacts] | None = (),
    already_filed: bool = False,
    stall: str = "",
) -> FilingFacts:
    """The facts of a tidied form.

    Args:
        form: field code → text, as ``tidied`` gives it; ``country`` is a code already where it is known.
        roles: as ``roles_of`` gives them.
        day: the day on which it is judged.
        words: the labels of choices: ``tax_kind`` and ``buyer_type`` → code → label.
        country_name: empty for an unknown country.
        papers, already_filed, stall: see ``FilingFacts``.
    """
    plain: dict[str, Any] = {code: form.get(code, "") for code in BY_CODE}
    capital = plain.pop("registered_capital")
    chapters = plain.pop("chapters")
    for code in ("tax_kind", "buyer_type"):
        plain[code] = coded(plain[code], words[code]) if plain[code] else ""
    if not plain["country"] and "buyer" not in roles:
        plain["country"], country_name = "CN", "中国"
    return FilingFacts(
        day=day,
        roles=roles,
        country_name=country_name,
        registered_capital=capital_of(capital),
        capital_text=capital,
        chapters=chapters_of(chapters),
        papers=None if papers is None else tuple(papers),
        already_filed=already_filed,
        stall=stall,
        **plain,
    )
