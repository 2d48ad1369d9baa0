"""The message of a declaration as it stands, and the check before it counts as entered."""

from __future__ import annotations

from youju.foundation.policies import law_on
from youju.trade.declarations.documents.checking import made_message, refuse_incomplete
from youju.trade.declarations.documents.message import Message
from youju.trade.declarations.models import Declaration
from youju.trade.declarations.selectors.contents import contents_of


def message_of(row: Declaration) -> Message:
    """The message as it stands; a draft where something is missing.

    Raises:
        InputError: a value does not fit its field (422).
    """
    found = contents_of(row)
    return made_message(
        found.declaration,
        law_on(row.as_of),
        row.header,
        containers=found.containers,
        elements=found.elements,
        where=f"报关单 {row}",
    )


def sendable(row: Declaration) -> Message:
    """The message, complete and valid against the schema.

    Raises:
        InputError: it is not: what is missing (422).
    """
    made = message_of(row)
    refuse_incomplete(made, f"报关单 {row}")
    return made
