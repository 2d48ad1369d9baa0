"""The client: one object for each room."""

from __future__ import annotations

from typing import Any

from youju_client.operations import Rooms
from youju_client.transport import Transport


class Client(Rooms):
    """Everything that the API offers, by its room: ``Client("https://…", "yj_…").orders.order_list()``."""

    def __init__(self, base: str, key: str, **settings: Any) -> None:
        """As ``transport.Transport``."""
        super().__init__(Transport(base, key, **settings))
