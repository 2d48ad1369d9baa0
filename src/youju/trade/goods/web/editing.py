"""Registering a good and changing one; the elements of the code follow the code; typing is kept by itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.rules.law import whole
from youju.trade.goods import permissions, selectors, services
from youju.trade.goods.web.forms import ELEMENT, GoodForm
from youju.trade.parties.selectors import acting_parties, acting_party_numbered

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from youju.trade.goods.models import Good

_PLAIN = (
    "name", "name_en", "model", "brand_kind", "brand", "producer", "unit", "hs_code", "extra_code", "authorised_until",
)  # fmt: skip
_UNKEPT = {"csrfmiddlewaretoken", "act", "pick", "base", "good", "picture", "authorisation", "drop_picture"}
_PARTIES = 200
_HIGH = 10**15


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.EDIT)
def new(request: HttpRequest) -> HttpResponse:
    """Register a good; ``copy`` names one whose content is taken over, ``code`` fills the code in."""
    return _edit(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.EDIT)
def edit(request: HttpRequest, number: int) -> HttpResponse:
    """Change a good."""
    return _edit(request, _good(request, number))


@require_POST
@permission_required(permissions.EDIT)
def elements(request: HttpRequest) -> HttpResponse:
    """The part of the form that follows from the code: its line and the fields of its elements."""
    typed = _typed(request.POST)
    form = _form(request, None, typed)
    context = {
        "form": form,
        "facts": selectors.line_of(typed["hs_code"]),
        "code": typed["hs_code"],
        "picked": "pick" in request.POST,
    }
    return render(request, "goods/_elements.html", context)


@require_POST
@permission_required(permissions.EDIT)
def keep(request: HttpRequest) -> JsonResponse:
    """Keep what is typed, for the script of the page."""
    number, base = (_number(request.POST.get(name, "")) for name in ("good", "base"))
    try:
        at = services.keep_typing(
            actor=permissions.actor_of(request),
            good_id=number,
            party_id=_party_id(request, request.POST),
            base=base or 0,
            form=_typed(request.POST),
        )
    except InputError as error:
        return JsonResponse({"detail": str(error)}, status=error.status)
    return JsonResponse({"at": f"{timezone.localtime(at):%H:%M:%S}" if at else ""})


@require_POST
@permission_required(permissions.EDIT)
def forget(request: HttpRequest) -> HttpResponse:
    """Throw away what was typed and not saved."""
    number = _number(request.POST.get("good", ""))
    services.forget_typing(actor=permissions.actor_of(request), good_id=number)
    messages.info(request, "已放弃没有保存的内容。")
    return HttpResponseRedirect(
        reverse("goods:good-edit", args=[number]) if number else reverse("goods:good-new")
    )


def _edit(request: HttpRequest, good: Good | None) -> HttpResponse:
    if request.method != "POST":
        return _opened(request, good)
    act, pick = request.POST.get("act", "save"), request.POST.get("pick", "")
    if pick or act == "find":
        typed = _typed(request.POST)
        form = _form(request, good, typed)
        hits = [] if pick else selectors.search(typed["hs_code"])
        return _page(request, good, form, typed=typed, hits=hits, sought=act == "find" and not pick)
    return _save(request, good)


def _opened(request: HttpRequest, good: Good | None) -> HttpResponse:
    """The form at first sight: what was typed before, what is stored, what is copied, or nothing."""
    draft = selectors.typing(permissions.actor_of(request), good.pk if good else None)
    if draft is not None:
        form = _form(request, good, draft.form)
        return _page(request, good, form, typed=draft.form, kept=draft.saved_at, base=draft.base)
    if good is not None:
        typed = _stored(good)
    else:
        source = _number(request.GET.get("copy", ""))
        copied = selectors.good(permissions.actor_of(request), source) if source else None
        typed = _stored(copied) if copied else {"hs_code": request.GET.get("code", "")[:10]}
        if copied:
            typed |= {"party": str(copied.party_id), "authorised_until": ""}
    return _page(request, good, _form(request, good, typed), typed=typed)


def _save(request: HttpRequest, good: Good | None) -> HttpResponse:
    form = GoodForm(
        request.POST,
        request.FILES,
        **_offered(request, good),
        elements=selectors.elements_on(request.POST.get("hs_code", "").strip()),
    )
    if form.is_valid():
        same = good is not None and good.hs_code == form.cleaned_data["hs_code"].strip()
        try:
            saved = services.save_good(
                actor=permissions.actor_of(request),
                good_id=good.pk if good else None,
                party_id=_party_id(request, form.cleaned_data),
                values=form.values(good.elements if good and same else None),
                base=_number(request.POST.get("base", "")),
                picture=_upload(request.FILES.get("picture")),
                authorisation=_upload(request.FILES.get("authorisation")),
                drop_picture=form.cleaned_data["drop_picture"],
            )
        except services.GoodFaultsError as error:
            for name, sentence in error.faults:
                form.add_error(_place(form, name), sentence)
        except InputError as error:
            form.add_error(None, str(error))
            if error.status == 409:
                return _page(request, good, form, status=409)
        else:
            if not selectors.known_codes([saved.hs_code]):
                messages.warning(request, f"现行税则没有编码 {saved.hs_code}，认定时会指出；请再核对。")
            messages.success(request, f"已保存“{saved.name}”，编号 {saved.number}。")
            return HttpResponseRedirect(reverse("goods:good", args=[saved.pk]))
    return _page(request, good, form, status=422)


def _place(form: GoodForm, name: str) -> str | None:
    """The field at which a fault stands; ``None`` for the head of the form."""
    if name == "party" and "party_number" in form.fields:
        return "party_number"
    return name if name in form.fields else None


def _page(
    request: HttpRequest,
    good: Good | None,
    form: GoodForm,
    *,
    typed: Mapping[str, str] | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    code = (typed or request.POST).get("hs_code", "").strip()
    given = request.POST.get("base", "") if request.method == "POST" else more.get("base", "")
    context: dict[str, Any] = {
        "form": form.marked(),
        "good": good,
        "code": code,
        "facts": selectors.line_of(code) if code else None,
        "nobody": form.nobody,
        "seconds": whole(law_on(timezone.localdate()), "trade.goods.autosave_seconds"),
        **more,
        "base": given if given != "" else good.revision if good else 0,
    }
    return render(request, "goods/good_edit.html", context, status=status)


def _form(request: HttpRequest, good: Good | None, typed: Mapping[str, str]) -> GoodForm:
    """An unbound form that shows what is typed, without judging it."""
    return GoodForm(
        initial=dict(typed),
        **_offered(request, good),
        elements=selectors.elements_on(typed.get("hs_code", "").strip()),
    )


def _offered(request: HttpRequest, good: Good | None) -> dict[str, Any]:
    """The parties that a new good may be of, as the form takes them."""
    if good is not None:
        return {"new": False}
    found = acting_parties(permissions.actor_of(request), timezone.localdate(), limit=_PARTIES + 1)
    named = [(party.id, f"{party.name}（{party.number}）" if party.number else party.name) for party in found]
    return {"parties": named, "by_number": len(named) > _PARTIES}


def _party_id(request: HttpRequest, cells: Mapping[str, Any]) -> int | None:
    """The party that was chosen, or named by its filing number."""
    number = str(cells.get("party_number") or "").strip()
    if not number:
        return _number(str(cells.get("party") or ""))
    found = acting_party_numbered(permissions.actor_of(request), timezone.localdate(), [number]).get(number)
    if found is None:
        raise services.GoodFaultsError([("party", f"没有备案号为 {number} 的经营户，或您不能为它登记商品")])
    return found.id


def _typed(post: QueryDict) -> dict[str, str]:
    """The form's text fields as sent, the picked code in its place."""
    cells = {name: str(value)[:2000] for name, value in post.items() if name not in _UNKEPT}
    if pick := post.get("pick", ""):
        cells["hs_code"] = pick[:10]
    cells.setdefault("hs_code", "")
    return cells


def _stored(good: Good) -> dict[str, str]:
    cells = {name: str(getattr(good, name) or "") for name in _PLAIN}
    return cells | {ELEMENT + name: str(value) for name, value in good.elements.items()}


def _good(request: HttpRequest, number: int) -> Good:
    found = selectors.good(permissions.actor_of(request), number)
    if found is None:
        raise Http404("没有这件商品，或它不归您办理；请回到商品列表重新选择。")
    if found.state == "withdrawn":
        raise InputError("这件商品已下架，不能修改", where=found.number, how="请先在商品页恢复", status=409)
    return found


def _upload(file: UploadedFile[Any] | None) -> services.Upload | None:
    return services.Upload(file.name or "文件", file.file) if file is not None and file.file else None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and int(text) < _HIGH else None
