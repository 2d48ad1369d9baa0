"""The example policies of 2023 put into force by the demo people, each by the services; and a draft that waits to be finished."""

from __future__ import annotations

from django.db import transaction

from youju.foundation.identity.selectors import user_named
from youju.foundation.identity.web.naming import who
from youju.foundation.kernel.context import acting
from youju.foundation.policies import load as catalogue
from youju.funds.subsidies import services
from youju.funds.subsidies.models import Policy
from youju.rules.funds.subsidies.moving import moved
from youju.rules.funds.subsidies.writing import plain_policy

STEPS = (("submit", "demo-stf"), ("review", "demo-fin"), ("approve", "demo-hed"))
NEXT = "market-2024"
"""The draft: last year's largest policy moved on by a year, under a new code."""


@transaction.atomic
def load() -> bool:
    """Load them once; whether anything was loaded. Without the demo's people nothing is."""
    people = {name: user for _, name in STEPS if (user := user_named(name))}
    if Policy.objects.exists() or len(people) < len(STEPS):
        return False
    examples = [text for code, text in sorted(catalogue().subsidies.items()) if text.example]
    for text in examples:
        row = None
        for step, name in (("begin", "demo-stf"), *STEPS):
            actor = people[name]
            with acting(**who(actor)):
                if step == "begin":
                    row = services.begin_policy(
                        actor=actor,
                        code=text.code,
                        text=plain_policy(text),
                        file=f"{text.code}.yaml",
                        is_demo=True,
                    )
                elif row is not None:
                    services.step_policy(actor=actor, policy_id=row.pk, step=step)
    drafter = people["demo-stf"]
    market = next((text for text in examples if text.code == "market-2023"), None)
    if market is not None:
        draft = plain_policy(moved(market, 1)) | {
            "code": NEXT,
            "title": "2024 年市场采购贸易出口补贴（示例草稿）",
        }
        with acting(**who(drafter)):
            services.begin_policy(actor=drafter, code=NEXT, text=draft, is_demo=True)
    return True
