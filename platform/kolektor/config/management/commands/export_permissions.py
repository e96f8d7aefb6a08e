"""Write docs/permissions.md from the permissions that operations and paths declare."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from kolektor.config.permissions import document


class Command(BaseCommand):
    """Writes the file."""

    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        (Path(settings.FRONTEND).parent / "docs" / "permissions.md").write_text(document(), encoding="utf-8")
