"""Claims made from a seed with planted duplicates of every kind and with neighbours that only look like duplicates.

What is planted is told beside the claims (``Planted.truth``), and nothing in a claim gives it away: numbers are dealt out at
random and the claims are shuffled.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import product

from claims_noise import FULL_WIDTH, noisy, noisy_box, noisy_phone, same_sound, syllable
from claims_words import (
    ABBREVIATED,
    BRAND,
    FORMS,
    GIVEN,
    HOT_BRANDS,
    LOOKALIKES,
    PERIODS,
    PLACES,
    POLICIES,
    STREETS,
    SURNAMES,
    TRADES,
)
from youju.rules.funds.duplicates.facts import Box, Claim, Invoice, Line

HARD = ("line", "invoice", "box", "account", "mark", "twice")
FUZZY = ("typo", "width", "homophone", "lookalike", "reordered", "abbreviated", "branch", "related")
_LETTERS = dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", [n for n in range(10, 39) if n % 11], strict=True))


@dataclass(slots=True)
class Company:
    """A claimant as it is; what it writes into a claim may differ."""

    brand: str
    trade: str
    form: str
    place: str
    person: str
    phone: str
    street: str
    door: tuple[int, int, int]
    claims: list[Claim] = field(default_factory=list)
    number: int = 0
    code: str = ""
    account: str = ""
    mark: str = ""
    agent: bool = False
    name: str = ""


@dataclass(slots=True)
class Planted:
    """The claims, and by pair of ids (the smaller first) what kind of duplicate was planted."""

    claims: list[Claim]
    truth: dict[tuple[str, str], str]


class Maker:
    """Makes one set of claims from one seed."""

    def __init__(self, seed: int, size: int) -> None:
        self.chance = random.Random(seed)
        self.size = size
        self.each = max(4, size // 250)  # planted of each kind
        self.companies: list[Company] = []
        self.truth: dict[tuple[str, str], str] = {}
        self.brands = [self._brand() for _ in range(size // 8 + 20)]
        self.voyages = self._voyages(size // 10 + 20)
        self.agents = [(self._phone(), self.chance.random() < 0.8) for _ in range(size // 400 + 2)]
        self.flagged = {phone for phone, filed in self.agents if filed}

    def make(self) -> Planted:
        """Everything."""
        planted = self.each * (len(HARD) + len(FUZZY))
        made = 0
        while made < self.size - planted - 12 * self.each:
            company = self._company()
            for _ in range(self.chance.choice((1, 1, 1, 2, 2, 3))):
                self._claims(company)
                made += 1
        self._look_alikes()
        spare = self.companies[:]
        self.chance.shuffle(spare)
        entities: list[tuple[Company, Company, str]] = []
        for kind in (*FUZZY, "account", "mark"):
            for _ in range(self.each):
                original = spare.pop()
                entities.append((original, self._copy(original, kind), kind))
        for kind in ("line", "invoice", "box", "twice"):
            for _ in range(self.each):
                self._same_thing(spare.pop(), spare.pop(), kind)
        for original, copy, kind in entities:
            for one, other in product(original.claims, copy.claims):
                self._plant(one, other, kind)
        return self._shuffled()

    # What is planted

    def _plant(self, one: Claim, other: Claim, kind: str) -> None:
        self.truth[min(one.id, other.id), max(one.id, other.id)] = kind

    def _same_thing(self, company: Company, stranger: Company, kind: str) -> None:
        original = self._claims(company)
        if kind == "twice":
            again = replace(self._claims(company), policy=original.policy, period=original.period)
            company.claims[-1] = again
        else:
            other = stranger if self.chance.random() < 0.5 else company
            again = self._claims(other)
            if kind == "line":
                line = original.lines[0]
                again = replace(
                    again, lines=(*again.lines, Line(noisy(self.chance, line.declaration), line.number))
                )
            elif kind == "invoice":
                original = replace(original, invoices=(*original.invoices, self._invoice(company.name)))
                company.claims[
                    company.claims.index(next(c for c in company.claims if c.id == original.id))
                ] = original
                printed = original.invoices[-1]
                again = replace(
                    again,
                    invoices=(*again.invoices, replace(printed, number=noisy(self.chance, printed.number))),
                )
            else:
                box = self.voyages.pop()
                original = replace(original, boxes=(box,))
                company.claims[
                    company.claims.index(next(c for c in company.claims if c.id == original.id))
                ] = original
                day = box.day + timedelta(days=self.chance.randint(-5, 5)) if box.day else None
                again = replace(again, boxes=(Box(noisy_box(self.chance, box.number), day),))
            other.claims[-1] = again
        self._plant(original, again, kind)

    def _copy(self, original: Company, kind: str) -> Company:
        """Another filing of a company, or a company that belongs to it."""
        copy = self._company()
        if kind == "account":
            copy.account = noisy(self.chance, original.account)
        elif kind == "mark":
            mark = f"{self.chance.getrandbits(128):032x}"
            original.claims = [replace(claim, person_mark=mark) for claim in original.claims]
            copy.mark, copy.person = mark, original.person
        elif kind == "related":
            if original.agent or self.chance.random() < 0.5:
                copy.person, copy.street, copy.door = original.person, original.street, original.door
            else:
                copy.phone, copy.agent = original.phone, False
        else:
            kept = self.chance.sample(("person", "phone", "address"), self.chance.choice((1, 2, 2, 2, 3)))
            if "person" in kept:
                copy.person = self._person_like(original.person)
            if "phone" in kept and not original.agent:
                copy.phone = original.phone
            elif "phone" in kept:
                copy.person = original.person
            if "address" in kept:
                copy.street, copy.door = original.street, original.door
            else:
                copy.street = original.street
            for left in sorted({"person", "phone"} - set(kept)):
                if self.chance.random() < 0.7:
                    setattr(copy, left, "")
            copy.brand, copy.trade, copy.form, copy.place = (
                original.brand,
                original.trade,
                original.form,
                original.place,
            )
            copy.name = getattr(self, f"_{kind}")(original)
            copy.code = "" if self.chance.random() < 0.5 else copy.code
        self._claims(copy)
        return copy

    def _look_alikes(self) -> None:
        """Neighbours that are no duplicates: a sister trade, the next door, the shop that came after."""
        for original in self.chance.sample(self.companies, self.each * 3):
            for turn in range(3):
                other = self._company()
                if turn == 0:  # a namesake in another trade in the same building
                    other.brand, other.street = original.brand, original.street
                    other.trade = self.chance.choice(
                        [trade for trade in TRADES if trade[:2] != original.trade[:2]]
                    )
                elif turn == 1:  # next door
                    other.street, other.door = original.street, (*original.door[:2], original.door[2] + 1)
                else:  # the shop that took over the stall
                    other.street, other.door = original.street, original.door
                other.name = self._written(other)
                self._claims(other)
        for one in self.chance.sample(
            self.companies, max(1, self.each // 8)
        ):  # a telephone number given out anew
            other = self._company()
            other.phone = one.phone
            self._claims(other)

    # Ways to write a name

    def _typo(self, company: Company) -> str:
        brand = list(company.brand)
        place = self.chance.randrange(len(brand))
        if len(brand) > 2 and self.chance.random() < 0.5:
            brand[place] = self.chance.choice(BRAND)
        elif len(brand) > 2:
            del brand[place]
        else:
            brand.reverse()
        return self._written(company, brand="".join(brand))

    def _width(self, company: Company) -> str:
        name = self._written(company)
        if self.chance.random() < 0.3:
            return "　".join((name[:2], name[2:]))
        place = self.chance.choice(("(白沟)", "（白沟）", " 白沟 ", "【白沟】"))
        return (company.brand + place + company.trade + self.chance.choice(FORMS[:4])).translate(FULL_WIDTH)

    def _homophone(self, company: Company) -> str:
        brand = list(company.brand)
        places = [place for place, sign in enumerate(brand) if len(same_sound().get(syllable(sign), ())) > 1]
        if not places:
            return self._written(company)
        place = self.chance.choice(places)
        brand[place] = self.chance.choice(
            [sign for sign in same_sound()[syllable(brand[place])] if sign != brand[place]]
        )
        return self._written(company, brand="".join(brand))

    def _lookalike(self, company: Company) -> str:
        pairs = {sign: other for pair in LOOKALIKES for sign, other in (pair, pair[::-1])}
        brand = "".join(pairs.get(sign, sign) for sign in company.brand)
        return self._written(company, brand=brand)

    def _reordered(self, company: Company) -> str:
        return (
            self.chance.choice(("", "白沟"))
            + company.trade
            + company.brand
            + self.chance.choice(("", "保定"))
            + company.form
        )

    def _abbreviated(self, company: Company) -> str:
        trade = ABBREVIATED.get(company.trade, "")
        return (
            self.chance.choice(("", "白沟"))
            + company.brand
            + trade
            + self.chance.choice(("", "公司", company.form))
        )

    def _branch(self, company: Company) -> str:
        tail = self.chance.choice(("高碑店分公司", "第一分公司", "雄安分公司", "白沟分公司", "第二门市部"))
        return company.place + company.brand + company.trade + "有限公司" + tail

    # What a company is

    def _company(self) -> Company:
        chance = self.chance
        brand = chance.choice(HOT_BRANDS) if chance.random() < 0.08 else chance.choice(self.brands)
        agent = chance.random() < 0.2
        company = Company(
            brand=brand,
            trade=chance.choice(TRADES),
            form=chance.choice(FORMS),
            place=chance.choice(PLACES),
            person=chance.choice(SURNAMES) + chance.choice(GIVEN),
            phone=chance.choice(self.agents)[0] if agent else self._phone(),
            street=chance.choice(STREETS),
            door=(chance.randint(1, 40), chance.randint(1, 9), chance.randint(1, 400)),
            number=chance.randrange(10**11),
            code="91" + "".join(chance.choice("0123456789ABCDEFGHJKLMNPQRTUWXY") for _ in range(16)),
            account="".join(chance.choice("0123456789") for _ in range(19)),
            mark=f"{chance.getrandbits(128):032x}" if chance.random() < 0.6 else "",
            agent=agent,
        )
        company.name = self._written(company)
        self.companies.append(company)
        return company

    def _brand(self) -> str:
        size = 2 if self.chance.random() < 0.6 else 3
        return "".join(self.chance.choice(BRAND) for _ in range(size))

    def _written(self, company: Company, *, brand: str = "") -> str:
        return (
            self.chance.choice((company.place, self.chance.choice(PLACES)))
            + (brand or company.brand)
            + company.trade
            + company.form
        )

    def _address(self, company: Company) -> str:
        one, two, three = company.door
        place = self.chance.choice(("河北省保定市白沟新城", "保定市白沟新城", "白沟", "河北省高碑店市白沟镇"))
        shape = self.chance.choice(
            ("{0}号楼{1}层{2}号", "{0}栋{1}楼{2}室", "{0}-{1}-{2}", "{0}区{1}排{2}号摊位")
        )
        text = place + company.street + shape.format(one, two, three)
        return text.translate(FULL_WIDTH) if self.chance.random() < 0.1 else text

    def _person_like(self, person: str) -> str:
        if len(person) < 3 or self.chance.random() < 0.8:
            return person
        others = [sign for sign in same_sound().get(syllable(person[-1]), ()) if sign != person[-1]]
        return person[:-1] + self.chance.choice(others) if others else person

    def _phone(self) -> str:
        return (
            self.chance.choice(("138", "139", "150", "151", "186", "187", "199"))
            + f"{self.chance.randrange(10**8):08d}"
        )

    # What a claim holds

    def _claims(self, company: Company) -> Claim:
        chance = self.chance
        used = {(claim.policy, claim.period) for claim in company.claims}
        policy, period = chance.choice([pair for pair in product(POLICIES, PERIODS) if pair not in used])
        phone = noisy_phone(self.chance, company.phone) if company.phone else ""
        claim = Claim(
            id=f"S{chance.randrange(10**12):012d}",
            party=f"P{company.number:011d}",
            policy=policy,
            period=period,
            name=company.name,
            code=company.code,
            legal_person=company.person,
            person_mark=company.mark,
            phones=(phone,) if phone else (),
            agent_phones=(phone,) if company.phone in self.flagged else (),
            address=self._address(company) if company.street else "",
            account=company.account,
            lines=tuple(
                Line(f"0402{chance.choice('2134')}{chance.randrange(10**13):013d}", chance.randint(1, 20))
                for _ in range(chance.randint(1, 4))
            ),
            invoices=tuple(self._invoice(company.name) for _ in range(chance.choice((0, 0, 1, 2)))),
            boxes=self._boxes() if policy == "per-container" else (),
        )
        company.claims.append(claim)
        return claim

    def _invoice(self, issuer: str) -> Invoice:
        amount = f"{self.chance.randrange(100_000, 90_000_000) / 100:.2f}"
        if self.chance.random() < 0.5:
            return Invoice(f"{self.chance.randrange(10**19, 10**20)}", amount=amount)
        return Invoice(
            f"INV-202{self.chance.randint(1, 4)}-{self.chance.randint(1, 400):03d}",
            issuer=issuer,
            amount=amount,
        )

    def _boxes(self) -> tuple[Box, ...]:
        return tuple(self.voyages.pop() for _ in range(self.chance.randint(1, 3)))

    def _voyages(self, boxes: int) -> list[Box]:
        """Each container sails several times, three weeks or more apart."""
        found = []
        for number in [self._box() for _ in range(boxes)]:
            day = date(2021, 1, 1) + timedelta(days=self.chance.randrange(60))
            for _ in range(8):
                found.append(Box(number, day))
                day += timedelta(days=self.chance.randint(21, 200))
        self.chance.shuffle(found)
        return found

    def _box(self) -> str:
        first = (
            "".join(self.chance.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ") for _ in range(3))
            + "U"
            + f"{self.chance.randrange(10**6):06d}"
        )
        total = sum(
            (_LETTERS[sign] if sign in _LETTERS else int(sign)) << place for place, sign in enumerate(first)
        )
        return f"{first}{total % 11 % 10}"

    def _shuffled(self) -> Planted:
        claims = [claim for company in self.companies for claim in company.claims]
        self.chance.shuffle(claims)
        return Planted(claims, self.truth)


def planted(seed: int, size: int) -> Planted:
    """About ``size`` claims."""
    return Maker(seed, size).make()
