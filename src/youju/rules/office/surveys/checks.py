"""The rules SVY-…: what is said of a survey before it is published, while it is open, and of its result."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import cast

from youju.rules.findings import Finding, Severity
from youju.rules.law import PolicyValue, decimal, names, table, whole
from youju.rules.office.surveys.facts import QuestionFacts, SurveyFacts
from youju.rules.office.surveys.questions import STEPS, TAG_NAMES, QuestionKind
from youju.rules.office.surveys.statistics import percent
from youju.rules.registry import rule

BUILDING, RESULTS = "house-surveys#building", "house-surveys#results"
PUBLISHING, TAGS = "house-surveys#publishing", "house-surveys#tags"
DAY = date(2020, 1, 1)
LawOf = Mapping[str, PolicyValue]
_LEAST, _RATE = "office.surveys.min_answers", "office.surveys.response_rate"
_NEGATIVE = "office.surveys.negative_words"


@rule("SVY-001", title="没有可以计分的题", basis=BUILDING, since=DAY, severity=Severity.ERROR, scope="survey")
def a_survey_has_a_scale(survey: SurveyFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """满意度调查至少有一道五级量表题。"""
    if survey.moment != "publish" or any(each.is_scale for each in survey.questions):
        return None
    return Finding("还没有五级量表题，算不出满意度。", "请至少加一道。", {"field": "questions"})


@rule(
    "SVY-002",
    title="缺少指标需要的标签",
    basis=TAGS,
    since=DAY,
    severity=Severity.WARNING,
    scope="survey",
    parameters=("office.surveys.project_tags",),
)
def each_bound_measure_finds_its_questions(survey: SurveyFacts, law: LawOf) -> Finding | None:
    """绩效指标按标签取数的，调查里要有带这个标签的量表题。"""
    if survey.moment != "publish" or not survey.project:
        return None
    needed = cast("tuple[str, ...]", table(law, "office.surveys.project_tags").get(survey.project, ()))
    there = {tag for each in survey.questions if each.is_scale for tag in each.tags}
    missing = [f"{tag}（{TAG_NAMES.get(tag, tag)}）" for tag in needed if tag not in there]
    if not missing:
        return None
    return Finding(
        f"项目的绩效指标要用标签 {'、'.join(missing)}，没有一道量表题带着它。",
        "请给相应的量表题加上标签，否则这个指标算不出来。",
        {"field": "questions"},
    )


@rule("SVY-003", title="截止日期已过", basis=PUBLISHING, since=DAY, severity=Severity.ERROR, scope="survey")
def there_is_time_to_answer(survey: SurveyFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """发布的调查，截止日期不得早于当天。"""
    if survey.moment != "publish" or survey.closes_on >= survey.day:
        return None
    return Finding(f"截止日期 {survey.closes_on} 已经过了。", "请改截止日期。", {"field": "closes_on"})


@rule(
    "SVY-004",
    title="期间早已结束",
    basis=PUBLISHING,
    since=DAY,
    severity=Severity.WARNING,
    scope="survey",
    parameters=("office.surveys.late_days",),
)
def people_still_remember_the_period(survey: SurveyFacts, law: LawOf) -> Finding | None:
    """调查应在所问的期间结束后不久发布。"""
    late = whole(law, "office.surveys.late_days")
    if survey.moment != "publish" or survey.day <= survey.period_end + timedelta(days=late):
        return None
    return Finding(
        f"所问的期间 {survey.period_end} 就结束了，已过 {(survey.day - survey.period_end).days} 天。",
        f"超过 {late} 天，答的人多半记不清；请核对年度和季度。",
        {"field": "year"},
    )


@rule("SVY-005", title="没有英文", basis=BUILDING, since=DAY, severity=Severity.ERROR, scope="survey")
def every_word_stands_in_english(survey: SurveyFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """答卷页有中英文两面，每一处中文都要有英文。"""
    if survey.moment != "publish":
        return None
    words = [("标题", survey.title, survey.title_en), ("说明", survey.intro, survey.intro_en)]
    for each in survey.questions:
        words.append((f"第 {each.place} 题", each.text, each.text_en))
        words += [(f"第 {each.place} 题的选项“{zh}”", zh, en) for zh, en in each.options]
    missing = [name for name, zh, en in words if zh.strip() and not en.strip()]
    if not missing:
        return None
    return Finding(
        f"{missing[0]}没有英文{f'，另有 {len(missing) - 1} 处' if len(missing) > 1 else ''}。",
        "请补上英文。",
        {"field": "questions"},
    )


@rule(
    "SVY-006",
    title="发出的份数太少",
    basis=PUBLISHING,
    since=DAY,
    severity=Severity.WARNING,
    scope="survey",
    parameters=(_LEAST,),
)
def enough_people_can_answer(survey: SurveyFacts, law: LawOf) -> Finding | None:
    """能答卷的人数应不少于样本的最低要求。"""
    least = whole(law, _LEAST)
    if survey.moment not in ("publish", "watch") or survey.reached >= least:
        return None
    return Finding(
        f"一次性码和纸质问卷合计 {survey.reached} 份，即使全部收回也不到 {least} 份。",
        "请多生成一些一次性码，或登记纸质问卷。",
        {"field": "channels"},
    )


@rule(
    "SVY-007",
    title="样本太小",
    basis=RESULTS,
    since=DAY,
    severity=Severity.WARNING,
    scope="survey",
    parameters=(_LEAST,),
)
def a_result_stands_on_enough_answers(survey: SurveyFacts, law: LawOf) -> Finding | None:
    """样本不足的结果应当标明。"""
    least = whole(law, _LEAST)
    if survey.moment != "result" or survey.answered >= least:
        return None
    return Finding(
        f"只收回 {survey.answered} 份，少于 {least} 份，结果只能作参考。",
        "引用时请写明份数和区间；下一次请多发。",
        {"field": "answered"},
    )


@rule(
    "SVY-008",
    title="回收率低",
    basis=RESULTS,
    since=DAY,
    severity=Severity.WARNING,
    scope="survey",
    parameters=(_RATE,),
)
def enough_of_those_asked_answered(survey: SurveyFacts, law: LawOf) -> Finding | None:
    """回收率低于约定的，应当说明没有答的人可能怎么想。"""
    if survey.moment != "result" or not survey.handed_out:
        return None
    rate, least = percent(survey.answered, survey.handed_out), decimal(law, _RATE)
    if rate >= least:
        return None
    return Finding(
        f"发出 {survey.handed_out} 份，收回 {survey.answered} 份，回收率 {rate:.1f} %，低于 {least} %。",
        "没有答的人未必与答了的人想法相同，引用时请一并写明回收率。",
        {"field": "answered"},
    )


@rule(
    "SVY-009",
    title="诱导性的问法",
    basis=BUILDING,
    since=DAY,
    severity=Severity.WARNING,
    scope="survey",
    parameters=("office.surveys.leading_words",),
)
def a_question_leads_nobody(survey: SurveyFacts, law: LawOf) -> list[Finding]:
    """题目不得暗示想要的答案。"""
    if survey.moment != "publish":
        return []
    words = names(law, "office.surveys.leading_words")
    return [
        Finding(
            f"第 {each.place} 题有“{word}”，像是在暗示答案。",
            "请改成中性的问法，例如“您对……是否满意”。",
            {"field": "questions", "place": each.place},
        )
        for each in survey.questions
        for word in words
        if word.casefold() in each.text.casefold() or word.casefold() in each.text_en.casefold()
    ]


@rule(
    "SVY-010",
    title="量表两边不对称",
    basis=BUILDING,
    since=DAY,
    severity=Severity.WARNING,
    scope="survey",
    parameters=(_NEGATIVE,),
)
def a_scale_has_as_many_bad_steps_as_good_ones(survey: SurveyFacts, law: LawOf) -> list[Finding]:
    """自己写的量表，不满意的一边和满意的一边要一样多。"""
    if survey.moment != "publish":
        return []
    negative = names(law, _NEGATIVE)
    found = []
    for each in survey.questions:
        bad = sum(any(word in zh for word in negative) for zh, _ in each.options)
        if each.is_scale and each.options and bad != STEPS // 2:
            found.append(
                Finding(
                    f"第 {each.place} 题的五级里，表示不好的有 {bad} 级，应当是 {STEPS // 2} 级。",
                    "请让两边一样多，中间一级不偏向任何一边。",
                    {"field": "questions", "place": each.place},
                )
            )
    return found


@rule("SVY-011", title="选项不对", basis=BUILDING, since=DAY, severity=Severity.ERROR, scope="survey")
def options_can_be_chosen_from(survey: SurveyFacts, law: LawOf) -> list[Finding]:  # noqa: ARG001
    """选择题至少两个不同的选项；量表自己写选项的，正好五级。"""
    return [] if survey.moment != "publish" else [each for q in survey.questions for each in _options(q)]


def _options(question: QuestionFacts) -> list[Finding]:
    at: dict[str, str | int | None] = {"field": "questions", "place": question.place}
    words = [zh.strip() for zh, _ in question.options]
    if question.is_scale and words and len(words) != STEPS:
        told = f"第 {question.place} 题写了 {len(words)} 级，应当正好 {STEPS} 级。"
        return [Finding(told, "请补齐，或清空用通用的五级。", at)]
    if question.kind in (QuestionKind.ONE, QuestionKind.MANY) and len(words) < 2:
        return [Finding(f"第 {question.place} 题的选项不到两个。", "请补上选项。", at)]
    if len(set(words)) != len(words):
        return [Finding(f"第 {question.place} 题有重复的选项。", "请删去重复的。", at)]
    return []


@rule(
    "SVY-012", title="自己发布自己编的", basis=PUBLISHING, since=DAY, severity=Severity.ERROR, scope="survey"
)
def who_builds_it_does_not_publish_it(survey: SurveyFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """调查由编制人以外的人发布。"""
    if survey.moment != "publish" or not survey.actor or survey.actor not in survey.builders:
        return None
    return Finding("这份问卷您参与编制过，不能由您发布。", "请由其他人发布。", {"field": "actor"})


@rule(
    "SVY-013",
    title="快截止了，答的人还不多",
    basis=PUBLISHING,
    since=DAY,
    severity=Severity.HINT,
    scope="survey",
    parameters=("office.surveys.remind_days", _RATE),
)
def an_end_that_comes_too_soon_is_said(survey: SurveyFacts, law: LawOf) -> Finding | None:
    """快到截止日期、回收率还不够的，应当提醒。"""
    if survey.moment != "watch" or survey.closes_on < survey.day:
        return None
    if survey.closes_on - survey.day > timedelta(days=whole(law, "office.surveys.remind_days")):
        return None
    if survey.handed_out and percent(survey.answered, survey.handed_out) >= decimal(law, _RATE):
        return None
    return Finding(
        f"“{survey.title}”{survey.closes_on} 截止，发出 {survey.handed_out} 份，收回 {survey.answered} 份。",
        "请再提醒一次；回不来的，可以把截止日期推后。",
        {"field": "closes_on"},
    )
