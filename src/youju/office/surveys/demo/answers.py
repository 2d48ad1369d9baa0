"""Made-up answers around a mood, by a seed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from youju.foundation.kernel.chance import Chance
from youju.rules.office.surveys.questions import STEPS, QuestionKind

if TYPE_CHECKING:
    from youju.office.surveys.models import Channel, Question

_REMARKS_IN = 100
_REMARKS = 9  # of a hundred sheets


def sheets_of(
    questions: Sequence[Question],
    channels: Sequence[tuple[Channel, int]],
    count: int,
    mood: int,
    chance: Chance,
) -> list[tuple[int, dict[int, Any]]]:
    """``count`` sheets, each with its channel and its answers by question.

    Args:
        questions: of the survey.
        channels: with their shares in per cent; a channel never gives more than were handed out on it.
        count: of sheets.
        mood: what the mean of the scales shall come near to, 0 to 100.
        chance: makes the same of the same.
    """
    from youju.office.surveys.demo.loading import table

    remarks = [each["text"] for each in table("survey_remarks")]
    from_channel = [
        channel.pk
        for channel, share in channels
        for _ in range(min(count * share // 100, channel.handed_out))
    ]
    from_channel += [channels[0][0].pk] * (count - len(from_channel))
    sheets = []
    for channel in from_channel[:count]:
        # Somebody who is pleased with one thing is mostly pleased with the next.
        lean = mood + chance.between(-6, 6)
        answers: dict[int, Any] = {}
        for each in questions:
            if each.kind == QuestionKind.SCALE:
                answers[each.pk] = _step(lean, chance)
            elif each.kind == QuestionKind.ONE:
                answers[each.pk] = 1 + chance.below(len(each.options))
            elif each.kind == QuestionKind.MANY:
                answers[each.pk] = sorted({1 + chance.below(len(each.options)) for _ in range(2)})
            elif chance.below(_REMARKS_IN) < _REMARKS:
                answers[each.pk] = remarks[chance.below(len(remarks))]
        sheets.append((channel, answers))
    return sheets


def _step(lean: int, chance: Chance) -> int:
    """A step whose mean score is ``lean``: the two steps around it, now and then one below."""
    exact = max(0, min(100, lean)) * (STEPS - 1)
    low, rest = divmod(exact, 100)
    step = 1 + low + (1 if chance.below(100) < rest else 0)
    return max(1, step - 1) if chance.below(100) < 4 and step < STEPS else min(STEPS, step)
