"""Uploaded logos of wholesalers: which files there are, and their addresses. The tenant writes them, the sign-on shows them."""

from __future__ import annotations

from typing import Final

from kolektor.kernel.picture_files import PictureFiles

# of a page, of an icon
PAGE_WIDTH: Final = 256
ICON_WIDTH: Final = 768
FILES: Final = PictureFiles("logos", widths=(PAGE_WIDTH, ICON_WIDTH))


def address_of(digest: str) -> str | None:
    """Where a wholesaler's own host shows its uploaded logo; None without one."""
    return f"{FILES.address_of(digest)}-{PAGE_WIDTH}.webp" if digest else None


def sign_on_address(slug: str) -> str:
    """Where the `id.` host shows a wholesaler's logo, drawn or uploaded."""
    return f"/logos/{slug}"
