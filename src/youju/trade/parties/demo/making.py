"""The demo's parties, one after the other: plain facts, made from a plan alone; no database, no clock."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from youju.foundation.kernel.chance import Chance, Lots
from youju.foundation.policies import law_on
from youju.foundation.workflow.walks import Walk
from youju.rules.law import table, text, whole
from youju.rules.trade.parties.roles import PartyRole
from youju.trade.parties.demo import histories, names, numbers
from youju.trade.parties.demo.places import Letting, Place
from youju.trade.parties.demo.planning import ROLES, Plan, standing
from youju.trade.parties.demo.planting import plant
from youju.trade.parties.demo.tables import Country, authored, countries, products

_CHANNELS = Lots((("web", 50), ("counter", 35), ("import", 15)))
_LEVELS = Lots((("A", 70), ("B", 25), ("C", 5)))
_LAW_OF = date(2023, 1, 1)


@dataclass(frozen=True, slots=True)
class MadeParty:
    """One party: its columns by name, and what hangs on it.

    ``index`` is its place among all parties, ``ordinal`` its place within its role, ``identifiers`` are (kind, holder, number).
    """

    index: int
    role: PartyRole
    ordinal: int
    standing: str
    profile: str
    organisation: str
    values: dict[str, Any]
    identifiers: tuple[tuple[str, str, str], ...]
    papers: tuple[tuple[str, str, date | None], ...]
    place: Place | None
    walk: Walk

    def changed(self, **values: Any) -> MadeParty:
        """The same party with other values."""
        return replace(self, values={**self.values, **values})


def parties(plan: Plan) -> Iterator[MadeParty]:
    """Every party of the plan in the order of its index, streamed."""
    letting, serials = Letting(plan.scale), dict[int, int]()
    for role in ROLES:
        first = plan.first(role)
        for ordinal in range(plan.count(role)):
            made = plant(plan, _party(plan, role, ordinal, first + ordinal, letting))
            approved = histories.approved_at(made.walk)
            if approved is not None:
                serials[approved.year] = serials.get(approved.year, 0) + 1
                made = made.changed(number=_number(approved.date(), serials[approved.year]))
            yield made


def _number(approved: date, serial: int) -> str:
    return text(law_on(_LAW_OF), "trade.parties.number_shape").format(year=approved.year, serial=serial)


def profile_of(plan: Plan, ordinal: int) -> str:
    """The trade of a merchant: women's bags for the demo account's, by weight for the others."""
    if ordinal == 0:
        return "handbag"
    return Chance(plan.seed, "profile", ordinal).draw(_profiles())


@cache
def _profiles() -> Lots[str]:
    return Lots((code, each["weight"]) for code, each in authored("profiles")["profiles"].items())


@cache
def _countries() -> Lots[Country]:
    return Lots((country, country.weight) for country in countries())


def _party(plan: Plan, role: PartyRole, ordinal: int, index: int, letting: Letting) -> MadeParty:
    chance = Chance(plan.seed, role.value, ordinal)
    stands = standing(ordinal)
    account = authored("standing")["accounts"].get(role.value) if ordinal == 0 else None
    law = law_on(_LAW_OF)
    sections = [str(code) for code in table(law, "trade.parties.section_of_role")[role.value]]  # type: ignore[union-attr]
    channel = "web" if account else chance.draw(_CHANNELS)
    who = names.person(chance)
    filer = (account["user"], account["person"]) if account else _filer(channel, role, ordinal, who, sections)
    walk = histories.walk(plan, stands, filer, _officers(sections), chance)
    values: dict[str, Any] = {
        "roles": _roles(role, ordinal),
        "sections": sections,
        "state": walk.state,
        "channel": channel,
        "number": "",
        "credit_level": "",
        "valid_from": None,
        "valid_to": None,
        "created_by": filer[0],
        "created_at": walk.began,
        "submitted_at": histories.submitted_at(walk),
        "approved_at": histories.approved_at(walk),
        "country": "CN",
        "legal_person": who,
        "contact": who,
        "region": "示例县",
    }
    approved = values["approved_at"]
    if approved is not None:
        years = whole(law, "trade.parties.filing_years")
        good = histories.validity(plan, stands, approved.date(), years, chance)
        values |= {"valid_from": good.first, "valid_to": good.last}
        chance.draw(
            _LEVELS
        )  # what is drawn after it stays as it was; the level itself is the room of credit's to write
    profile, place = "", None
    identifiers: tuple[tuple[str, str, str], ...] = (
        ("resident_id", "legal_person", numbers.resident_id(index)),
        ("phone", "contact", numbers.mobile(index)),
    )
    if role is PartyRole.BUYER:
        identifiers = _buyer(ordinal, index, chance, values)
    elif role is PartyRole.MERCHANT:
        profile = profile_of(plan, ordinal)
        place = letting.take(profile)
        _merchant((ordinal, index), profile, place, chance, values)
    else:
        profile = _company(role, ordinal, index, chance, values)
    if account:
        values |= {"name": account["name"], "name_en": account["english"]}
        values |= {"legal_person": account["person"], "contact": account["person"]}
    return MadeParty(
        index=index,
        role=role,
        ordinal=ordinal,
        standing=stands,
        profile=profile,
        organisation=account["organisation"] if account else _organisation(channel, role, ordinal),
        values=values,
        identifiers=identifiers,
        papers=_papers(plan, role, values, chance),
        place=place,
        walk=walk,
    )


def _merchant(
    numbered: tuple[int, int], profile: str, place: Place | None, chance: Chance, values: dict[str, Any]
) -> None:
    ordinal, index = numbered
    trade = authored("profiles")["profiles"][profile]
    values["name"], values["name_en"] = names.shop(ordinal, trade["label"], trade["english"])
    code = numbers.credit_code(index, individual=True)
    where = f"{place.market_name}{place.number}号" if place else chance.pick(authored("people")["towns"])
    values |= {
        "credit_code": code,
        "tax_id": code,
        "tax_kind": "small" if chance.percent(85) else "general",
        "registered_capital": chance.pick(["1.00", "3.00", "5.00", "10.00", "20.00"]),
        "scope": trade["scope"],
        "chapters": chapters(profile),
        "address": where,
        "market": place.market_code if place else "",
        "stall_number": place.number if place else "",
    }


def chapters(profile: str) -> list[str]:
    """The chapters of the tariff that a trade sells, in order."""
    return sorted({product.hs_code[:2] for product in products()[profile]})


def _company(role: PartyRole, ordinal: int, index: int, chance: Chance, values: dict[str, Any]) -> str:
    profile = ""
    values["name"], values["name_en"] = names.company(ordinal, role)
    code = numbers.credit_code(index)
    values |= {
        "credit_code": code,
        "tax_id": code,
        "tax_kind": "general",
        "registered_capital": chance.pick(["50.00", "100.00", "200.00", "500.00", "1000.00"]),
        "scope": authored("people")["scopes"][role.value],
        "address": f"{chance.pick(authored('people')['towns'])}{chance.between(1, 288)}号",
        "customs_code": numbers.customs_code(index),
    }
    if role is PartyRole.MANUFACTURER:
        profile = chance.pick(["handbag", "backpack", "luggage", "sport"])
        values["chapters"] = chapters(profile)
    return profile


def _buyer(
    ordinal: int, index: int, chance: Chance, values: dict[str, Any]
) -> tuple[tuple[str, str, str], ...]:
    every = countries()
    # Every country has a buyer before any has two by weight.
    country = every[ordinal] if ordinal < len(every) else chance.draw(_countries())
    firm = chance.percent(70)
    who = names.foreigner(chance, country)
    name = names.importer(chance, country) if firm else who
    values |= {
        "name": name,
        "name_en": names.plain(name),
        "country": country.code,
        "region": "",
        "buyer_type": "company" if firm else "person",
        "legal_person": who if firm else "",
        "contact": who,
        "email": f"buyer{ordinal:06d}@example.com",
        "address": country.name,
    }
    holder = "legal_person" if firm else "self"
    return (
        ("passport", holder, numbers.passport(index)),
        ("phone", "contact", numbers.foreign_phone(country.dial, index)),
    )


def _roles(role: PartyRole, ordinal: int) -> list[str]:
    more = {
        (PartyRole.MERCHANT, 7): PartyRole.MANUFACTURER,  # 前店后厂
        (PartyRole.AGENT, 3): PartyRole.CONSOLIDATOR,
    }.get((role, ordinal % 20))
    return [role.value, more.value] if more else [role.value]


def _filer(channel: str, role: PartyRole, ordinal: int, who: str, sections: list[str]) -> tuple[str, str]:
    if channel == "web":
        return f"{role.value[:3]}-{ordinal:06d}", who
    return _officers(sections)[ordinal % 2]


def _officers(sections: list[str]) -> tuple[tuple[str, str], tuple[str, str]]:
    staff = authored("people")["staff"]
    mine = [each for each in staff if each["section"] in sections] or staff
    first, second = mine[0], mine[1]
    return (first["username"], first["name"]), (second["username"], second["name"])


def _organisation(channel: str, role: PartyRole, ordinal: int) -> str:
    """The code of the party's own organisation where its people have accounts."""
    return f"DEMO-{role.value[:3].upper()}{ordinal:06d}" if channel == "web" else ""


def _papers(
    plan: Plan,
    role: PartyRole,
    values: dict[str, Any],
    chance: Chance,
) -> tuple[tuple[str, str, date | None], ...]:
    """(kind, number, valid to) of what the role must hand in; a draft has none yet."""
    if values["state"] == "draft":
        return ()
    until = date(plan.today.year + chance.between(1, 4), chance.between(1, 12), chance.between(1, 28))
    known: dict[str, tuple[str, date | None]] = {
        "business_license": (values.get("credit_code", ""), None),
        "identity_card": ("", None),
        "stall_lease": (f"ZL{values['created_at']:%Y}-{chance.below(10_000):04d}", until),
        "customs_registration": (values.get("customs_code", ""), None),
        "site_registration": (values.get("customs_code", ""), until),
        "passport": ("", until),
    }
    wanted = table(law_on(_LAW_OF), "trade.parties.required_papers")[role.value]
    return tuple((str(kind), *known[str(kind)]) for kind in wanted)  # type: ignore[union-attr]
