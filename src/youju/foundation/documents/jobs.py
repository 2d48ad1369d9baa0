"""The room's job, where jobs are looked for. It stands in ``making``, because the services that enqueue it lie below."""

from youju.foundation.documents.making import make

__all__ = ["make"]
