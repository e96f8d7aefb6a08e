"""What a host looks like: colors with enough contrast, a logo that is drawn or uploaded, icons, the manifest."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Any, Final

from PIL import Image, ImageDraw, ImageFont

from kolektor.kernel.color import contrast_text
from kolektor.network.logos import address_of

ICON_SIZES: Final = {"180.png": 180, "192.png": 192, "512.png": 512, "maskable-512.png": 512}


@dataclass(frozen=True, slots=True)
class Brand:
    """One host's brand. Colors as #rrggbb; `logo_shape` is circle, square or hexagon.

    `logo` is the digest of the uploaded logo and `schema` whose it is; "" for the drawn one.
    """

    kind: str
    name: str
    slug: str
    primary: str = "#14323f"
    accent: str = "#c2410c"
    surface: str = "#ffffff"
    logo_text: str = "K"
    logo_shape: str = "circle"
    support_email: str = ""
    logo: str = ""
    schema: str = ""


def stylesheet(brand: Brand) -> str:
    """Custom properties for the front end. `--brand-surface` is what an uploaded logo stands on where the page is dark."""
    return (
        ":root{"
        f"--brand-primary:{brand.primary};"
        f"--brand-primary-contrast:{contrast_text(brand.primary)};"
        f"--brand-accent:{brand.accent};"
        f"--brand-accent-contrast:{contrast_text(brand.accent)};"
        f"--brand-surface:{brand.surface}"
        "}\n"
    )


def initials(name: str) -> str:
    """Up to two letters for a drawn logo."""
    return "".join(word[0] for word in name.split()[:2]).upper()


def _hexagon(size: float) -> list[tuple[float, float]]:
    return [(size * x, size * y) for x, y in ((0.5, 0), (1, 0.25), (1, 0.75), (0.5, 1), (0, 0.75), (0, 0.25))]


def logo_svg(brand: Brand) -> str:
    """The drawn logo: letters on a shape, in the brand's colors. Its rim shows it on a ground of the same color."""
    ink = contrast_text(brand.primary)
    paint = f'fill="{brand.primary}" stroke="{ink}" stroke-width="3"'
    if brand.logo_shape == "hexagon":
        points = " ".join(f"{2 + x:g},{2 + y:g}" for x, y in _hexagon(60))
        shape = f'<polygon points="{points}" stroke-linejoin="round" {paint}/>'
    elif brand.logo_shape == "square":
        shape = f'<rect x="2" y="2" width="60" height="60" rx="10" {paint}/>'
    else:
        shape = f'<circle cx="32" cy="32" r="30" {paint}/>'
    size = {1: 34, 2: 27}.get(len(brand.logo_text), 21)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" role="img">'
        f"<title>{escape(brand.name)}</title>{shape}"
        f'<text x="32" y="33" fill="{ink}" font-family="system-ui,sans-serif" font-weight="700" '
        f'font-size="{size}" text-anchor="middle" dominant-baseline="central">{escape(brand.logo_text)}</text></svg>'
    )


@lru_cache(maxsize=256)
def icon_png(brand: Brand, name: str) -> bytes:
    """An icon as PNG; the maskable one fills the whole square."""
    size = ICON_SIZES[name]
    full = name.startswith("maskable") or size == 180
    scale = 2
    canvas = Image.new("RGBA", (size * scale, size * scale), brand.primary if full else (0, 0, 0, 0))
    draw = ImageDraw.Draw(canvas)
    edge = size * scale - 1
    if not full:
        if brand.logo_shape == "hexagon":
            draw.polygon(_hexagon(edge), fill=brand.primary)
        elif brand.logo_shape == "square":
            draw.rounded_rectangle((0, 0, edge, edge), radius=edge // 6, fill=brand.primary)
        else:
            draw.ellipse((0, 0, edge, edge), fill=brand.primary)
    font = ImageFont.load_default(size=edge * {1: 0.5, 2: 0.4}.get(len(brand.logo_text), 0.3))
    draw.text((edge / 2, edge / 2), brand.logo_text, fill=contrast_text(brand.primary), font=font, anchor="mm")
    buffer = io.BytesIO()
    canvas.resize((size, size), Image.Resampling.LANCZOS).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def short_name(name: str) -> str:
    """What fits under an icon (12 characters): the whole name, else its last word, which tells programs apart best."""
    words = name.split()
    whole = [item for item in (name, words[-1] if words else "", words[0] if words else "") if 0 < len(item) <= 12]
    return whole[0] if whole else name[:12].strip()


def logo_address(brand: Brand) -> str:
    """Where a host shows its own logo."""
    return address_of(brand.logo) or "/icons/logo.svg"


def manifest(brand: Brand) -> dict[str, Any]:
    """The web app manifest of a host."""
    # a phone that has the app takes new icons when their addresses change
    version = f"?v={brand.logo[:12]}" if brand.logo else ""
    icons: list[dict[str, str]] = [
        {"src": f"/icons/{name}{version}", "sizes": f"{size}x{size}", "type": "image/png"}
        for name, size in ICON_SIZES.items()
        if size != 180
    ]
    for item in icons:
        item["purpose"] = "maskable" if "maskable" in item["src"] else "any"
    return {
        "id": "/",
        "name": brand.name,
        "short_name": short_name(brand.name),
        "lang": "pl",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "theme_color": brand.primary,
        "background_color": brand.surface,
        "icons": icons,
    }
