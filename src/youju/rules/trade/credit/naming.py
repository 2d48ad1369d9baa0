"""What a public list shows of a party: enterprises by name, people masked."""

from __future__ import annotations

_STAR = "＊"
_FIRST = 1


def public_name(name: str, *, credit_code: str, legal_person: str) -> tuple[str, bool]:
    """The name as anybody may read it, and whether it was masked.

    A party without a credit code is a person: only the first sign of the name is left. Of an individual business that bears its
    keeper's name, that name is masked: ``王小明箱包店`` → ``王＊＊箱包店``.
    """
    name, person = name.strip(), legal_person.strip()
    if not credit_code or name == person:
        return _masked(name), True
    if len(person) > _FIRST and person in name:
        return name.replace(person, _masked(person)), True
    return name, False


def public_code(credit_code: str, *, masked: bool) -> str:
    """The credit code of an enterprise; nothing of whoever is masked: the code leads to the name."""
    return "" if masked else credit_code


def _masked(text: str) -> str:
    return text[:_FIRST] + _STAR * (len(text) - _FIRST)
