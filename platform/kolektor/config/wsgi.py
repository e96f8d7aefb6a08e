"""The WSGI application: the front end's built files, then Django."""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kolektor.config.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from whitenoise import WhiteNoise

# A thread whose answer came back from the database waits this long for one that computes. With Python's 5 ms, a request
# of fifteen statements that shares its process with another one waits most of its time.
sys.setswitchinterval(0.0005)

# what Vite names by content hash never changes under its name
_HASHED = r"^.*/assets/.+$"

application = WhiteNoise(get_wsgi_application(), max_age=3600, immutable_file_test=_HASHED)
for _app in ("member", "console"):
    _dist = Path(settings.FRONTEND) / _app / "dist"
    if _dist.is_dir():
        application.add_files(str(_dist), prefix=f"static/{_app}/")
