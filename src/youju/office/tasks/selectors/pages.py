"""One task as its page shows it, to the centre and to whoever brought it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from youju.foundation.files.selectors import Attached, attachments
from youju.foundation.identity.limits import sections
from youju.foundation.identity.permissions import allowed
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow import selectors as workflow
from youju.office.tasks import events, permissions
from youju.office.tasks.models import Matter, Mediation, Reminder, Task
from youju.office.tasks.selectors.lists import STATES, one_of
from youju.rules.office.tasks.kinds import KIND_NAMES, OUTCOMES, TOPICS, TaskKind
from youju.rules.office.tasks.lifecycle import ACCEPTED, CANCELLED, OPEN

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class MatterView:
    """What an enterprise brought, without the contact."""

    topic: str
    applicant: str
    applicant_code: str
    other_side: str
    other_code: str
    reference: str
    amount: str
    outcome: str
    result: str


@dataclass(frozen=True, slots=True)
class TaskPage:
    """One task for the centre: where it stands, what this user may do with it, what proves it."""

    task: Task
    kind_label: str
    state_label: str
    section_name: str
    late: bool
    case: workflow.CaseView | None
    milestones: tuple[workflow.Milestone, ...]
    log: tuple[workflow.StepView, ...]
    options: tuple[workflow.Available, ...]
    evidence: tuple[Attached, ...]
    given: tuple[Attached, ...]
    matter: MatterView | None
    mediations: tuple[Mediation, ...]
    reminders: tuple[Reminder, ...]
    siblings: int
    may_change: bool
    may_hand: bool
    may_attach: bool
    may_mediate: bool
    may_unmask: bool

    @property
    def may_finish(self) -> bool:
        """Whether this user may submit it now."""
        return any(each.code == "finish" and not each.blocked for each in self.options)

    @property
    def other_options(self) -> tuple[workflow.Available, ...]:
        """The steps that need no form of their own."""
        return tuple(each for each in self.options if each.code != "finish" or each.blocked)


@dataclass(frozen=True, slots=True)
class Progress:
    """One line of what happened, as the enterprise sees it: no names of people."""

    day: str
    text: str


@dataclass(frozen=True, slots=True)
class OwnPage:
    """A request or dispute for whoever brought it."""

    task: Task
    kind_label: str
    state_label: str
    late: bool
    matter: MatterView
    progress: tuple[Progress, ...]
    files: tuple[Attached, ...]
    may_attach: bool


def task_page(actor: User, task_id: int) -> TaskPage:
    """One task. A dozen queries, however much hangs on it.

    Raises:
        InputError: there is none that the actor may see (404).
    """
    row = one_of(actor, task_id)
    subject = events.subject_of(row)
    files = attachments(subject)
    matter = Matter.objects.filter(pk=row.pk).first() if row.kind in TOPICS else None
    open_now = row.state in OPEN
    disputed = row.kind == TaskKind.DISPUTE
    return TaskPage(
        task=row,
        kind_label=KIND_NAMES[row.kind],
        state_label=STATES[row.state],
        section_name=sections().get(row.section, row.section),
        late=open_now and row.due_on < timezone.localdate(),
        case=workflow.case(subject),
        milestones=workflow.milestones(subject),
        log=workflow.log_of(subject),
        options=workflow.available(subject, actor),
        evidence=tuple(each for each in files if each.role == "evidence"),
        given=tuple(each for each in files if each.role == "given"),
        matter=_matter(row.kind, matter) if matter else None,
        mediations=tuple(row.mediations.all()) if disputed else (),
        reminders=tuple(row.reminders.all()[:10]),
        siblings=Task.objects.filter(plan=row.plan_id).count() if row.plan_id else 0,
        may_change=open_now and allowed(actor, permissions.PLAN),
        may_hand=open_now and allowed(actor, permissions.DO),
        may_attach=row.state not in (ACCEPTED, CANCELLED) and allowed(actor, permissions.DO),
        may_mediate=open_now and disputed and allowed(actor, permissions.DO),
        may_unmask=matter is not None and bool(matter.contact) and allowed(actor, permissions.UNMASK),
    )


def own_page(actor: User, task_id: int) -> OwnPage:
    """A request or dispute of the actor's organisation.

    Raises:
        InputError: there is none (404).
    """
    row = one_of(actor, task_id)
    matter = Matter.objects.filter(pk=row.pk).first()
    if matter is None or row.organisation != actor.organisation_id:
        raise InputError("没有这件诉求或投诉", how="请回到我的诉求", status=404)
    subject = events.subject_of(row)
    return OwnPage(
        task=row,
        kind_label=KIND_NAMES[row.kind],
        state_label=STATES[row.state],
        late=row.state in OPEN and row.due_on < timezone.localdate(),
        matter=_matter(row.kind, matter) if row.state == ACCEPTED else _matter(row.kind, matter, told=False),
        progress=_progress(row, subject_log=workflow.log_of(subject)),
        files=tuple(attachments(subject, "given")),
        may_attach=row.state not in (ACCEPTED, CANCELLED),
    )


_WORDS = {
    "start": "已提出，等待办理",
    "begin": "已开始办理",
    "finish": "已办完，等待内部验收",
    "accept": "已办结",
    "return": "验收没有通过，继续办理",
    "withdraw": "继续办理",
}


def _progress(row: Task, subject_log: tuple[workflow.StepView, ...]) -> tuple[Progress, ...]:
    labels = {"发起": "start", "开始办理": "begin", "提交完成": "finish", "验收通过": "accept"}
    labels |= {"退回重办": "return", "撤回": "withdraw"}
    lines = [
        (
            timezone.localdate(step.at).isoformat(),
            _WORDS.get(labels.get(step.label, ""), step.label)
            + (f"：{step.reason}" if step.label == "取消" else ""),
        )
        for step in subject_log
    ]
    # Row-level security leaves out what is not to be shown; the condition says it once more.
    lines += [(each.held_on.isoformat(), f"调解：{each.text}") for each in row.mediations.filter(shown=True)]
    return tuple(Progress(day, text) for day, text in sorted(lines, key=lambda pair: pair[0]))


def _matter(kind: str, matter: Matter, *, told: bool = True) -> MatterView:
    return MatterView(
        topic=TOPICS[kind].get(matter.topic, matter.topic),
        applicant=matter.applicant,
        applicant_code=matter.applicant_code,
        other_side=matter.other_side,
        other_code=matter.other_code,
        reference=matter.reference,
        amount="" if matter.amount is None else f"{matter.amount:,.2f}",
        outcome=OUTCOMES.get(matter.outcome, "") if told else "",
        result=matter.result if told else "",
    )
