"""Which year's targets a page shows, and the words for it in addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, QueryDict

from youju.performance.targets import selectors

if TYPE_CHECKING:
    from youju.performance.targets.models import TargetSet


def chosen_set(query: QueryDict) -> TargetSet | None:
    """The set that the address names: by ``set`` (its key), or by ``year``, ``unit`` and ``version`` (its number); without a
    version the one shown by default, without a year the latest, ``None`` if there is none.

    Raises:
        Http404: the address names a year, unit or version that is not stored.
    """
    key, version = query.get("set", "").strip(), query.get("version", "").strip()
    if key:
        keyed = selectors.set_of(int(key)) if _is_number(key) else None
        if keyed is None:
            raise Http404("没有这个版本，请回到版本列表重新选择。")
        return keyed
    year, unit = query.get("year", "").strip(), query.get("unit", "").replace("\0", "").strip()
    if year and not (year.isascii() and year.isdigit() and len(year) == 4):
        raise Http404(f"“{year[:20]}”不是年度。")
    found = selectors.active_set(year=int(year) if year else None, unit=unit or None)
    if found is None and (year or unit):
        raise Http404(f"没有 {year or unit[:50]} 的绩效目标。")
    if found is not None and version:
        numbered = selectors.numbered_set(found, int(version)) if _is_number(version) else None
        if numbered is None:
            raise Http404(f"{found.fiscal_year} 年没有第 {version[:20]} 版。")
        return numbered
    return found


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10


def required_set(request: HttpRequest) -> TargetSet:
    """As :func:`chosen_set`, for an address that has no page without targets.

    Raises:
        Http404: nothing is stored for the year named, or nothing at all.
    """
    target_set = chosen_set(request.GET)
    if target_set is None:
        raise Http404("还没有导入绩效目标。")
    return target_set


def year_query(request: HttpRequest) -> str:
    """Year, unit and version as asked for, to be carried on to the next page; empty for the latest year."""
    kept = {name: request.GET[name] for name in ("year", "unit", "version", "set") if request.GET.get(name)}
    return f"?{urlencode(kept)}" if kept else ""


def year_links(request: HttpRequest, current: TargetSet | None) -> list[dict[str, Any]]:
    """The year switch: label, address and whether it is shown now; empty when there is nothing to choose."""
    sets = selectors.active_sets()
    if len(sets) < 2:
        return []
    several_units = len({each.unit_key for each in sets}) > 1
    return [
        {
            "label": f"{each.fiscal_year} 年"
            + (f" {each.unit_name or each.unit_key}" if several_units else ""),
            "url": request.path + "?" + urlencode({"year": each.fiscal_year, "unit": each.unit_key}),
            "current": current is not None and each.pk == current.pk,
        }
        for each in sets
    ]


def version_bar(target_set: TargetSet) -> dict[str, Any]:
    """What a page says of the version that it shows: its state, and another one that is on its way."""
    other = selectors.open_set(target_set)
    return {
        "shown": target_set,
        "label": selectors.state_label(target_set),
        "other": other,
        "other_label": selectors.state_label(other) if other else "",
    }
