"""The form of an order: new, a return or correction, or one that was sent back. Works without scripts; keeps itself with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.foundation.shell.deeds import revision
from youju.rules.findings import Finding, Severity
from youju.rules.law import whole
from youju.rules.trade.orders.kinds import OrderKind
from youju.rules.trade.orders.lifecycle import DRAFT
from youju.trade.orders import permissions, selectors, services
from youju.trade.orders.web import entry
from youju.trade.orders.web.drawing import boxes, heads
from youju.trade.parties.countries import countries

CURRENCIES = ("USD", "EUR", "CNY", "GBP", "JPY", "HKD", "RUB", "AUD", "CAD", "KRW", "THB", "ZAR")
Faults = Mapping[tuple[int | None, str], str]


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.EDIT)
def new(request: HttpRequest) -> HttpResponse:
    """A new order; with ``about`` and ``kind`` a return or correction of a confirmed sale."""
    asked = request.POST if request.method == "POST" else request.GET
    about = asked.get("about", "")[:24]
    if request.method == "POST":
        return _posted(request, "about:" + about if about else "new", None)
    place = f"about:{about}" if about else "new"
    typed = entry.blank()
    if about:
        typed = entry.filled(_page_of(request, about), about=True)
        kind = asked.get("kind", "")
        typed.head["kind"] = (
            kind if kind in {OrderKind.RETURN, OrderKind.CORRECTION} else OrderKind.RETURN.value
        )
    return _opened(request, place, typed, None)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.EDIT)
def edit(request: HttpRequest, number: str) -> HttpResponse:
    """Change an order that was sent back and register it anew."""
    page = _page_of(request, number)
    if page.order.state != DRAFT:
        raise InputError(
            "只有退回的交易单可以修改", where=page.order.number, how="已确认的请登记退货或更正", status=409
        )
    place = f"edit:{page.order.number}"
    if request.method == "POST":
        return _posted(request, place, page)
    return _opened(request, place, entry.filled(page, about=False), page)


@require_POST
@permission_required(permissions.EDIT)
def keep(request: HttpRequest) -> JsonResponse:
    """Keep what is typed, for the script of the page."""
    try:
        at = services.save_draft(
            actor=permissions.actor_of(request),
            place=_place(request),
            form=entry.read(request.POST).as_json(),
        )
    except InputError as error:
        return JsonResponse({"detail": str(error)}, status=error.status)
    return JsonResponse({"at": f"{timezone.localtime(at):%H:%M:%S}"})


@require_POST
@permission_required(permissions.EDIT)
def forget(request: HttpRequest) -> HttpResponse:
    """Throw away what was typed and not registered."""
    place = _place(request)
    services.forget_draft(actor=permissions.actor_of(request), place=place)
    messages.info(request, "已放弃没有登记的内容。")
    what, _, number = place.partition(":")
    return HttpResponseRedirect(
        reverse("orders:order", args=[number])
        if what in ("edit", "about") and number
        else reverse("orders:new")
    )


def _posted(request: HttpRequest, place: str, page: selectors.OrderPage | None) -> HttpResponse:
    typed, act = entry.read(request.POST), request.POST.get("act", "register")
    if page is not None:
        typed.head |= {"kind": page.order.kind, "about": page.order.about.number if page.order.about else ""}
    offer = selectors.choices(actor=permissions.actor_of(request), merchant=typed.head["merchant"])
    if not typed.head["merchant"] and len(offer.merchants) == 1:
        typed.head["merchant"] = offer.merchants[0][0]
    done, _, rest = act.partition(":")
    if done in ("add", "remove", "pick"):
        _changed(typed, done, rest)
        return _page(request, place, typed, page, offer)
    if done == "save":
        services.save_draft(actor=permissions.actor_of(request), place=place, form=typed.as_json())
        messages.success(request, "已保存草稿，可以随时回来接着填。")
        return HttpResponseRedirect(request.get_full_path())
    picks = _resolve(typed, offer)
    found, faults = entry.wish(typed)
    if found is None:
        return _page(request, place, typed, page, offer, faults=faults, picks=picks, status=422)
    actor = permissions.actor_of(request)
    if done == "check":
        tried = services.try_order(actor=actor, wish=found, number=page.order.number if page else "")
        return _page(request, place, typed, page, offer, findings=tried.findings, picks=picks, checked=True)
    try:
        registered = (
            services.register_anew(
                actor=actor, number=page.order.number, wish=found, expected=revision(request)
            )
            if page
            else services.register_draft(actor=actor, wish=found, place=place)
        )
    except services.RefusedOrder as error:
        told: Faults = {(None, ""): str(error)}
        return _page(
            request, place, typed, page, offer, faults=told, findings=error.findings, picks=picks, status=422
        )
    messages.success(request, f"已登记，交易单号 {registered.number}。手写清单的照片可以在这一页附上。")
    return HttpResponseRedirect(reverse("orders:order", args=[registered.number]))


def _opened(
    request: HttpRequest, place: str, typed: entry.Typed, page: selectors.OrderPage | None
) -> HttpResponse:
    draft = selectors.draft(actor=permissions.actor_of(request), place=place)
    if draft is not None:
        typed = entry.kept(draft.form)
    offer = selectors.choices(actor=permissions.actor_of(request), merchant=typed.head.get("merchant", ""))
    return _page(request, place, typed, page, offer, kept=draft.saved_at if draft else None)


def _page(
    request: HttpRequest,
    place: str,
    typed: entry.Typed,
    page: selectors.OrderPage | None,
    offer: selectors.Choices,
    *,
    faults: Faults | None = None,
    findings: Iterable[Finding] = (),
    picks: Mapping[int, Any] | None = None,
    checked: bool = False,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    said = list(findings)
    asked = {f"{each.rule}:{each.at.get('line') or ''}" for each in said if each.severity is Severity.WARNING}
    kind = OrderKind(typed.head["kind"]) if typed.head.get("kind") in set(OrderKind) else OrderKind.SALE
    title = (
        f"修改交易单 {page.order.number}"
        if page
        else {"sale": "登记交易单", "return": "登记退货", "correction": "登记更正"}[kind.value]
    )
    context: dict[str, Any] = {
        "title": title,
        "order": page.order if page else None,
        "place": place,
        "typed": typed.head,
        "kind": kind,
        "offer": offer,
        "countries": countries("zh-hans"),
        "currencies": CURRENCIES,
        "heads": heads(typed, faults or {}, said),
        "boxes": boxes(typed, faults or {}, said, picks or {}, offer.goods),
        "fault": (faults or {}).get((None, "")) or (faults or {}).get((None, "lines")),
        "faults": [
            text
            for (line, name), text in (faults or {}).items()
            if (line, name) not in ((None, ""), (None, "lines"))
        ],
        "said": said,
        # Answers to findings that are not drawn now stay in the form.
        "answers": {key: words for key, words in typed.why.items() if words and key not in asked},
        "errors": sum(each.severity is Severity.ERROR for each in said),
        "checked": checked,
        "totals": entry.totals(typed),
        "seconds": whole(law_on(timezone.localdate()), "trade.orders.autosave_seconds"),
        "nobody": not offer.merchants,
        "full": len(typed.lines) >= entry.MOST_ROWS,
        **more,
    }
    return render(request, "orders/edit.html", context, status=status)


def _changed(typed: entry.Typed, done: str, rest: str) -> None:
    place, _, good = rest.partition(":")
    at = int(place) if place.isascii() and place.isdigit() and len(place) < 5 else 0
    if done == "add" and len(typed.lines) < entry.MOST_ROWS:
        typed.lines.append({})
    elif done == "remove" and 1 <= at <= len(typed.lines):
        del typed.lines[at - 1]
        typed.lines = typed.lines or [{}]
        # Answers to findings belong to lines by number: those behind the gap move up with their lines.
        typed.why = dict(filter(None, (_moved(key, words, at) for key, words in typed.why.items())))
    elif done == "pick" and 1 <= at <= len(typed.lines):
        typed.lines[at - 1]["good"] = good[:24]


def _moved(key: str, words: str, gone: int) -> tuple[str, str] | None:
    rule, _, line = key.partition(":")
    if not line.isdigit() or int(line) < gone:
        return key, words
    return None if int(line) == gone else (f"{rule}:{int(line) - 1}", words)


def _resolve(typed: entry.Typed, offer: selectors.Choices) -> dict[int, Any]:
    """Names typed in place of numbers become numbers where they mean one good; else what they could mean, by line."""
    numbers, picks = {each.number for each in offer.goods}, {}
    for at, line in enumerate(typed.lines, 1):
        text = line.get("good", "")
        if not text or text in numbers:
            continue
        found = selectors.alike(offer.merchant_id, text)
        exact = [each for each in found if text in (each.number, each.name)]
        if len(exact) == 1 or len(found) == 1:
            line["good"] = (exact or found)[0].number
        elif found:
            picks[at] = found
    return picks


def _page_of(request: HttpRequest, number: str) -> selectors.OrderPage:
    page = selectors.order_page(actor=permissions.actor_of(request), number=number)
    if page is None or not page.sides:
        raise Http404("没有这张交易单，或它不是您单位的；请回到交易单列表重新选择。")
    return page


def _place(request: HttpRequest) -> str:
    place = request.POST.get("place", "new").replace("\0", "")[:40]
    return place if place.startswith(("about:", "edit:")) else "new"
