"""A claim made ready for comparing, and the keys under which others like it are found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from youju.rules.funds.duplicates import identifiers
from youju.rules.funds.duplicates.addresses import Address, AddressReader
from youju.rules.funds.duplicates.facts import Box, Claim, Invoice, Line
from youju.rules.funds.duplicates.names import Name, NameReader
from youju.rules.funds.duplicates.spelling import plain, sound
from youju.rules.law import PolicyValue

ANYBODY = ("line", "invoice", "box", "twice")
"""Kinds of key that say something whoever the two claimants are."""
BETWEEN = ("account", "mark")
"""Kinds that prove something between two claimants; one claimant has them in all its claims."""
COUNTED = ("phone", "person", "address", "core")
"""Kinds of which it matters how many claimants hold the same."""
HARD = (*ANYBODY, *BETWEEN)
COMMON = "person"
"""The kind that is only counted: a person's name says nothing without the firm's or the door."""
RARE = "core"
"""The kind that says enough by itself only where few hold it."""

Key = tuple[str, str]
"""Kind and normalised value."""


@dataclass(frozen=True, slots=True)
class Traits:
    """What is compared of a claim. ``who`` is the credit code where it has one, else the filing."""

    claim: Claim
    who: str
    name: Name
    person: str
    person_sound: str
    address: Address
    address_key: str
    phones: frozenset[str]
    agent_phones: frozenset[str]
    account: str
    lines: Mapping[str, tuple[Line, ...]]
    invoices: Mapping[str, Invoice]
    boxes: Mapping[str, tuple[Box, ...]]


class Preparer:
    """Makes claims ready by the word lists of one law; the same text is read once."""

    def __init__(self, law: Mapping[str, PolicyValue], *, remembered: int | None = None) -> None:
        self._names = NameReader(law)
        self._name = lru_cache(remembered)(self._names.read)
        self._address = lru_cache(remembered)(AddressReader(law).read)

    def traits(self, claim: Claim) -> Traits:
        """Normalise all that is compared of a claim."""
        person = plain(claim.legal_person)
        address = self._address(claim.address)
        return Traits(
            claim=claim,
            who=identifiers.credit_code(claim.code) or claim.party,
            name=self._name(claim.name),
            person=person,
            person_sound=sound(self._names.fold(person)),
            address=address,
            address_key=address.key,
            phones=_numbers(claim, claim.phone_marks or claim.phones),
            agent_phones=_numbers(claim, claim.agent_phones),
            account=claim.account_mark or identifiers.account(claim.account),
            lines=identifiers.lines(claim.lines),
            invoices=identifiers.invoices(claim.invoices),
            boxes=identifiers.boxes(claim.boxes),
        )


def _numbers(claim: Claim, of: tuple[str, ...]) -> frozenset[str]:
    return frozenset(of) if claim.phone_marks else identifiers.phones(of)


def keys(traits: Traits) -> Iterator[Key]:
    """The keys of a claim: two claims are compared only where they share one."""
    for kind, values in (
        ("line", traits.lines),
        ("invoice", traits.invoices),
        ("box", traits.boxes),
        ("phone", traits.phones - traits.agent_phones),
    ):
        yield from ((kind, value) for value in values)
    claim = traits.claim
    yield "twice", f"{traits.who}|{claim.policy}|{claim.period}"
    if traits.account:
        yield "account", traits.account
    if claim.person_mark:
        yield "mark", claim.person_mark
    if traits.person:
        yield COMMON, traits.person
    if traits.address_key:
        yield "address", traits.address_key
    door = "-".join(traits.address.numbers)
    if traits.person and door:
        yield "person+door", f"{traits.person}|{door}"
    yield from _named(traits, door)


def _named(traits: Traits, door: str) -> Iterator[Key]:
    """Keys by the brand: a rare one by itself; one that is only alike together with the surname or the door."""
    name = traits.name
    if not name.core:
        return
    yield RARE, name.core
    spellings = {name.sound, name.folded, "".join(sorted(name.core)), name.core}
    if len(name.core) > 2:
        spellings |= {name.core[:place] + name.core[place + 1 :] for place in range(len(name.core))}
    surname = traits.person_sound.partition(" ")[0]
    for spelling in sorted(spellings):
        if surname:
            yield "name+surname", f"{spelling}|{surname}"
        if door:
            yield "name+door", f"{spelling}|{door}"
