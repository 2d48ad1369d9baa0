"""What the rules SUB-101 and up say of a text, beside the policies in force."""

from __future__ import annotations

from datetime import date

from youju.foundation.policies import law_on
from youju.funds.subsidies.models import Policy
from youju.funds.subsidies.selectors.money import money_for
from youju.rules.findings import Finding
from youju.rules.funds.subsidies.judging import judge_text
from youju.rules.funds.subsidies.policy_lifecycle import IN_FORCE
from youju.rules.funds.subsidies.reading import read_policy
from youju.rules.funds.subsidies.running import text_case
from youju.rules.funds.subsidies.texts import PolicyText


def findings_of(text: PolicyText, *, today: date, promised: bool = False) -> tuple[Finding, ...]:
    """All of them, by rule.

    ``promised``: the policy is in force or was, so that its own awards have drawn on the project: what is left there says
    nothing about it any more.
    """
    available = None if promised else money_for(text.code, text.project, text.window.start)
    rows = Policy.objects.filter(state=IN_FORCE).exclude(code=text.code).order_by("code")
    others = tuple(read_policy(data) for data in rows.values_list("text", flat=True))
    return judge_text(text_case(text, others=others, available=available), law_on(today), today)
