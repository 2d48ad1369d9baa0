"""Tables of internal supervision: plan and engagements, samples with their working papers, findings with their replies."""

from youju.funds.internal_audits.models.findings import Finding, Reminder, Reply
from youju.funds.internal_audits.models.plans import Engagement, Plan, PlanItem, Series
from youju.funds.internal_audits.models.samples import Sample, SampleItem

__all__ = ["Engagement", "Finding", "Plan", "PlanItem", "Reminder", "Reply", "Sample", "SampleItem", "Series"]
