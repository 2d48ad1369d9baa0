"""The result of a closed survey: satisfaction by tag, channel and question, each with its number of sheets and its interval."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils import timezone

from youju.foundation.documents.selectors import DocumentView, documents
from youju.foundation.identity.permissions import allowed
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.office.surveys import permissions
from youju.office.surveys.events import subject_of
from youju.office.surveys.facts import facts_of
from youju.office.surveys.models import Count, Question, Remark, Survey, Tally
from youju.office.surveys.selectors.counting import Standing, standing_of
from youju.office.surveys.selectors.lists import one_of
from youju.rules.findings import Finding
from youju.rules.law import whole
from youju.rules.office.surveys.judging import judge
from youju.rules.office.surveys.lifecycle import CLOSED
from youju.rules.office.surveys.questions import ALL, SCALE_WORDS, TAG_NAMES, QuestionKind, scaled
from youju.rules.office.surveys.statistics import Change, Estimate, change, estimate

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

WHOLE = "全部量表题"


@dataclass(frozen=True, slots=True)
class Line:
    """A mean (0-100) with its interval; ``small``: fewer sheets than a result should stand on; the same of the survey before."""

    key: str
    label: str
    now: Estimate
    small: bool
    before: Estimate | None = None
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """How many chose one option; ``share`` in per cent of those who answered the question."""

    label: str
    count: int
    share: Decimal


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and its answers; ``options`` empty where too few answered to be shown."""

    question: Question
    answered: int
    options: tuple[Option, ...]
    now: Estimate | None
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ResultPage:
    """Everything that is said of a closed survey.

    ``channels``: those large enough to be shown apart; ``together``: how many channels were put together or not shown.
    ``lost``: tags of the questions that have too few sheets.
    """

    survey: Survey
    standing: Standing
    tags: tuple[Line, ...]
    lost: tuple[str, ...]
    channels: tuple[Line, ...]
    together: int
    questions: tuple[Asked, ...]
    previous: Survey | None
    findings: tuple[Finding, ...]
    small_cell: int
    may_export: bool

    @property
    def whole(self) -> Line | None:
        """Over all scale questions."""
        return next((line for line in self.tags if line.key == ALL), None)

    @property
    def rate(self) -> Decimal | None:
        """Sheets that came back in per cent of those handed out."""
        out = self.standing.handed_out
        return Decimal(self.survey.answered * 100) / out if out else None


def result_page(actor: User, survey_id: int) -> ResultPage:
    """The result. Some ten queries, however many answered.

    Raises:
        PermissionDenied: the actor sees no surveys.
        InputError: there is no such survey (404), or it is not closed: while it is open nobody sees answers (409).
    """
    row, today = one_of(actor, survey_id), timezone.localdate()
    if row.state != CLOSED:
        raise InputError(f"{row.number} 还没有结束", how="结束后才开箱统计，此前谁也看不到答案", status=409)
    law, standing = law_on(today), standing_of(row)
    least, cell = whole(law, "office.surveys.min_answers"), whole(law, "office.surveys.small_cell")
    previous = _before(row)
    earlier = _estimates(previous) if previous else {}
    now = _estimates(row)
    tags = tuple(
        _line(tag, WHOLE if tag == ALL else tag_label(tag), each, least, earlier.get((tag, None)))
        for (tag, channel), each in sorted(now.items(), key=lambda pair: pair[0][0])
        if channel is None
    )
    apart = {each.channel.pk: each.channel.name for each in standing.channels if each.channel.apart}
    channels = tuple(
        _line(str(channel), apart[channel], each, least, None)
        for (tag, channel), each in sorted(now.items(), key=lambda pair: pair[0][1] or 0)
        if tag == ALL and channel in apart
    )
    questions = tuple(row.questions.all())
    asked = {tag for each in questions if each.kind == QuestionKind.SCALE for tag in each.tags}
    return ResultPage(
        survey=row,
        standing=standing,
        tags=tags,
        lost=tuple(sorted(asked - {line.key for line in tags})),
        channels=channels,
        together=sum(1 for each in standing.channels if each.answered and not each.channel.apart),
        questions=_asked(row, questions, cell),
        previous=previous if any(line.before for line in tags) else None,
        findings=tuple(judge(facts_of(row, "result", today, standing=standing), law)),
        small_cell=cell,
        may_export=allowed(actor, permissions.EXPORT),
    )


def tag_label(tag: str) -> str:
    """A tag as people read it."""
    return f"{TAG_NAMES[tag]}（{tag}）" if tag in TAG_NAMES else tag


def _before(row: Survey) -> Survey | None:
    """The survey to compare with: the one that was named, else the same project's of the same time a year earlier."""
    if row.previous_id:
        return Survey.objects.filter(pk=row.previous_id, state=CLOSED).first()
    if not row.project:
        return None
    same = Survey.objects.filter(project=row.project, year=row.year - 1, quarter=row.quarter, state=CLOSED)
    return same.order_by("pk").first()


def _estimates(row: Survey) -> dict[tuple[str, int | None], Estimate]:
    scores: dict[tuple[str, int | None], dict[Decimal, int]] = {}
    for tag, channel, score, answers in Tally.objects.filter(survey=row).values_list(
        "tag", "channel", "score", "answers"
    ):
        scores.setdefault((tag, channel), {})[score] = answers
    found = {key: estimate(each) for key, each in scores.items()}
    return {key: each for key, each in found.items() if each is not None}


def _line(key: str, label: str, now: Estimate, least: int, before: Estimate | None) -> Line:
    return Line(key, label, now, now.n < least, before, change(now, before) if before else None)


def _asked(row: Survey, questions: Iterable[Question], cell: int) -> tuple[Asked, ...]:
    counts: dict[int, dict[int, int]] = {}
    for question, option, answers in Count.objects.filter(survey=row).values_list(
        "question", "option", "answers"
    ):
        counts.setdefault(question, {})[option] = answers
    remarks: dict[int, list[str]] = {}
    if row.answered >= cell:
        # By keys of chance, which no order of writing stands behind.
        for question, text in (
            Remark.objects.filter(survey=row).order_by("pk").values_list("question", "text")
        ):
            remarks.setdefault(question, []).append(text)
    return tuple(_one(each, counts.get(each.pk, {}), remarks.get(each.pk, [])) for each in questions)


def _one(question: Question, counts: dict[int, int], remarks: list[str]) -> Asked:
    words = [zh for zh, _ in (question.options or SCALE_WORDS)]
    if question.kind == QuestionKind.TEXT:
        return Asked(question, len(remarks), (), None, tuple(remarks))
    answered = counts.get(0, 0)
    # Of several choices one sheet counts at each: the shares are of the sheets and make more than 100 together.
    options = tuple(
        Option(word, counts.get(place, 0), Decimal(counts.get(place, 0) * 100) / answered)
        for place, word in enumerate(words, 1)
        if answered
    )
    scores = {scaled(step): count for step, count in counts.items() if step}
    now = estimate(scores) if question.kind == QuestionKind.SCALE else None
    return Asked(question, answered, options, now, ())


def table_of(page: ResultPage) -> list[list[str]]:
    """The tables of a result as rows: part, name, n, mean, low, high, the mean before, the change. For export and documents."""
    rows = [_row("标签", line.label, line) for line in page.tags]
    rows += [_row("渠道", line.label, line) for line in page.channels]
    for each in page.questions:
        if each.now is not None:
            rows.append(
                _row("题目", f"{each.question.place}. {each.question.text}", Line("", "", each.now, False))
            )
    return rows


HEADINGS = (
    ("部分", False), ("名称", False), ("份数", True), ("满意度（%）", True), ("95% 下限", True), ("95% 上限", True),
    ("上一次（%）", True), ("变化（百分点）", True),
)  # fmt: skip


def _row(part: str, name: str, line: Line) -> list[str]:
    return [
        part,
        name,
        str(line.now.n),
        told(line.now.mean),
        told(line.now.low),
        told(line.now.high),
        told(line.before.mean if line.before else None),
        told(line.change.points if line.change else None),
    ]


def told(value: Decimal | None) -> str:
    """One place; empty for none."""
    return "" if value is None else f"{value:.1f}"


def reports(row: Survey) -> list[DocumentView]:
    """The reports that were made of a survey."""
    return list(documents(subject_of(row)))
