"""A merchant's goods: the list, one good with all that its page shows, what somebody has typed and not saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from youju.foundation.files.selectors import Attached, attachments
from youju.rules.trade.goods.lifecycle import STATE_NAMES
from youju.trade.goods.events import good_subject
from youju.trade.goods.models import Decision, Good, GoodDraft
from youju.trade.goods.selectors.brands import BRAND_KINDS
from youju.trade.goods.selectors.tariffs import CodeFacts, line_of
from youju.trade.parties.selectors import acting_party, party_names, seen_party_ids

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

STATES = STATE_NAMES
"""What the states of a good are called."""

OUTCOMES = {"recognised": "予以认定", "refused": "不予认定", "explain": "须作说明"}


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A stored decision as pages show it; ``current`` while it speaks of the good as it stands now."""

    id: int
    outcome: str
    label: str
    as_of: date
    at: datetime
    rule_ids: Sequence[str]
    findings: Sequence[Mapping[str, Any]]
    explanation: str
    by: str
    current: bool


@dataclass(frozen=True, slots=True)
class GoodPage:
    """All that the page of a good shows; ``tariff`` is ``None`` where the tariff of today does not know the code."""

    good: Good
    state_label: str
    party_name: str
    tariff: CodeFacts | None
    elements: Sequence[tuple[str, str, bool]]
    has_picture: bool
    authorisation: Attached | None
    decisions: Sequence[DecisionView]
    may_act: bool

    @property
    def decision(self) -> DecisionView | None:
        """The latest one."""
        return self.decisions[0] if self.decisions else None


def goods(
    actor: User, *, text: str = "", state: str = "", chapter: str = "", party: str = "", picture: str = ""
) -> QuerySet[Good]:
    """The goods that the actor sees and that fit.

    Somebody outside the centre sees those of the own organisation's parties and of its principals of today; the centre's
    people what row-level security shows them.

    Args:
        text: words of names, model, brand, number, or the start of the code.
        state: a key of ``STATES``; ``waiting`` for all that wait for a decision.
        chapter: two digits.
        party: what the party's name or filing number contains.
        picture: ``yes`` or ``no``.
    """
    rows = _seen(actor).select_related("party")
    for word in text.replace("\0", "").split():
        rows = rows.filter(
            Q(name__icontains=word)
            | Q(name_en__icontains=word)
            | Q(model__icontains=word)
            | Q(brand__icontains=word)
            | Q(number__iexact=word)
            | Q(hs_code__startswith=word)
        )
    if state == "waiting":
        rows = rows.filter(state__in=["draft", "outdated"])
    elif state:
        rows = rows.filter(state=state)
    if chapter:
        rows = rows.filter(hs_code__startswith=chapter)
    if party:
        word = party.replace("\0", "")
        rows = rows.filter(Q(party__name__icontains=word) | Q(party__number__iexact=word))
    return rows.filter(picture__isnull=picture == "no") if picture else rows


def good(actor: User, good_id: int) -> Good | None:
    """One good that the actor sees."""
    return _seen(actor).filter(pk=good_id).first()


def good_page(actor: User, good_id: int) -> GoodPage | None:
    """All that the page of a good shows, or ``None``; as many queries for any."""
    found = good(actor, good_id)
    if found is None:
        return None
    today = timezone.localdate()
    tariff = line_of(found.hs_code, today)
    files = attachments(good_subject(found))
    return GoodPage(
        good=found,
        state_label=STATES[found.state],
        party_name=party_names([found.party_id]).get(found.party_id, ""),
        tariff=tariff,
        elements=_elements(found, tariff),
        has_picture=bool(found.picture),
        authorisation=_bearing(files, "authorisation", found.authorisation),
        decisions=decision_views(found),
        may_act=acting_party(actor, today, found.party_id) is not None,
    )


def decision_views(found: Good) -> list[DecisionView]:
    """The decisions on a good, latest first: one query."""
    return [
        DecisionView(
            id=row.pk,
            outcome=row.outcome,
            label=OUTCOMES[row.outcome],
            as_of=row.as_of,
            at=row.decided_at,
            rule_ids=row.rule_ids,
            findings=row.findings,
            explanation=row.explanation,
            by=row.decided_by,
            current=row.good_revision == found.revision,
        )
        for row in Decision.objects.filter(good=found)
    ]


def picture_of(actor: User, good_id: int, role: str) -> Attached | None:
    """A picture of a good that the actor sees, in a role such as ``picture-small``."""
    found = good(actor, good_id)
    files = attachments(good_subject(found), role) if found and found.picture else []
    return files[-1] if files else None


def authorisation_of(found: Good) -> Attached | None:
    """The brand's authorisation that the good bears now."""
    return _bearing(attachments(good_subject(found)), "authorisation", found.authorisation)


def known_twins(party_ids: Sequence[int]) -> dict[tuple[int, str, str, str], str]:
    """(party, name, model, code) → number of the goods that parties have in their catalogues: one query."""
    rows = Good.objects.filter(party_id__in=set(party_ids)).exclude(state="withdrawn")
    return {
        (party, name, model, code): number
        for party, name, model, code, number in rows.values_list(
            "party_id", "name", "model", "hs_code", "number"
        )
    }


def typing(actor: User, good_id: int | None) -> GoodDraft | None:
    """What the actor has typed and not saved."""
    mine = GoodDraft.objects.filter(user=actor)
    return (mine.filter(good=None) if good_id is None else mine.filter(good_id=good_id)).first()


def _seen(actor: User) -> QuerySet[Good]:
    ids = seen_party_ids(actor, timezone.localdate())
    return Good.objects.all() if ids is None else Good.objects.filter(party_id__in=ids)


def _elements(found: Good, tariff: CodeFacts | None) -> list[tuple[str, str, bool]]:
    """(element, what is declared, whether the code asks for it), in the tariff's order; what it does not ask for follows."""
    asked = tariff.elements if tariff else ()
    told = [(each.name, _told(found, each.name, each.known), True) for each in asked]
    names = {each.name for each in asked}
    return told + [(name, value, False) for name, value in found.elements.items() if name not in names]


def _told(found: Good, name: str, known: str) -> str:
    if known == "brand_kind":
        return BRAND_KINDS[found.brand_kind]
    return str(getattr(found, known) if known else found.elements.get(name, ""))


def _bearing(files: Sequence[Attached], role: str, mark: Any) -> Attached | None:
    wanted = mark.hex if mark else ""
    return next(
        (each for each in files if wanted and each.role == role and each.kept.sha256.startswith(wanted)), None
    )
