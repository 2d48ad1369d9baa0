"""Where contents lie: a folder on disk, or an S3-compatible store; the same few verbs for both."""

from youju.foundation.files.stores.choosing import store
from youju.foundation.files.stores.protocol import Store

__all__ = ["Store", "store"]
