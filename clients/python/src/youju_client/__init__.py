"""A typed client of 有据 (Youju). ``models`` and ``operations`` are generated from the committed OpenAPI."""

from youju_client import models, webhooks
from youju_client.client import Client
from youju_client.errors import RefusedError, UnreachableError
from youju_client.transport import Answer, BulkAnswer

__all__ = ["Answer", "BulkAnswer", "Client", "RefusedError", "UnreachableError", "models", "webhooks"]
