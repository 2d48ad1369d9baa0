"""Figures of a Chinese text. Dates, document numbers, codes, ordinals and clause numbers are none."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from youju.rules.performance.report_checks.facts import Bound, Figure
from youju.rules.performance.report_checks.numerals import SPOKEN, spoken

_WIDE = str.maketrans(
    "０１２３４５６７８９％．＋－～（）：；ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ＞＜＝≧≦\u3000\xa0【】〔〕［］﹝﹞〖〗",
    "0123456789%.+-~():;ABCDEFGHIJKLMNOPQRSTUVWXYZ><=≥≤  [][][][][]",
)
_WIDE_GROUP = re.compile(r"(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")

MONEY = ("亿元", "千万元", "百万元", "万元", "千元", "元")
_COUNTS = [
    "家次",
    "批次",
    "人次",
    "场次",
    "台套",
    "户次",
    "个项目",
    "个点",
    "家",
    "批",
    "人",
    "名",
    "位",
    "户",
    "个",
    "项",
    "次",
    "件",
    "份",
    "场",
    "期",
    "票",
    "单",
    "列",
    "箱",
    "吨",
    "条",
    "台",
    "套",
    "支",
    "队",
    "篇",
    "种",
    "类",
    "国",
    "倍",
]
_UNITS = (
    "个百分点", "百分点", "%", "‰", "亿美元", "万美元", "美元", *MONEY, *_COUNTS, "分"
)  # fmt: skip
_NO_UNIT = (
    r"(?:月|年|日|时|号|条款|款|章|节|页|季|岁|楼|室|届|级|周|天|小时|分钟|期间|度(?!数)|工作日|个月|个工作日|"
    r"个季度|个年度|倍频|米|公里|㎡|平方|公斤|千克)"
)
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_UNIT = "|".join(re.escape(each) for each in _UNITS)
_BEFORE = (
    r"(?P<before>不低于|不少于|不小于|不高于|不超过|不多于|不大于|大于等于|小于等于|至少|最少|最多|至多|超过|超出|突破|高于|多于|大于|逾|"
    r"低于|少于|小于|不足|不到|接近|将近|近|大约|约为|约|>=|<=|≥|≤|>|<|=)?\s*(?:了\s*)?"
)
_AFTER = r"(?P<after>左右|上下|以上|及以上|以下|以内|之内)?"
FIGURE = re.compile(
    rf"{_BEFORE}(?P<sign>(?<![\d%元])[-−])?(?P<number>{_NUMBER})(?:\s*(?P<midunit>{_UNIT})?\s*(?:-|—{{1,2}}|~|至|到)\s*(?P<upper>{_NUMBER}))?"
    rf"\s*(?P<more>多|余)?\s*(?P<scale>[百千万亿])?(?P<more2>多|余)?(?P<unit>{_UNIT})?(?P<more3>余)?\s*{_AFTER}"
)
_SPOKEN = re.compile(
    rf"{_BEFORE}(?P<number>[{SPOKEN}]+)(?P<more>多|余)?(?P<unit>{_UNIT})(?P<more2>余)?{_AFTER}"
)
_PARTS = re.compile(
    r"(?P<share>百|[一二三四五六七八九十]{1,3})分之(?P<number>[零〇一二三四五六七八九十百两点]+)(?P<points>个百分点)?"
)
_GRADE = re.compile(
    r"(?:等级|等次|评级|级别|档次)[^，。；、\d]{0,6}?[“\"‘「]?(?P<grade>优秀|良好|优|良|中|差)[”\"’」]?(?![一-鿿]*?(?:于|间|国|央|心|期))|[“\"「](?P<quoted>优|良|中|差)[”\"」](?=等?级|等次|档|$|[，。；、）)])"
)

_MASKS = tuple(
    re.compile(each)
    for each in (
        r"https?://\S+",
        r"(?:19|20)\d{2}\s*年?\s*[-—~至]+\s*(?:(?:19|20)\d{2}\s*年|\d{2,4}年)",
        r"(?:19|20)\d{2}\s*[-/.]\s*\d{1,2}(?:\s*[-/.]\s*\d{1,2})?(?![\d.]*\s*(?:万|亿|元|%))(?!\d)",
        r"(?:19|20)\d{2}\s*(?:年度?|财年|会计年度)",
        r"\d{1,2}\s*(?:月份?)?\s*(?:-|—{1,2}|~|至|到)\s*\d{1,2}\s*月份?(?:底|末)?",
        r"\d{1,2}\s*月(?:份)?\s*(?:\d{1,2}\s*[日号])?",
        r"\d{1,2}\s*[日号](?![\d])",
        r"[一-鿿]{0,8}[〔【\[［(（﹝〖{]\s*(?:19|20)\d{2}\s*年?\s*[〕】\]］)）﹞〗}]\s*第?\s*\d{1,5}\s*号",
        r"第\s*\d{1,6}\s*(?:-\s*\d+\s*)?(?:号|条|款|章|节|项|批次?|期|次|季度|届|名|位|页|部分|类|个|年|组|周|轮|阶段|步|级|行|列|栏)?",
        r"第[一二三四五六七八九十百零〇两]+\s*(?:号|条|款|章|节|项|批次?|期|次|季度|届|名|位|页|部分|类|个|年|组|周|轮|阶段|步|级)?",
        r"[第前][一二三四]\s*季度|[一二三四]季度|[1-4]\s*季度|前[一二三四五六七八九十\d]+个?(?:季度|月)|[上下]半年",
        r"\d{1,5}\s*号文?",
        r"(?<![\d.,])(?=[0-9A-Z]*[A-Z])[0-9A-Z][0-9A-Z\-]{3,}",
        r"(?<![\d.,])\d{7,}(?![\d.,]*(?:万|亿|元|美元|个|家|%|人|件|批|票))(?![\d,]*\.\d)",
        r"(?<![\d.])0\d{2,3}-\d{7,8}",
        r"\d{1,2}:\d{2}(?::\d{2})?",
        r"(?:表|图|附件|附表|附录|注|式|样本|版本|方案|序号|编号)\s*\d+(?:[-.]\d+)*",
        r"\d+\s*(?:个工作日|工作日|个月|个季度|个年度|小时|分钟|秒|天|周|周年|年期?|岁|楼|室|米|公里|㎡|平方米|公斤|千克|页|号|届|度|级|°)",
        r"[一二两三四五六七八九十]+(?:个工作日|个月|天|年|周)",
        r"(?:满分|总分为?|百分制|分制)\s*(?:为|是)?\s*\d+\s*分?(?=[)，。,）])",
        r"\b1039\b",
        r"\[\d+\]|［\d+］|〔\d+〕",
        r"(?:一是|二是|三是|四是|五是|六是|七是|八是|九是|十是|一次性|一批(?!次|项)|一家一|一项一|一个个|万一|统一|一一|百姓|千方百计)",
    )
)
_LEAD = re.compile(
    r"\s*(?:[(（]\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[)）]|(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[、．)）]|"
    r"\d{1,2}(?:\.\d{1,2}){1,3}(?=[\s　]|[一-鿿《“])(?!\s*(?:%|个?百分点|[百千万亿]?元|分|家|人|批|次|项|个|件|万|亿))|"
    r"\d{1,2}\.(?=\D)|[①-⑳])"
)
_BOUNDS = {
    "不低于": Bound.LEAST,
    "不少于": Bound.LEAST,
    "不小于": Bound.LEAST,
    "大于等于": Bound.LEAST,
    "至少": Bound.LEAST,
    "最少": Bound.LEAST,
    ">=": Bound.LEAST,
    "≥": Bound.LEAST,
    "以上": Bound.LEAST,
    "及以上": Bound.LEAST,
    "不高于": Bound.MOST,
    "不超过": Bound.MOST,
    "不多于": Bound.MOST,
    "不大于": Bound.MOST,
    "小于等于": Bound.MOST,
    "最多": Bound.MOST,
    "至多": Bound.MOST,
    "<=": Bound.MOST,
    "≤": Bound.MOST,
    "以下": Bound.MOST,
    "以内": Bound.MOST,
    "之内": Bound.MOST,
    "超过": Bound.OVER,
    "超出": Bound.OVER,
    "突破": Bound.OVER,
    "高于": Bound.OVER,
    "多于": Bound.OVER,
    "大于": Bound.OVER,
    "逾": Bound.OVER,
    ">": Bound.OVER,
    "低于": Bound.UNDER,
    "少于": Bound.UNDER,
    "小于": Bound.UNDER,
    "<": Bound.UNDER,
    "不足": Bound.NEARLY,
    "不到": Bound.NEARLY,
    "接近": Bound.NEARLY,
    "将近": Bound.NEARLY,
    "近": Bound.NEARLY,
    "大约": Bound.ABOUT,
    "约为": Bound.ABOUT,
    "约": Bound.ABOUT,
    "左右": Bound.ABOUT,
    "上下": Bound.ABOUT,
}


def plain(text: str) -> str:
    """The text with half-width digits and signs; every character keeps its place."""
    return _WIDE_GROUP.sub(",", text).translate(_WIDE)


def masked(text: str, spans: Iterable[tuple[int, int]] = ()) -> str:
    """A plain text with all digits that are no figures, and the given spans, blotted out."""
    letters = list(text)
    for start, end in spans:
        letters[start:end] = "\x01" * (end - start)
    out = "".join(letters)
    if lead := _LEAD.match(out):
        out = "\x01" * lead.end() + out[lead.end() :]
    for each in _MASKS:
        out = each.sub(lambda match: "\x01" * len(match[0]), out)
    return out


def figures(text: str, *, unit: str = "", bare: bool = False) -> list[Figure]:
    """The figures of a masked text in order.

    Args:
        text: plain and masked.
        unit: what numbers without a unit are in (a cell under a head that names one).
        bare: whether numbers without a unit count at all; else only those behind a sign or a word such as 得分.
    """
    found = [each for match in FIGURE.finditer(text) if (each := _figure(text, match, unit, bare))]
    taken = [(each.start, each.end) for each in found]
    for match in _PARTS.finditer(text):
        if (part := _part(match)) and _free(part, taken):
            found.append(part)
            taken.append((part.start, part.end))
    for match in _SPOKEN.finditer(text):
        value = spoken(match["number"])
        start = match.start("number")
        if value is None or not _free((start, match.end()), taken):
            continue
        end = match.end("unit")
        figure = Figure(start, end, text[start:end], value, match["unit"], 0, _bound(match), spoken=True)
        found.append(figure)
        taken.append((start, end))
    for match in _GRADE.finditer(text):
        name = "grade" if match["grade"] else "quoted"
        span = match.span(name)
        if _free(span, taken):
            found.append(Figure(*span, match[name], Decimal(0), "", text=match[name]))
    return sorted(found, key=lambda each: each.start)


def _figure(text: str, match: re.Match[str], unit: str, bare: bool) -> Figure | None:
    start, end = match.start("number"), match.end("number")
    if match["sign"]:
        start = match.start("sign")
    if start and re.match(r"[A-Za-z0-9.]", text[start - 1]):
        return None
    printed_unit = (match["scale"] or "") + (match["unit"] or "")
    tail = text[
        match.end("unit")
        if match["unit"]
        else match.end("scale")
        if match["scale"]
        else match.end("upper")
        if match["upper"]
        else end :
    ]
    if not match["unit"] and (re.match(rf"\s*{_NO_UNIT}", tail) or re.match(r"[A-Za-z]", tail)):
        return None
    if (
        match["scale"]
        and not match["unit"]
        and not unit
        and not bare
        and tail[:1] not in ("", "，", "。", "；", "、", ")", " ")
    ):
        return None
    if not printed_unit:
        near = text[max(0, match.start() - 8) : start]
        named = re.search(r"(?:得分|评分|总分|分数|自评分|得|综合分)(?:为|是|：|:|达|达到)?\s*$", near)
        if named and not unit:
            printed_unit = "分"
        elif not (bare or match["before"] in ("≥", "≤", ">", "<", "=", ">=", "<=")):
            return None
        else:
            printed_unit = unit
    last = (
        match.end("unit")
        if match["unit"]
        else match.end("scale")
        if match["scale"]
        else match.end("upper")
        if match["upper"]
        else end
    )
    digits = match["number"].replace(",", "")
    number = Decimal(digits) * (-1 if match["sign"] else 1)
    decimals = len(digits.partition(".")[2])
    upper = Decimal(match["upper"].replace(",", "")) if match["upper"] else None
    bound = Bound.MORE if match["more"] or match["more2"] or match["more3"] else _bound(match)
    return Figure(start, last, text[start:last], number, normal_unit(printed_unit), decimals, bound, upper)


def normal_unit(unit: str) -> str:
    """A unit in one spelling: 百分点 → 个百分点, a bare 万 before a count keeps its scale."""
    return {"百分点": "个百分点", "个项目": "个", "名": "人", "位": "人"}.get(unit, unit)


def _part(match: re.Match[str]) -> Figure | None:
    above = spoken(match["number"])
    if match["share"] == "百":
        if above is None:
            return None
        decimals = len(match["number"].partition("点")[2])
        return Figure(*match.span(), match[0], above, "%", decimals, spoken=True)
    below = spoken(match["share"])
    if above is None or not below:
        return None
    share = (above * 100 / below).quantize(Decimal("0.01"))
    return Figure(*match.span(), match[0], share, "%", 0, Bound.ABOUT, spoken=True)


def _bound(match: re.Match[str]) -> Bound:
    groups = match.groupdict()
    if groups.get("more") or groups.get("more2"):
        return Bound.MORE
    word = groups.get("before") or groups.get("after") or ""
    return _BOUNDS.get(word, Bound.NONE)


def _free(given: Figure | tuple[int, int], taken: Iterable[tuple[int, int]]) -> bool:
    start, end = (given.start, given.end) if isinstance(given, Figure) else given
    return all(end <= left or start >= right for left, right in taken)


def widened(figure: Figure, by: int) -> Figure:
    """The figure moved by a number of characters."""
    return replace(figure, start=figure.start + by, end=figure.end + by)
