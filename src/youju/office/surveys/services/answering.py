"""One answer a token, from anybody: the token is used up and the sheet goes sealed into the box, in one transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from youju.foundation.kernel.sealing import seal, unseal
from youju.office.surveys.models import Envelope, Survey, Token
from youju.office.surveys.selectors.sheets import asked_of
from youju.office.surveys.services.channels import digest_of
from youju.office.surveys.services.refusing import TokenGoneError, UnansweredError
from youju.rules.office.surveys.lifecycle import OPEN
from youju.rules.office.surveys.reading import Answer, read

PAD = 2048
"""Bytes: every sheet is as long as the next multiple, so that the length of a seal does not tell who wrote much."""


@transaction.atomic
def answer(*, token: str, given: Mapping[int, Sequence[str]]) -> None:
    """Take an answered sheet. Nobody is asked who it is, and no entry is made on the trail.

    Args:
        token: as it was printed.
        given: question → what was sent for it.

    Raises:
        TokenGoneError: the token is unknown or used, or the survey is not open (410).
        UnansweredError: something is missing or cannot be read (422); the token stays good.
    """
    digest = digest_of(token)
    found = Token.objects.filter(digest=digest, used=False).values_list("survey_id", "channel_id").first()
    if found is None:
        raise TokenGoneError
    survey, channel = found
    _open_and_held(survey)
    sheet = read(asked_of(survey), given)
    if sheet.problems:
        raise UnansweredError(sheet.problems)
    # Of any number of tries at once exactly one finds the row unused: the others wait for it and then find it used.
    if not Token.objects.filter(digest=digest, used=False).update(used=True):
        raise TokenGoneError
    Envelope.objects.create(survey_id=survey, content=sealed(channel, sheet.answers))


def sealed(channel: int, answers: Mapping[int, Answer]) -> str:
    """A sheet sealed with the key of this installation, which no copy of the database holds."""
    text = json.dumps({"channel": channel, "answers": answers}, ensure_ascii=False)
    length = len(text.encode())
    return seal(text + " " * (-length % PAD))


def opened(content: str) -> tuple[int, dict[int, Any]]:
    """Channel and answers of a sealed sheet."""
    told = json.loads(unseal(content))
    return told["channel"], {int(key): value for key, value in told["answers"].items()}


def _open_and_held(survey: int) -> None:
    """Hold the survey open until the transaction ends: whoever opens the box waits, other answers do not."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT state, closes_on FROM {Survey._meta.db_table} WHERE id = %s FOR SHARE",  # noqa: S608 - a name of ours
            [survey],
        )
        row = cursor.fetchone()
    if row is None or row[0] != OPEN or row[1] < timezone.localdate():
        raise TokenGoneError
