"""Write the GraphQL schemas to frontend/schema/, from which the front end takes its types."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from kolektor.config.graphql import SCHEMAS


class Command(BaseCommand):
    """Returns the names of the schemas that were not current."""

    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="Write nothing.")

    def handle(self, *args: Any, **options: Any) -> str:
        stale = []
        for name, schema in SCHEMAS.items():
            path = Path(settings.FRONTEND) / "schema" / f"{name}.graphql"
            text = str(schema).strip() + "\n"
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                stale.append(name)
                if not options["check"]:
                    path.write_text(text, encoding="utf-8")
        return " ".join(stale)
