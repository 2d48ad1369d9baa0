"""What messages, files and declarations are called over the exchange."""

from __future__ import annotations

import re

IMPORT_RESPONSE, STATE_RESPONSE, STATE_QUERY = "DecImportResponse", "DecStateResponse", "DecStateQuery"
MESSAGE = "DecMessage"
_CLIENT = re.compile(r"([A-Z0-9]{1,24})-([1-9][0-9]{0,3})")


def client_of(number: str, version: int) -> str:
    """What a reply calls a declaration (``ClientSeqNo``): our number and its version, ``D23060100001-2``.

    Raises:
        ValueError: the number has other signs than capital letters and digits.
    """
    client = f"{number}-{version}"
    if not _CLIENT.fullmatch(client):
        raise ValueError(f"not a number of a declaration: {client!r}")
    return client


def split_client(client: str) -> tuple[str, int] | None:
    """Number and version; ``None`` where it is not one of ours."""
    found = _CLIENT.fullmatch(client)
    return (found[1], int(found[2])) if found else None


def file_name(client: str) -> str:
    """The file of a declaration's message."""
    return f"{client}.xml"


def query_name(client: str, turn: int) -> str:
    """The file of the n-th question about a declaration."""
    return f"{client}.query-{turn}.xml"
