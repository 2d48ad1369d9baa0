"""One file of the site at a time: what is public is made once and kept as long as nothing that is public changes."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings

from youju.foundation.kernel.errors import InputError
from youju.performance.disclosure.documents.site.files import makers, media_type, whole_site
from youju.performance.disclosure.selectors.releases import Published, public_mark, public_releases

_KEPT = 256
_MANIFEST = "manifest.json"


def public_file(path: str) -> tuple[bytes, str] | None:
    """The bytes and the type of a file of the public site, or ``None``. One small query where it is kept."""
    content = _kept(public_mark(), _base(), path)
    return None if content is None else (content, media_type(path.rpartition(".")[2]))


def preview_file(release: Published, path: str) -> tuple[bytes, str]:
    """A file of the site as it would be with this release alone.

    Raises:
        InputError: there is no such file (404).
    """
    make = makers([release], base=_base()).get(path)
    if make is None:
        raise InputError("没有这一页", how="请从预览的首页进入", status=404)
    return make(), media_type(path.rpartition(".")[2])


@lru_cache(maxsize=_KEPT)
def _kept(mark: str, base: str, path: str) -> bytes | None:  # noqa: ARG001 - the mark is why it is made anew
    releases = public_releases()
    if path == _MANIFEST:
        return whole_site(releases, base=base)[_MANIFEST]
    make = makers(releases, base=base).get(path)
    return make() if make else None


def _base() -> str:
    return f"{settings.PUBLIC_URL or 'http://localhost:8000'}/open"
