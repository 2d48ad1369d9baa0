"""Sample arguments for the addresses of the room of surveys."""

from __future__ import annotations

import uuid

from web.samples import Arguments, sample

NONE = 999_999_999


@sample(
    "surveys:survey", "surveys:step", "surveys:edit", "surveys:copy", "surveys:preview", "surveys:put-off",
    "surveys:question-add", "surveys:channel-add", "surveys:result", "surveys:report-make",
)  # fmt: skip
def no_such_survey() -> Arguments:
    return {"number": NONE}


@sample("surveys:question", "surveys:question-move", "surveys:question-remove")
def no_such_question() -> Arguments:
    return {"number": NONE, "place": 1}


@sample("surveys:hand-out", "surveys:tokens")
def no_such_channel() -> Arguments:
    return {"number": NONE, "channel": NONE}


@sample("surveys:report")
def no_such_report() -> Arguments:
    return {"document": uuid.UUID(int=0)}


@sample("survey_sheet:sheet")
def no_such_token() -> Arguments:
    return {"token": "NOSUCHTOKEN"}


@sample("api:survey_result", "api:make_survey_tokens")
def no_such_survey_of_the_api() -> Arguments:
    return {"number": NONE}
