"""Tables of the statistics room. Private to it: another room asks ``selectors``."""

from youju.trade.statistics.models.alerts import Alert
from youju.trade.statistics.models.bulletins import Bulletin
from youju.trade.statistics.models.districts import DistrictFigure

__all__ = ["Alert", "Bulletin", "DistrictFigure"]
