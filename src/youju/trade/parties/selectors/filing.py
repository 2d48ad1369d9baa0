"""A filing as its form shows it: what is typed, what the rules say of it, what is still to do."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.sealing import unseal
from youju.foundation.policies import law_on
from youju.foundation.workflow import selectors as workflow
from youju.rules.findings import Finding, Severity, stopping
from youju.rules.law import Law, names, table
from youju.rules.trade.parties.facts import FilingFacts
from youju.rules.trade.parties.fields import FIELDS, SECRETS, Field, required, shown
from youju.rules.trade.parties.judging import judge
from youju.rules.trade.parties.lifecycle import DRAFT, RETURNED
from youju.rules.trade.parties.masking import masked
from youju.rules.trade.parties.typed import roles_of, tidied
from youju.trade.parties import countries, events
from youju.trade.parties.facts import (
    IMPORTED,
    Stalls,
    filed_codes,
    filing_facts,
    form_of,
    paper_facts,
    words_of,
)
from youju.trade.parties.models import FilingDraft, Market, Paper, Party
from youju.trade.parties.selectors.reach import is_writer, visible

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class Typed:
    """A form as it was last kept; ``version`` 0: nothing was typed since the filing was handed in."""

    roles: tuple[str, ...]
    form: Mapping[str, str]
    version: int = 0
    saved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """A form, its facts, and what the rules say."""

    typed: Typed
    facts: FilingFacts
    findings: Sequence[Finding]


@dataclass(frozen=True, slots=True)
class Shown:
    """A field as a page shows it: ``text`` for people; a number masked."""

    field: Field
    text: str
    is_required: bool


@dataclass(frozen=True)
class Editing:
    """The page of a form.

    Args:
        fields: those that the roles see, with what a page may show of them.
        values: for the controls: field code → text; identifiers are left out.
        returned: why the filing was sent back; empty where it was not.
        needed: the kinds of paper that the roles ask for, and whether each is there.
    """

    party: Party
    typed: Typed
    findings: Sequence[Finding]
    fields: Sequence[Shown]
    values: Mapping[str, str]
    papers: Sequence[Paper]
    needed: Sequence[tuple[str, str, bool]]
    paper_kinds: Mapping[str, str]
    returned: str

    @property
    def errors(self) -> list[Finding]:
        """What bars the filing."""
        return stopping(self.findings)

    @property
    def warnings(self) -> list[Finding]:
        """What must be explained."""
        return [each for each in self.findings if each.severity is Severity.WARNING]

    @property
    def hints(self) -> list[Finding]:
        """What is good to know."""
        return [each for each in self.findings if each.severity is Severity.HINT]


def typed_of(party: Party) -> Typed:
    """The form of a filing: what was typed last, else what is filed. Identifiers in plain: never for a page."""
    draft = FilingDraft.objects.filter(party=party).first()
    if draft is None:
        return Typed(roles_of(party.roles), tidied(form_of(party)))
    kept = json.loads(unseal(draft.sealed))
    return Typed(roles_of(kept["roles"]), tidied(kept["form"]), draft.version, draft.saved_at)


def judged(party: Party, *, day: date, law: Law, typed: Typed | None = None) -> Judged:
    """What the rules say of a filing as it is typed now."""
    typed = typed or typed_of(party)
    papers = None if party.channel == IMPORTED else paper_facts(party.papers.all())
    filed = filed_codes([typed.form.get("credit_code", "")], beside=party.pk)
    stalls = Stalls(beside=party.pk)
    facts = filing_facts(typed.form, typed.roles, day=day, law=law, papers=papers, filed=filed, stalls=stalls)
    return Judged(typed, facts, judge(facts, law))


def editor(user: User, party_id: int) -> Editing:
    """The form of a filing that the user may write.

    Raises:
        InputError: there is none (404), it is another's to write (403), or it is past its draft (409).
    """
    party = visible(user).filter(pk=party_id).first()
    if party is None:
        raise InputError("没有这份备案", how="请回到列表重新选择", status=404)
    if not is_writer(user, party):
        raise InputError("这份备案由对方自己填写", how="需要补正的请退回，由对方修改", status=403)
    if party.state not in (DRAFT, RETURNED):
        raise InputError("这份备案已经提交，不能再改", how="没有受理的可以先撤回", status=409)
    today = timezone.localdate()
    law = law_on(today)
    seen = judged(party, day=today, law=law)
    papers = list(party.papers.all())
    there = {paper.kind for paper in papers}
    kinds = {code: str(label) for code, label in table(law, "trade.parties.paper_kinds").items()}
    asked = table(law, "trade.parties.required_papers")
    wanted = dict.fromkeys(kind for role in seen.typed.roles for kind in names(asked, role))
    return Editing(
        party=party,
        typed=seen.typed,
        findings=seen.findings,
        fields=fields_of(seen.typed.roles, seen.typed.form, law),
        values={code: text for code, text in seen.typed.form.items() if code not in SECRETS},
        papers=papers,
        needed=[(kind, kinds[kind], kind in there) for kind in wanted],
        paper_kinds=kinds,
        returned=_returned(party) if party.state == RETURNED else "",
    )


def fields_of(roles: tuple[str, ...], form: Mapping[str, str], law: Law) -> list[Shown]:
    """The fields that the roles see, as people read them."""
    must = table(law, "trade.parties.required_fields")
    may = table(law, "trade.parties.optional_fields")
    needed = {field.code for field in required(roles, must)}
    names_of = dict(Market.objects.values_list("code", "name")) if form.get("market") else {}
    plain = {**form, "market": names_of.get(form.get("market", ""), form.get("market", ""))}
    return [
        Shown(field, text_of(field, plain.get(field.code, ""), law), field.code in needed)
        for field in FIELDS
        if field in shown(roles, must, may)
    ]


def text_of(field: Field, text: str, law: Law) -> str:
    """A field's content in words: choices by their label, identifiers masked."""
    if not text:
        return ""
    if field.kind == "secret":
        return masked(field.code, text)
    if field.code == "country":
        return countries.name_of(countries.code_of(text)) or text
    words = words_of(law).get(field.code)
    return str(words.get(text, text)) if words else text


def choices(law: Law | None = None) -> dict[str, list[tuple[str, str]]]:
    """The choices of a form's controls, by field: (code, label)."""
    law = law or law_on(timezone.localdate())
    found = {
        code: [(each, str(label)) for each, label in words.items()] for code, words in words_of(law).items()
    }
    found["country"] = list(countries.names().items())
    found["market"] = list(Market.objects.values_list("code", "name"))
    return found


def _returned(party: Party) -> str:
    log = workflow.log_of(events.party_subject(party))
    return next((step.reason for step in reversed(log) if step.returns), "")
