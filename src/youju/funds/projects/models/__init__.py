"""Tables of the projects room. Private to it: another room asks ``selectors``."""

from youju.funds.projects.models.adjustments import Adjustment
from youju.funds.projects.models.batches import Batch
from youju.funds.projects.models.plans import PlanPoint, Step
from youju.funds.projects.models.projects import Ledger, Project, Source

__all__ = ["Adjustment", "Batch", "Ledger", "PlanPoint", "Project", "Source", "Step"]
