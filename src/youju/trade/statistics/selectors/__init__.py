"""Reads of the statistics room."""

from youju.analytics.comparing import growth
from youju.trade.statistics.events import ALERT_KIND, BULLETIN_KIND
from youju.trade.statistics.selectors.alerts import STATES as ALERT_STATES
from youju.trade.statistics.selectors.alerts import AlertPage, alert_page, alerts, open_alerts, rule_choices
from youju.trade.statistics.selectors.bulletins import BulletinPage, bulletin_page, bulletins
from youju.trade.statistics.selectors.dashboards import (
    GROUPABLE,
    SHOWN,
    DimensionPage,
    Labelled,
    Overview,
    Ranking,
    cut,
    dimension_page,
    filters_in_words,
    overview,
    party_labels,
    rows_behind,
)
from youju.trade.statistics.selectors.districts import DistrictHead, district_head, district_names, figures
from youju.trade.statistics.selectors.labels import TITLES, choices, short
from youju.trade.statistics.selectors.questions import Asked, asked, last_month, period_of, usual_period
from youju.trade.statistics.selectors.screen import Screen, screen

__all__ = [
    "ALERT_KIND",
    "ALERT_STATES",
    "BULLETIN_KIND",
    "GROUPABLE",
    "SHOWN",
    "TITLES",
    "AlertPage",
    "Asked",
    "BulletinPage",
    "DimensionPage",
    "DistrictHead",
    "Labelled",
    "Overview",
    "Ranking",
    "Screen",
    "alert_page",
    "alerts",
    "asked",
    "bulletin_page",
    "bulletins",
    "choices",
    "cut",
    "dimension_page",
    "district_head",
    "district_names",
    "figures",
    "filters_in_words",
    "growth",
    "last_month",
    "open_alerts",
    "overview",
    "party_labels",
    "period_of",
    "rows_behind",
    "rule_choices",
    "screen",
    "short",
    "usual_period",
]
