"""Tables of the room subsidies. Private to it: another room asks ``selectors``."""

from youju.funds.subsidies.models.policies import BackTest, Policy

__all__ = ["BackTest", "Policy"]
