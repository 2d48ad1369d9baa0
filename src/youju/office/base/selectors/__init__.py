"""The base and its policy documents as pages and programs see them."""

from youju.office.base.selectors.lists import (
    RecordFilter,
    in_force,
    record_of,
    records,
    register_of,
)
from youju.office.base.selectors.overview import Overview, overview
from youju.office.base.selectors.pages import RecordPage, record_page
from youju.office.base.selectors.standing import STATES, standing

__all__ = [
    "STATES",
    "Overview",
    "RecordFilter",
    "RecordPage",
    "in_force",
    "overview",
    "record_of",
    "record_page",
    "records",
    "register_of",
    "standing",
]
