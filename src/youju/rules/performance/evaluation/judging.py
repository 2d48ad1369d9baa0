"""All rules EVL-… of a stage, of a key evaluation or of the department, on a day."""

from __future__ import annotations

from youju.rules.findings import Finding
from youju.rules.performance.evaluation import department_checks, key_checks, rechecking, submitting
from youju.rules.performance.evaluation.departments import Department
from youju.rules.performance.evaluation.keys import KeyCase
from youju.rules.performance.evaluation.schemas import LawOf
from youju.rules.performance.evaluation.stages import Stage
from youju.rules.registry import REGISTRY

__all__ = ["department_checks", "judge_department", "judge_key", "judge_recheck", "judge_submission", "key_checks",
           "rechecking", "submitting"]  # fmt: skip
_FAMILY = "EVL-"


def judge_submission(stage: Stage, law: LawOf) -> list[Finding]:
    """What stops the section from handing it on."""
    return REGISTRY.judge(stage, law, day=stage.day, scope="self_evaluation", prefix=_FAMILY)


def judge_recheck(stage: Stage, law: LawOf) -> list[Finding]:
    """What stops finance."""
    return REGISTRY.judge(stage, law, day=stage.day, scope="recheck", prefix=_FAMILY)


def judge_key(case: KeyCase, law: LawOf) -> list[Finding]:
    """What is wrong with a key evaluation: its framework, its experts' points."""
    return REGISTRY.judge(case, law, day=case.day, scope="key_evaluation", prefix=_FAMILY)


def judge_department(facts: Department, law: LawOf) -> list[Finding]:
    """What is odd about the department's evaluation."""
    return REGISTRY.judge(facts, law, day=facts.day, scope="department_evaluation", prefix=_FAMILY)
