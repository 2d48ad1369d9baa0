"""One survey as its page shows it: its questions, channels, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from youju.foundation.identity.permissions import allowed
from youju.foundation.policies import law_on
from youju.foundation.workflow import selectors as workflow
from youju.office.surveys import events, permissions
from youju.office.surveys.facts import facts_of
from youju.office.surveys.models import Question, Survey
from youju.office.surveys.selectors.counting import Standing, standing_of
from youju.office.surveys.selectors.lists import one_of
from youju.rules.findings import Finding
from youju.rules.law import whole
from youju.rules.office.surveys.facts import Moment
from youju.rules.office.surveys.judging import judge
from youju.rules.office.surveys.lifecycle import CLOSED, DRAFT, DROPPED, OPEN, REVIEW, STATES

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_MOMENTS: dict[str, Moment] = {DRAFT: "publish", REVIEW: "publish", OPEN: "watch", CLOSED: "result"}


@dataclass(frozen=True, slots=True)
class SurveyPage:
    """A survey: its way, what this user may do with it, what the rules say of it now."""

    survey: Survey
    state_label: str
    questions: tuple[Question, ...]
    standing: Standing
    case: workflow.CaseView | None
    milestones: tuple[workflow.Milestone, ...]
    log: tuple[workflow.StepView, ...]
    options: tuple[workflow.Available, ...]
    findings: tuple[Finding, ...]
    most_tokens: int
    may_edit: bool
    may_reach: bool
    may_put_off: bool

    @property
    def is_closed(self) -> bool:
        """Whether there is a result."""
        return self.survey.state == CLOSED

    @property
    def is_open(self) -> bool:
        """Whether it is being answered."""
        return self.survey.state == OPEN


def survey_page(actor: User, survey_id: int) -> SurveyPage:
    """One survey. A handful of queries, however many questions and channels it has.

    Raises:
        PermissionDenied: the actor sees no surveys.
        InputError: there is none (404).
    """
    row, today = one_of(actor, survey_id), timezone.localdate()
    law, subject, standing = law_on(today), events.subject_of(row), standing_of(row)
    moment = _MOMENTS.get(row.state)
    found = judge(facts_of(row, moment, today, standing=standing), law) if moment else []
    edits = allowed(actor, permissions.EDIT)
    return SurveyPage(
        survey=row,
        state_label=STATES[row.state],
        questions=tuple(row.questions.all()),
        standing=standing,
        case=workflow.case(subject),
        milestones=workflow.milestones(subject),
        log=workflow.log_of(subject),
        options=workflow.available(subject, actor),
        findings=tuple(found),
        most_tokens=whole(law, "office.surveys.most_tokens"),
        may_edit=edits and row.state == DRAFT,
        may_reach=edits and row.state not in (CLOSED, DROPPED),
        may_put_off=row.state == OPEN and allowed(actor, permissions.PUBLISH),
    )
