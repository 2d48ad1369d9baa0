"""Files of a good: its picture with two small copies, and the brand's authorisation.

``Good.picture`` and ``Good.authorisation`` hold the first half of the file's sha256 as a UUID; the file itself is attached to
the good in a role. A picture that is replaced is released; an authorisation stays, for decisions that rested on it.
"""

from __future__ import annotations

import io
import uuid
import warnings
from typing import IO, TYPE_CHECKING, BinaryIO, cast

from django.utils import timezone

from youju.foundation.files.names import clean
from youju.foundation.files.services import attach, keep, release
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.rules.law import table, whole
from youju.trade.goods.events import good_subject

if TYPE_CHECKING:
    from youju.trade.goods.models import Good

PICTURE, AUTHORISATION = "picture", "authorisation"
SIZES = ("small", "large")
_QUALITY = 82


def size_role(size: str) -> str:
    """The role of a small copy among the good's files."""
    return f"{PICTURE}-{size}"


def mark_of(sha256: str) -> uuid.UUID:
    """What stands in the good's row for a kept file."""
    return uuid.UUID(sha256[:32])


def put_picture(good: Good, content: bytes | IO[bytes], name: str) -> uuid.UUID:
    """Keep a picture and its small copies in place of what was there.

    Raises:
        InputError: no picture that can be read, or one too large.
    """
    raw = content if isinstance(content, bytes) else content.read()
    kept = keep(raw, name=name, purpose="picture")
    copies = _copies(raw, clean(name))
    subject = good_subject(good)
    drop_picture(good)
    attach(sha256=kept.sha256, subject=subject, name=kept.name, role=PICTURE)
    for size, copy in copies.items():
        small = keep(copy, name=f"{good.number}-{size}.jpg", purpose="picture")
        attach(sha256=small.sha256, subject=subject, name=small.name, role=size_role(size))
    return mark_of(kept.sha256)


def drop_picture(good: Good) -> None:
    """Release the picture and its copies."""
    for role in (PICTURE, *(size_role(size) for size in SIZES)):
        release(subject=good_subject(good), role=role)


def put_authorisation(good: Good, content: bytes | IO[bytes], name: str) -> uuid.UUID:
    """Keep the brand's authorisation beside earlier ones.

    Raises:
        InputError: empty, too large, or of a kind that is no evidence.
    """
    kept = keep(cast("bytes | BinaryIO", content), name=name, purpose="evidence")
    attach(sha256=kept.sha256, subject=good_subject(good), name=kept.name, role=AUTHORISATION)
    return mark_of(kept.sha256)


def _copies(raw: bytes, name: str) -> dict[str, bytes]:
    """The small copies as JPEG, turned upright, without what a camera writes about place and time."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    law = law_on(timezone.localdate())
    most, edges = whole(law, "trade.goods.picture_pixels"), table(law, "trade.goods.picture_sizes")
    wrong = InputError("这张图片打不开", where=name, how="请换一张，或用手机重新拍照", status=415)
    try:
        with warnings.catch_warnings():
            # Pillow warns at sizes of its own; the limit is ours.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            opened = Image.open(io.BytesIO(raw), formats=("PNG", "JPEG", "WEBP"))
            if opened.width * opened.height > most:
                raise InputError(
                    f"图片有 {opened.width}×{opened.height} 像素，太大",
                    where=name,
                    how="请缩小后再上传",
                    status=413,
                )
            upright = ImageOps.exif_transpose(opened)
            plain = Image.new("RGB", upright.size, "white")
            shown = upright.convert("RGBA")
            plain.paste(shown, mask=shown.getchannel("A"))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise wrong from error
    copies = {}
    for size in SIZES:
        small = plain.copy()
        small.thumbnail((int(str(edges[size])),) * 2)
        out = io.BytesIO()
        small.save(out, "JPEG", quality=_QUALITY, optimize=True)
        copies[size] = out.getvalue()
    return copies
