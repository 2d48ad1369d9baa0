"""The words of the sheet in both languages.

They stand here and not in the catalogue of translations: the page sets no cookie, its address says the language.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest

from youju.rules.office.surveys.reading import LONGEST, Problem

CHINESE, ENGLISH = "zh-CN", "en"

_CHINESE = {
    "other": "English",
    "anonymous": "匿名答卷：不记姓名、电话、地址和时间，谁也不知道是谁答的。请不要在文字里写姓名和电话。",
    "required": "必答",
    "optional": "可不答",
    "many": "可选几项",
    "send": "交卷",
    "until": "截止日期",
    "wrong": "有几道题还没有答好，请补答后再交。",
    "thanks": "已经收到，谢谢！",
    "thanks_more": "您的答案和其他人的混在一起统计，这个码已经作废。可以关掉这一页了。",
    "used": "这个码已经用过",
    "used_more": "一个码只能答一次。如果不是您答的，请向发码的人再要一个。",
    "unknown": "这个码不能用",
    "unknown_more": "可能扫错了、印错了，或者调查已经结束。仍想答卷的，请向发码的人再要一个。",
    "waiting": "调查没有开放",
    "waiting_more": "调查还没有开始，或者已经结束。",
    "over": "调查已经截止",
    "over_more": "谢谢您，这次的答卷时间已经过了。",
    "busy": "打开得太频繁",
    "busy_more": "请稍等一分钟再试，这个码还有效。",
    "preview": "这是预览，不能交卷。",
    Problem.MISSING.value: "这一题还没有答。",
    Problem.UNKNOWN.value: "请从选项里选。",
    Problem.LONG.value: f"写得太长，至多 {LONGEST} 个字。",
}
_ENGLISH = {
    "other": "中文",
    "anonymous": "Anonymous: no name, phone, address or time is kept, and nobody can tell who answered. "
    "Please do not write names or phone numbers.",
    "required": "required",
    "optional": "optional",
    "many": "choose any",
    "send": "Send",
    "until": "Closes on",
    "wrong": "Some questions are not answered yet. Please complete them and send again.",
    "thanks": "Received. Thank you!",
    "thanks_more": "Your answers are counted together with everybody else's, and this code is used up. You may close this page.",
    "used": "This code has been used",
    "used_more": "A code answers once. If it was not you, please ask for another one.",
    "unknown": "This code does not work",
    "unknown_more": "It may be misread or misprinted, or the survey has ended. "
    "If you still want to answer, please ask for another one.",
    "waiting": "The survey is not open",
    "waiting_more": "It has not begun yet, or it has ended.",
    "over": "The survey has ended",
    "over_more": "Thank you. The time for answers is over.",
    "busy": "Too many requests",
    "busy_more": "Please wait a minute and try again. Your code is still good.",
    "preview": "This is a preview and cannot be sent.",
    Problem.MISSING.value: "Not answered yet.",
    Problem.UNKNOWN.value: "Please choose one of the options.",
    Problem.LONG.value: f"Too long: {LONGEST} characters at most.",
}
_WORDS: Mapping[str, Mapping[str, str]] = {CHINESE: _CHINESE, ENGLISH: _ENGLISH}


def language_of(request: HttpRequest) -> str:
    """What ``?lang=`` says, else what the browser likes better of the two; Chinese where it says nothing."""
    asked = request.GET.get("lang", "")
    if asked in ("zh", "en"):
        return ENGLISH if asked == "en" else CHINESE
    for part in request.headers.get("Accept-Language", "").lower().split(","):
        if part.strip().startswith("zh"):
            return CHINESE
        if part.strip().startswith("en"):
            return ENGLISH
    return CHINESE


def words_of(language: str) -> Mapping[str, str]:
    """The words in a language."""
    return _WORDS[language]
