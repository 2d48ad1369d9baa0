"""Opening the box (开箱): sealed sheets become answers of nobody, tokens and envelopes go. Once, as the survey is closed.

All answers are written in one transaction, in an order of chance, under keys of chance: they have the same ``xmin``, which is the
transaction's of opening and not of any answering. Tokens and envelopes are deleted in it, so that nothing is left to join to.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from youju.foundation.audit.services import record
from youju.foundation.policies import law_on
from youju.office.surveys import events
from youju.office.surveys.models import Count, Envelope, Question, Remark, Response, Survey, Tally, Token
from youju.office.surveys.services.answering import opened
from youju.rules.law import whole
from youju.rules.office.surveys.grouping import apart
from youju.rules.office.surveys.lifecycle import CLOSED
from youju.rules.office.surveys.questions import QuestionKind, scores_by_tag

_BATCH = 1_000
Sheet = tuple[int, dict[int, Any]]


@transaction.atomic
def open_box(row: Survey, *, today: date) -> int:
    """Count what lies in the box of a locked survey and close it; how many sheets.

    Raises:
        InputError: the key that sealed them was lost.
    """
    least = whole(law_on(today), "office.surveys.small_cell")
    contents = Envelope.objects.filter(survey=row).values_list("content", flat=True)
    sheets = [opened(content) for content in contents]
    secrets.SystemRandom().shuffle(sheets)
    write_answers(row, sheets, least)
    Token.objects.filter(survey=row).delete()
    Envelope.objects.filter(survey=row).delete()
    row.state, row.closed_on, row.answered = CLOSED, today, len(sheets)
    row.save(update_fields=["state", "closed_on", "answered"])
    record(events.OPENED_BOX, events.subject_of(row), None, {"answered": len(sheets)})
    return len(sheets)


def write_answers(row: Survey, sheets: Sequence[Sheet], least: int) -> None:
    """Write shuffled sheets as answers, remarks and counts; channels with too few go together.

    Args:
        row: the survey.
        sheets: channel and answers of each, in an order of chance.
        least: the fewest sheets that may be counted apart.
    """
    questions = {each.pk: each for each in row.questions.all()}
    sizes = Counter(channel for channel, _ in sheets)
    shown = apart(sizes, least)
    for way in row.channels.all():
        way.answered, way.apart = sizes.get(way.pk, 0), way.pk in shown
        way.save(update_fields=["answered", "apart"])
    responses: list[Response] = []
    remarks: list[Remark] = []
    tallies: Counter[tuple[str, int | None, Decimal]] = Counter()
    counts: Counter[tuple[int, int]] = Counter()
    answered: Counter[int] = Counter()
    tags = {key: tuple(each.tags) for key, each in questions.items() if each.kind == QuestionKind.SCALE}
    for channel, answers in sheets:
        plain = {key: value for key, value in answers.items() if not isinstance(value, str)}
        part = channel if channel in shown else None
        responses.append(Response(survey=row, channel_id=part, answers=_keyed(plain)))
        remarks += [
            Remark(survey=row, question_id=key, text=value)
            for key, value in answers.items()
            if isinstance(value, str)
        ]
        steps = {key: value for key, value in plain.items() if key in tags}
        for tag, score in scores_by_tag(steps, tags).items():
            tallies[tag, None, score] += 1
            if part is not None:
                tallies[tag, part, score] += 1
        for key, value in plain.items():
            answered[key] += 1
            for place in (0, *(value if isinstance(value, list) else [value])):
                counts[key, place] += 1
    # A sheet's remarks stand beside one another no longer.
    secrets.SystemRandom().shuffle(remarks)
    Response.objects.bulk_create(responses, batch_size=_BATCH)
    Remark.objects.bulk_create(remarks, batch_size=_BATCH)
    _write_tallies(row, tallies, least)
    _write_counts(row, questions, counts, answered, least)


def _write_tallies(row: Survey, tallies: Counter[tuple[str, int | None, Decimal]], least: int) -> None:
    sums: Counter[tuple[str, int | None]] = Counter()
    for (tag, channel, _), count in tallies.items():
        sums[tag, channel] += count
    Tally.objects.bulk_create(
        Tally(survey=row, tag=tag, channel_id=channel, score=score, answers=count)
        for (tag, channel, score), count in sorted(tallies.items(), key=lambda each: str(each[0]))
        if sums[tag, channel] >= least
    )


def _write_counts(
    row: Survey,
    questions: dict[int, Question],
    counts: Counter[tuple[int, int]],
    answered: Counter[int],
    least: int,
) -> None:
    Count.objects.bulk_create(
        Count(survey=row, question=questions[key], option=option, answers=count)
        for (key, option), count in sorted(counts.items())
        if answered[key] >= least
    )


def _keyed(answers: dict[int, Any]) -> dict[str, Any]:
    # In the order of the questions, not in the one in which they were sent.
    return {str(key): answers[key] for key in sorted(answers)}
