"""Pictures that people upload: decided by their content, turned upright, stripped of what a camera wrote, made small."""

from __future__ import annotations

import hashlib
import io
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

from kolektor.kernel.errors import DomainError

MAX_BYTES: Final = 5 * 1024 * 1024
# a small file may unpack to gigabytes
MAX_PIXELS: Final = 40_000_000
MIN_SIDE: Final = 64
# WebP ends at 16383 pixels; nothing of ours shows anything taller than this many times its width
_TALLEST: Final = 4
FORMATS: Final = ("PNG", "JPEG", "WEBP")
_QUALITY: Final = 82


@dataclass(frozen=True, slots=True)
class Prepared:
    """A picture as WebP by width in pixels; `digest` is the SHA-256 of what was uploaded."""

    digest: str
    files: dict[int, bytes]


def prepare(content: bytes, *, widths: Sequence[int], lossless: bool = False) -> Prepared:
    """The picture in each width (never enlarged), without metadata. `lossless` keeps the sharp edges of drawings.

    Raises DomainError UPLOAD_EMPTY, PICTURE_TOO_LARGE, PICTURE_UNREADABLE (no PNG, JPEG or WebP, or damaged) or
    PICTURE_TOO_SMALL.
    """
    if not content:
        raise DomainError("UPLOAD_EMPTY", field="file")
    if len(content) > MAX_BYTES:
        raise too_large()
    picture = _read(content)
    if min(picture.size) < MIN_SIDE:
        raise DomainError("PICTURE_TOO_SMALL", field="file", limit=MIN_SIDE)
    files = {}
    for width in widths:
        small = picture
        scale = min(width / picture.width, width * _TALLEST / picture.height)
        if scale < 1:
            size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
            small = picture.resize(size, Image.Resampling.LANCZOS)
        buffer = io.BytesIO()
        small.save(buffer, "WEBP", quality=_QUALITY, method=4, lossless=lossless)
        files[width] = buffer.getvalue()
    return Prepared(hashlib.sha256(content).hexdigest(), files)


def too_large() -> DomainError:
    """The refusal of a picture above the limit."""
    return DomainError(
        "PICTURE_TOO_LARGE", field="file", limit=MAX_BYTES // (1024 * 1024), pixels=MAX_PIXELS // 1_000_000
    )


def _read(content: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
                # the size stands in the head: nothing is unpacked yet
                if opened.width * opened.height > MAX_PIXELS:
                    raise too_large()
                upright = ImageOps.exif_transpose(opened)
                mode = "RGBA" if "A" in upright.getbands() or "transparency" in upright.info else "RGB"
                plain = Image.new(mode, upright.size)
                plain.paste(upright.convert(mode))
                return plain
    except DomainError:
        raise
    except Image.DecompressionBombError as error:
        raise too_large() from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise DomainError("PICTURE_UNREADABLE", field="file") from error
