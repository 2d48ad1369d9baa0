"""Rows and typed forms → the frozen facts that the rules of a filing look at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db import connection

from youju.foundation.kernel.sealing import unseal
from youju.rules.law import Law, Table, table
from youju.rules.trade.parties.facts import FilingFacts, PaperFacts
from youju.rules.trade.parties.fields import FIELDS, SECRETS
from youju.rules.trade.parties.typed import coded, read
from youju.trade.parties import countries
from youju.trade.parties.models import Market, Paper, Party, Stall, Tenancy

IMPORTED = "import"
"""The channel of filings taken over in bulk: their papers were seen at the counter."""


def words_of(law: Law) -> dict[str, Table]:
    """The labels of the choices, by field."""
    return {
        "tax_kind": table(law, "trade.parties.tax_kinds"),
        "buyer_type": table(law, "trade.parties.buyer_types"),
    }


def form_of(party: Party) -> dict[str, str]:
    """What is stored of a party, as its form holds it; identifiers in plain: for the rules, never for a page."""
    form = {
        field.code: str(getattr(party, field.code) or "")
        for field in FIELDS
        if field.code not in SECRETS and field.code not in ("chapters", "registered_capital")
    }
    form["chapters"] = " ".join(party.chapters)
    form["registered_capital"] = "" if party.registered_capital is None else f"{party.registered_capital:f}"
    form |= {each.kind: unseal(each.sealed) for each in party.identifiers.all()}
    return {code: text for code, text in form.items() if text}


def paper_facts(papers: Iterable[Paper]) -> tuple[PaperFacts, ...]:
    """The papers of a filing."""
    return tuple(
        PaperFacts(each.kind, place, each.number, each.valid_from, each.valid_to)
        for place, each in enumerate(papers, 1)
    )


def filing_facts(
    form: Mapping[str, str],
    roles: tuple[str, ...],
    *,
    day: date,
    law: Law,
    papers: Iterable[PaperFacts] | None,
    filed: frozenset[str] = frozenset(),
    stalls: Stalls | None = None,
) -> FilingFacts:
    """The facts of a tidied form.

    Args:
        form, roles: as typed.
        day, law: the day on which it is judged.
        papers: ``None`` where papers are no business of the channel.
        filed: the credit codes that other filings hold (``filed_codes``).
        stalls: what is known of stalls; ``None``: not asked.
    """
    plain = dict(form)
    words = words_of(law)
    for code in ("tax_kind", "buyer_type"):
        if plain.get(code):
            plain[code] = coded(plain[code], words[code])
    if plain.get("country"):
        plain["country"] = countries.code_of(plain["country"])
    return read(
        plain,
        roles,
        day=day,
        words=words,
        country_name=countries.name_of(plain.get("country", "")),
        papers=papers,
        already_filed=plain.get("credit_code", "") in filed,
        stall=stalls.known(plain.get("market", ""), plain.get("stall_number", "")) if stalls else "",
    )


def filed_codes(codes: Sequence[str], *, beside: int | None = None) -> frozenset[str]:
    """Which of the credit codes are on file, whoever's filing it is; ``beside`` is a party that does not count."""
    wanted = [code for code in codes if code]
    if not wanted:
        return frozenset()
    with connection.cursor() as cursor:
        cursor.execute("SELECT parties_filed(%s, %s)", [wanted, beside])
        return frozenset(code for (code,) in cursor.fetchall())


class Stalls:
    """The stalls of the markets: which there are, and which are held by somebody else. Three queries, read when asked."""

    def __init__(self, *, beside: int | None = None) -> None:
        self.beside = beside
        self._known: dict[tuple[str, str], int] | None = None
        self._held: dict[int, int] = {}
        self._markets: dict[str, str] = {}

    def _load(self) -> dict[tuple[str, str], int]:
        if self._known is None:
            rows = Stall.objects.values_list("market__code", "number", "pk")
            self._known = {(code, number): pk for code, number, pk in rows}
            held = Tenancy.objects.filter(valid_to=None).values_list("stall_id", "party_id")
            self._held = {stall: party for stall, party in held if party != self.beside}
            self._markets = dict(Market.objects.values_list("name", "code"))
        return self._known

    def market_code(self, text: str) -> str:
        """The code of a market that was given by code or name."""
        self._load()
        return self._markets.get(text, text)

    def find(self, market: str, number: str) -> int | None:
        """The key of a stall."""
        return self._load().get((self.market_code(market), number))

    def known(self, market: str, number: str) -> str:
        """What a rule wants to know: ``""``, ``unknown`` or ``taken``. Where no stall was ever loaded, nothing is asked."""
        known = self._load()
        if not known or not (market and number):
            return ""
        found = self.find(market, number)
        if found is None:
            return "unknown"
        return "taken" if found in self._held else ""
