"""Files of this room, handed out so that nobody on the way keeps them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase

from youju.foundation.files.selectors import Attached
from youju.foundation.files.sending import file_response


def handed(request: HttpRequest, found: Attached) -> HttpResponseBase:
    """The file, shown in the browser where it can."""
    response = file_response(request, found.kept, name=found.name, inline=True)
    response["Cache-Control"] = "no-store, private"
    return response
