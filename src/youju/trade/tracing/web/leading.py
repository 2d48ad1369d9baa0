"""Where a node of a chain leads: to its record, where the reader may open it, else to its own chain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from youju.foundation.identity.permissions import Permission, allowed
from youju.trade.declarations.addresses import declaration
from youju.trade.goods.addresses import good
from youju.trade.orders.addresses import order
from youju.trade.packing.addresses import packing
from youju.trade.parties.addresses import party
from youju.trade.parties.countries import country_name
from youju.trade.tracing import permissions
from youju.trade.tracing.addresses import chain
from youju.trade.tracing.selectors import Node
from youju.trade.tracing.web.columns import state_words

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class Leading:
    """The reader of a page."""

    actor: User

    def label(self, node: Node) -> str:
        """What a node is called."""
        if node.stage == "country" and not node.rest:
            return country_name(node.label, "zh")
        if node.rest:
            return f"{node.label} {node.rest:,} 个" if node.stage != "country" else "其他国家（地区）"
        return node.label

    def note(self, node: Node) -> str:
        """The second line of a node."""
        return state_words(node.note) if node.stage == "declaration" else node.note

    def href(self, node: Node) -> str:
        """The address of a node's record or chain; empty where it has none."""
        kind, key = node.record
        if not key or node.rest or node.open:
            return ""
        may = self._may
        found: dict[str, str | None] = {
            "merchant": party(node.key[1]) if may(permissions.PARTIES) else chain("merchant", key),
            "good": good(key) if may(permissions.GOODS) else None,
            "order": order(key) if may(permissions.ORDERS) else None,
            "packing": packing(key) if may(permissions.PACKING) else None,
            "declaration": declaration(key) if may(permissions.DECLARATIONS) else None,
        }
        return found.get(kind) or ""

    def _may(self, permission: Permission) -> bool:
        return allowed(self.actor, permission)
