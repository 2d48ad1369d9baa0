"""What two claims have in common, field by field; no weights yet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from youju.rules.funds.duplicates.addresses import Address
from youju.rules.funds.duplicates.facts import Box, Line
from youju.rules.funds.duplicates.names import Name
from youju.rules.funds.duplicates.traits import Traits
from youju.rules.law import PolicyValue, whole

VOYAGE = "funds.duplicates.voyage_days"
NAME_LIKE = "funds.duplicates.name_similarity"
ADDRESS_LIKE = "funds.duplicates.address_similarity"

Holders = Callable[[str, str], int]
"""Kind and value → how many claimants hold it."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two claims have in common. Levels are empty where one side is blank.

    Args:
        one_claimant: both are of one claimant, so that equal names and phones say nothing.
        name: same, short, sibling, sound, alike, part, different.
        phone, person, address: same, alike, building, different.
        holders: by field, how many claimants hold the same value.
    """

    one_claimant: bool
    lines: tuple[str, ...] = ()
    invoices: tuple[str, ...] = ()
    boxes: tuple[str, ...] = ()
    twice: bool = False
    account: bool = False
    mark: bool = False
    phones: tuple[str, ...] = ()
    name: str = ""
    phone: str = ""
    person: str = ""
    address: str = ""
    holders: Mapping[str, int] | None = None

    @property
    def hard(self) -> bool:
        """Whether one thing is claimed twice, or two claimants are one in a way that needs no weighing."""
        return bool(self.lines or self.invoices or self.boxes or self.twice or self.account or self.mark)


class Comparer:
    """Compares by the limits of one law; symmetric in its two claims."""

    def __init__(self, law: Mapping[str, PolicyValue], holders: Holders) -> None:
        self._voyage = whole(law, VOYAGE)
        self._name_like, self._address_like = whole(law, NAME_LIKE), whole(law, ADDRESS_LIKE)
        self._holders = holders

    def compare(self, one: Traits, other: Traits) -> Likeness:
        """What the two have in common."""
        same = one.who == other.who
        lines = tuple(
            key for key in _shared(one.lines, other.lines) if _same_goods(one.lines[key], other.lines[key])
        )
        invoices = _shared(one.invoices, other.invoices)
        boxes = tuple(
            number
            for number in _shared(one.boxes, other.boxes)
            if self._one_voyage(one.boxes[number], other.boxes[number])
        )
        if same:
            first, second = one.claim, other.claim
            twice = (first.policy, first.period) == (second.policy, second.period)
            return Likeness(True, lines, invoices, boxes, twice)
        name = self._names(one.name, other.name)
        phones = tuple(sorted(one.phones & other.phones - one.agent_phones - other.agent_phones))
        person = _persons(one, other)
        address = self._addresses(one.address, other.address)
        return Likeness(
            False,
            lines,
            invoices,
            boxes,
            account=bool(one.account) and one.account == other.account,
            mark=bool(one.claim.person_mark) and one.claim.person_mark == other.claim.person_mark,
            phones=phones,
            name=name,
            phone="same" if phones else "different" if one.phones and other.phones else "",
            person=person,
            address=address,
            holders={
                "name": self._holders("core", one.name.core) if one.name.core == other.name.core else 0,
                "phone": min((self._holders("phone", each) for each in phones), default=0),
                "person": self._holders("person", one.person) if person == "same" else 0,
                "address": self._holders("address", one.address_key) if address == "same" else 0,
            },
        )

    def _one_voyage(self, ones: tuple[Box, ...], others: tuple[Box, ...]) -> bool:
        return any(
            self._near(one.day, other.day) and not (one.shared and other.shared)
            for one in ones
            for other in others
        )

    def _near(self, one: date | None, other: date | None) -> bool:
        # Without a day nobody can say that it was another voyage.
        return one is None or other is None or abs((one - other).days) <= self._voyage

    def _names(self, one: Name, other: Name) -> str:
        if not one.core or not other.core:
            return ""
        clash = bool(one.trades and other.trades and not one.trades & other.trades)
        if one.core == other.core:
            return "sibling" if clash else "same" if one.trades == other.trades else "short"
        if clash or min(len(one.core), len(other.core)) < 2:
            return "different"
        return self._brands(one, other)

    def _brands(self, one: Name, other: Name) -> str:
        if one.sound == other.sound or one.folded == other.folded:
            return "sound"
        if sorted(one.core) == sorted(other.core) or (
            _near_cores(one.core, other.core) and fuzz.ratio(one.whole, other.whole) >= self._name_like
        ):
            return "alike"
        return "part" if _contained(one.core, other.core) else "different"

    def _addresses(self, one: Address, other: Address) -> str:
        if not one.street or not other.street:
            return ""
        if one.street == other.street:
            if one.numbers == other.numbers:
                return "same" if one.numbers else "building"
            return "building"
        # One number alone is no proof that two wordings mean one place.
        if len(one.numbers) > 1 and one.numbers == other.numbers:
            return "alike" if fuzz.ratio(one.street, other.street) >= self._address_like else "different"
        return "different"


def _same_goods(ones: tuple[Line, ...], others: tuple[Line, ...]) -> bool:
    # Without a source the whole line is claimed.
    return any(
        not one.source or not other.source or one.source == other.source for one in ones for other in others
    )


def _shared(ones: Mapping[str, object], others: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(sorted(ones.keys() & others.keys())) if ones and others else ()


def _near_cores(one: str, other: str) -> bool:
    """One character typed wrong or left out; in a brand of two characters that would be another brand."""
    return max(len(one), len(other)) > 2 and Levenshtein.distance(one, other) < 2


def _contained(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    signs = iter(long)
    return len(short) < len(long) and all(sign in signs for sign in short)


def _persons(one: Traits, other: Traits) -> str:
    if not one.person or not other.person:
        return ""
    if one.person == other.person:
        return "same"
    near = one.person_sound == other.person_sound or (
        # The surname is what people do not get wrong.
        one.person[0] == other.person[0]
        and len(one.person) == len(other.person) > 2
        and Levenshtein.distance(one.person, other.person) < 2
    )
    return "alike" if near else "different"
