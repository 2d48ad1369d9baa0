"""What people and the clock do with surveys. Each is keyword-only, one transaction, checked; all but answering audited."""

from youju.office.surveys.services.answering import answer
from youju.office.surveys.services.building import (
    SurveyWish,
    build_survey,
    change_survey,
    copy_survey,
    put_off,
)
from youju.office.surveys.services.channels import add_channel, hand_out, make_tokens
from youju.office.surveys.services.paper import remove_sheets, store_sheets
from youju.office.surveys.services.questions import (
    QuestionWish,
    add_question,
    change_question,
    move_question,
    remove_question,
)
from youju.office.surveys.services.refusing import SurveyRefusedError, TokenGoneError, UnansweredError
from youju.office.surveys.services.reminding import remind
from youju.office.surveys.services.resealing import reseal_all
from youju.office.surveys.services.results import export_result, hand_out_report, make_report
from youju.office.surveys.services.stepping import close_due, take_step

__all__ = [
    "QuestionWish",
    "SurveyRefusedError",
    "SurveyWish",
    "TokenGoneError",
    "UnansweredError",
    "add_channel",
    "add_question",
    "answer",
    "build_survey",
    "change_question",
    "change_survey",
    "close_due",
    "copy_survey",
    "export_result",
    "hand_out",
    "hand_out_report",
    "make_report",
    "make_tokens",
    "move_question",
    "put_off",
    "remind",
    "remove_question",
    "remove_sheets",
    "reseal_all",
    "store_sheets",
    "take_step",
]
