"""Tables of surveys: questionnaires; tokens and sealed envelopes while one is open; answers without anybody once it is closed."""

from youju.office.surveys.models.answers import Count, Remark, Response, Tally
from youju.office.surveys.models.box import Envelope, Token
from youju.office.surveys.models.surveys import Channel, Question, Survey, SurveySeries

__all__ = [
    "Channel",
    "Count",
    "Envelope",
    "Question",
    "Remark",
    "Response",
    "Survey",
    "SurveySeries",
    "Tally",
    "Token",
]
