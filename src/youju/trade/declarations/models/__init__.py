"""Tables of the declarations room. Private to it: another room asks ``selectors``."""

from youju.trade.declarations.models.declarations import Declaration, DeclaredLine, SourceLine
from youju.trade.declarations.models.messages import Message
from youju.trade.declarations.models.plans import Plan

__all__ = ["Declaration", "DeclaredLine", "Message", "Plan", "SourceLine"]
