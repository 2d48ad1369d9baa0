"""Tables of the room of credit. Private to it: another room asks ``selectors``."""

from youju.trade.credit.models.pleas import Plea, SetAside
from youju.trade.credit.models.publishing import Certificate, PublicList, Trial, TrialMove
from youju.trade.credit.models.scores import Score, Snapshot

__all__ = ["Certificate", "Plea", "PublicList", "Score", "SetAside", "Snapshot", "Trial", "TrialMove"]
