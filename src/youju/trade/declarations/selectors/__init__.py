"""Reads of the declarations room."""

from youju.trade.declarations.selectors.exported import ExportedLine, exported_lines, first_exported
from youju.trade.declarations.selectors.judged import Judged, for_lanes, registrars
from youju.trade.declarations.selectors.lists import declarations
from youju.trade.declarations.selectors.packings import DeclaringPage, declaring_page
from youju.trade.declarations.selectors.pages import DeclarationPage, LineView, declaration_page
from youju.trade.declarations.selectors.plans import PlannedDeclaration, PlanPage, plan_page
from youju.trade.declarations.selectors.tracing import (
    DeclarationFacts,
    SourceFacts,
    declaration_by_number,
    declarations_of_order_lines,
    released_lines,
    sources_of_declaration,
)
from youju.trade.declarations.selectors.watching import Waiting, messages_unanswered, sent_not_released

__all__ = [
    "DeclarationFacts",
    "DeclarationPage",
    "DeclaringPage",
    "ExportedLine",
    "Judged",
    "LineView",
    "PlanPage",
    "PlannedDeclaration",
    "SourceFacts",
    "Waiting",
    "declaration_by_number",
    "declaration_page",
    "declarations",
    "declarations_of_order_lines",
    "declaring_page",
    "exported_lines",
    "first_exported",
    "for_lanes",
    "messages_unanswered",
    "plan_page",
    "registrars",
    "released_lines",
    "sent_not_released",
    "sources_of_declaration",
]
