"""Kept files as answers."""

from __future__ import annotations

from typing import Any, Final

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpResponseBase, HttpResponseRedirect

_LINK_SECONDS: Final = 60


def kept_file(key: str, *, name: str, content_type: str) -> HttpResponseBase:
    """A file of the storage as a download: streamed from a local disk, or by a link of a minute to the bucket."""
    storage: Any = default_storage
    if hasattr(storage, "bucket"):
        parameters = {
            "ResponseContentDisposition": f'attachment; filename="{name}"',
            "ResponseContentType": content_type,
        }
        return HttpResponseRedirect(storage.url(key, parameters=parameters, expire=_LINK_SECONDS))
    return FileResponse(storage.open(key), as_attachment=True, filename=name, content_type=content_type)
