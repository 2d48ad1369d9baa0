"""The verbs of the trail: each room declares its own in ``events.py``; an undeclared one cannot be recorded."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CODE = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*){1,3}")


@dataclass(frozen=True, slots=True)
class Verb:
    """One kind of deed.

    Args:
        code: ``room.thing.done``, fixed for good.
        sentence: what stands between who and what, in Chinese: ``批准了``.
        reads: whether it only read sensitive data.
    """

    code: str
    sentence: str
    reads: bool = False


_verbs: dict[str, Verb] = {}


def verb(code: str, sentence: str, *, reads: bool = False) -> Verb:
    """Declare a verb, once; the same declaration again gives the same verb.

    Raises:
        ValueError: the code is out of form, or stands for another sentence.
    """
    if not _CODE.fullmatch(code):
        raise ValueError(f"{code!r} is no code of a verb")
    declared = Verb(code, sentence, reads)
    if _verbs.setdefault(code, declared) != declared:
        raise ValueError(f"the verb {code!r} says {_verbs[code].sentence!r} already")
    return declared


def known(code: str) -> Verb:
    """The verb of a code; of a room that is gone, the code itself stands for the sentence."""
    return _verbs.get(code) or Verb(code, code)


def declared() -> tuple[Verb, ...]:
    """Every declared verb, by code."""
    return tuple(_verbs[code] for code in sorted(_verbs))


def is_declared(each: Verb) -> bool:
    """Whether the verb came from ``verb``."""
    return _verbs.get(each.code) == each
