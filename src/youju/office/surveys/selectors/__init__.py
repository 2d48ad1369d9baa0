"""Reads of the room of surveys."""

from youju.office.surveys.selectors.counting import Standing, standing_of
from youju.office.surveys.selectors.lists import (
    SurveyFilter,
    earlier_choices,
    for_paper,
    one_of,
    surveys,
)
from youju.office.surveys.selectors.pages import SurveyPage, survey_page
from youju.office.surveys.selectors.results import ResultPage, result_page
from youju.office.surveys.selectors.sheets import Sheet, asked_of, preview_of, sheet_of

__all__ = [
    "ResultPage",
    "Sheet",
    "Standing",
    "SurveyFilter",
    "SurveyPage",
    "asked_of",
    "earlier_choices",
    "for_paper",
    "one_of",
    "preview_of",
    "result_page",
    "sheet_of",
    "standing_of",
    "survey_page",
    "surveys",
]
