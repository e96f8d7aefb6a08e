"""An uploaded logo as icons, in mails and as SVG: always on the brand's own ground, so that it reads everywhere."""

from __future__ import annotations

import base64
import io
from functools import lru_cache
from html import escape
from math import hypot
from typing import Final

from PIL import Image, ImageDraw

from kolektor.config.branding import ICON_SIZES, Brand
from kolektor.network.logos import FILES, ICON_WIDTH, PAGE_WIDTH

MAIL: Final = "mail.png"
# shown 40 pixels high; three times that for sharp screens, and at most four times as wide
_MAIL_HEIGHT: Final = 120
_MAIL_WIDEST: Final = 480
# a maskable icon is cut to a circle of 80% at worst
_SAFE: Final = 0.8
_MARGIN: Final = 0.08


def logo_svg(brand: Brand) -> str:
    """The uploaded logo inside an SVG. Raises NotFound when its file is gone."""
    data = _read(brand, PAGE_WIDTH)
    width, height = _opened(data).size
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'role="img"><title>{escape(brand.name)}</title><image width="{width}" height="{height}" '
        f'href="data:image/webp;base64,{base64.b64encode(data).decode()}"/></svg>'
    )


@lru_cache(maxsize=256)
def icon_png(brand: Brand, name: str) -> bytes:
    """An icon: the uploaded logo in the middle of the brand's ground. Raises NotFound when its file is gone."""
    size = ICON_SIZES[name]
    logo = _opened(_read(brand, ICON_WIDTH))
    if name.startswith("maskable"):
        # the corners of the logo touch the circle
        scale = _SAFE * size / hypot(*logo.size)
    else:
        scale = (1 - 2 * _MARGIN) * size / max(logo.size)
    # square corners where the system cuts its own
    corner = 0 if name.startswith("maskable") or size == 180 else size // 6
    return _png(_on_ground(logo, brand.surface, (size, size), scale, corner))


@lru_cache(maxsize=64)
def mail_png(brand: Brand) -> bytes:
    """The uploaded logo for the head of a mail, as wide as it is. Raises NotFound when its file is gone."""
    logo = _opened(_read(brand, ICON_WIDTH))
    margin = round(_MAIL_HEIGHT * _MARGIN)
    scale = min((_MAIL_HEIGHT - 2 * margin) / logo.height, (_MAIL_WIDEST - 2 * margin) / logo.width)
    width = max(round(logo.width * scale) + 2 * margin, _MAIL_HEIGHT)
    return _png(_on_ground(logo, brand.surface, (width, _MAIL_HEIGHT), scale, _MAIL_HEIGHT // 6))


def _read(brand: Brand, width: int) -> bytes:
    return FILES.read(f"{brand.logo}-{width}.webp", schema=brand.schema)


def _opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGBA")


def _on_ground(logo: Image.Image, ground: str, size: tuple[int, int], scale: float, corner: int) -> Image.Image:
    # twice as large, then made small: a corner that is drawn directly has steps
    plate = Image.new("RGBA", (size[0] * 2, size[1] * 2), (0, 0, 0, 0))
    box = (0, 0, plate.width - 1, plate.height - 1)
    ImageDraw.Draw(plate).rounded_rectangle(box, radius=corner * 2, fill=ground)
    plate = plate.resize(size, Image.Resampling.LANCZOS)
    shown = logo.resize(
        (max(1, round(logo.width * scale)), max(1, round(logo.height * scale))), Image.Resampling.LANCZOS
    )
    plate.alpha_composite(shown, ((size[0] - shown.width) // 2, (size[1] - shown.height) // 2))
    return plate


def _png(picture: Image.Image) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
