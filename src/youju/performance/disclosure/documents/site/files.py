"""The files of the site: which there are, and the bytes of each. Links are relative, so that it works from a disk as well."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext

from youju.performance.disclosure.documents.site import data
from youju.performance.disclosure.documents.site.pictures import money_picture
from youju.performance.disclosure.documents.site.views import figures_of, projects_of, totals_of
from youju.performance.disclosure.documents.site.words import KIND_WORDS, STATE_WORDS
from youju.performance.disclosure.selectors.releases import Published
from youju.rules.performance.disclosure.lifecycle import EVALUATION, TARGETS

Maker = Callable[[], bytes]
STYLE = Path(__file__).parents[2] / "static" / "disclosure" / "site.css"
# Without one of its own a browser asks the server for its icon, and that answer is not of this site.
ICON = STYLE.with_name("mark.svg")
_LANGUAGES = {"": "zh-hans", "en/": "en"}
TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "svg": "image/svg+xml",
    "xml": "application/xml; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def whole_site(releases: Sequence[Published], *, base: str) -> dict[str, bytes]:
    """Path → bytes of every file, the manifest last."""
    files = {path: make() for path, make in makers(releases, base=base).items()}
    hashes = {
        path: {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
        for path, content in sorted(files.items())
    }
    files["manifest.json"] = data.json_bytes({"files": hashes})
    return files


def makers(releases: Sequence[Published], *, base: str) -> dict[str, Maker]:
    """Path → what makes the file, for all files but the manifest."""
    found: dict[str, Maker] = {
        "style.css": STYLE.read_bytes,
        "mark.svg": ICON.read_bytes,
        "index.json": lambda: data.json_bytes(_index(releases)),
    }
    for prefix in _LANGUAGES:
        found[f"{prefix}index.html"] = partial(
            _page, prefix, "index", "index.html", {"releases": _listed(releases)}
        )
        found[f"{prefix}sitemap.html"] = partial(
            _page,
            prefix,
            "sitemap",
            "sitemap.html",
            {"releases": _listed(releases), "projects": _projects(releases)},
        )
        for release in releases:
            found |= _pages(prefix, release)
    for release in releases:
        if release.content:
            found |= _data(release)
    pages = sorted(path for path in found if path.endswith(".html"))
    found["sitemap.xml"] = lambda: _sitemap(pages, base)
    return found


def _pages(prefix: str, release: Published) -> dict[str, Maker]:
    folder = f"{prefix}{release.folder}"
    found: dict[str, Maker] = {f"{folder}/index.html": lambda: _release(prefix, release)}
    if release.content:
        found[f"{folder}/how.html"] = lambda: _page(
            prefix,
            "how",
            f"{release.folder}/how.html",
            lambda: {"release": release, "figures": figures_of(release)},
        )
        for project in release.content["document"]["projects"]:
            code = project["code"]
            found[f"{folder}/{code}.html"] = partial(_project, prefix, release, code)
        found[f"{folder}/money.svg"] = lambda: _in(
            prefix, lambda: money_picture(projects_of(release), gettext("各项目预算和执行"))
        )
    return found


def _data(release: Published) -> dict[str, Maker]:
    folder = release.folder
    return {
        f"{folder}/data.json": lambda: data.json_bytes(data.plain_release(release)),
        **{
            f"{folder}/{name}.csv": partial(_in, "", partial(data.csv_bytes, release, name))
            for name in ("projects", "indicators", "figures")
        },
        f"{folder}/data.xlsx": lambda: _in("", lambda: data.xlsx_bytes(release)),
        f"{folder}/form.docx": lambda: _in("", lambda: data.docx_bytes(release)),
    }


def _release(prefix: str, release: Published) -> bytes:
    def more() -> dict[str, Any]:
        projects = projects_of(release)
        return {
            "release": release,
            "projects": projects,
            "totals": totals_of(projects),
            "department": release.content.get("document", {}).get("department"),
            "executed": any(each.executed for each in projects),
            "scored": any(each.total for each in projects),
            "versions": [
                {"row": each, "state": gettext(STATE_WORDS[each.state])} for each in release.versions
            ],
            "word": gettext(KIND_WORDS[release.kind]),
            "folder": "en/" * bool(prefix) + release.folder,
        }

    return _page(prefix, "release", f"{release.folder}/index.html", more)


def _project(prefix: str, release: Published, code: str) -> bytes:
    def more() -> dict[str, Any]:
        project = next(each for each in projects_of(release) if each.code == code)
        return {
            "release": release, "project": project, "word": gettext(KIND_WORDS[release.kind]), "valued": release.kind != TARGETS,
            "scored": release.kind == EVALUATION and bool(project.total),
        }  # fmt: skip

    return _page(prefix, "project", f"{release.folder}/{code}.html", more)


def _page(
    prefix: str, template: str, path: str, context: dict[str, Any] | Callable[[], dict[str, Any]]
) -> bytes:
    """A page in its language. ``root`` leads to the top of the site, ``home`` to the top of the language."""

    def make() -> bytes:
        depth = path.count("/")
        home = "../" * depth
        root = home + "../" * bool(prefix)
        found = context() if callable(context) else context
        more = {
            "root": root, "home": home, "other": f"{root}{'' if prefix else 'en/'}{path}", "english": bool(prefix),
            "language": "en" if prefix else "zh-CN",
        }  # fmt: skip
        return render_to_string(f"disclosure/site/{template}.html", {**more, **found}).encode()

    return _in(prefix, make)


def _in(prefix: str, make: Maker) -> bytes:
    with translation.override(_LANGUAGES[prefix]):
        return make()


def _listed(releases: Sequence[Published]) -> Callable[[], list[dict[str, Any]]]:
    """Lazily, so that the words are those of the page's language."""
    return lambda: [{"row": each, "word": gettext(KIND_WORDS[each.kind])} for each in releases]


def _projects(releases: Sequence[Published]) -> Callable[[], list[dict[str, Any]]]:
    return lambda: [
        {
            "row": each,
            "word": gettext(KIND_WORDS[each.kind]),
            "projects": each.content.get("document", {}).get("projects", []),
        }
        for each in releases
    ]


def _index(releases: Sequence[Published]) -> dict[str, Any]:
    return {
        "releases": [
            {
                "kind": each.kind,
                "year": each.year,
                "version": each.version,
                "unit": each.unit_name,
                "published_on": each.published_on.isoformat(),
                "state": "withdrawn" if each.withdrawn else "published",
                "content_hash": each.content_hash,
                "versions": data.versions(each),
                "data": f"{each.folder}/data.json" if each.content else None,
                "page": f"{each.folder}/index.html",
            }
            for each in releases
        ]
    }


def _sitemap(pages: Sequence[str], base: str) -> bytes:
    lines = "".join(f"<url><loc>{base.rstrip('/')}/{path}</loc></url>\n" for path in pages)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{lines}</urlset>\n'.encode()


@cache
def media_type(ending: str) -> str:
    """What a file of an ending is."""
    return TYPES.get(ending, "application/octet-stream")
