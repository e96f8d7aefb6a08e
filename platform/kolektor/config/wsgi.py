"""The WSGI application: the front end's built files, then Django."""

from __future__ import annotations

import os
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kolektor.config.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from whitenoise import WhiteNoise

# what Vite names by content hash never changes under its name
_HASHED = r"^.*/assets/.+$"

application = WhiteNoise(get_wsgi_application(), max_age=3600, immutable_file_test=_HASHED)
for _app in ("member", "console"):
    _dist = Path(settings.FRONTEND) / _app / "dist"
    if _dist.is_dir():
        application.add_files(str(_dist), prefix=f"static/{_app}/")
