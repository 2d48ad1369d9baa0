"""Sample arguments for the addresses of the imports room."""

from __future__ import annotations

import uuid

from web.samples import Arguments, sample


@sample("imports:upload", "imports:template", "imports:pieces")
def no_such_import() -> Arguments:
    """An import asks for the permission that it declares; one that is not there tells every role the same."""
    return {"code": "no.such.import"}


@sample("imports:piece", "imports:finish")
def no_such_upload() -> Arguments:
    return {"upload_id": uuid.UUID(int=7)}


@sample("imports:batch", "imports:confirm", "imports:discard", "imports:undo")
def no_such_batch() -> Arguments:
    """A batch that is not there: every role that may ask gets the same sentence."""
    return {"batch_id": uuid.UUID(int=7)}


@sample("imports:file")
def no_such_file() -> Arguments:
    return {"batch_id": uuid.UUID(int=7), "role": "source"}
