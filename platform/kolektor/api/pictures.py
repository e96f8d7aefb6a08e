"""Pictures over HTTP: what an upload brings, and a file as it is served."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from kolektor.api.errors import error_response
from kolektor.kernel import pictures
from kolektor.kernel.errors import DomainError, NotFound
from kolektor.kernel.picture_files import PictureFiles


def uploaded(request: HttpRequest) -> bytes:
    """The multipart `file`. Raises DomainError UPLOAD_EMPTY, PICTURE_TOO_LARGE."""
    file = request.FILES.get("file")
    if file is None:
        raise DomainError("UPLOAD_EMPTY", field="file")
    if (file.size or 0) > pictures.MAX_BYTES:
        raise pictures.too_large()
    return bytes(file.read())


def served(request: HttpRequest, files: PictureFiles, name: str) -> HttpResponse:
    """A picture of the wholesaler in force. Its name is its content's: it never changes, and whoever has it has seen it.

    It comes through this server from a bucket as well: the page's policy and the phone's offline store know one host.
    """
    try:
        data = files.read(name)
    except NotFound as error:
        return error_response(request, error, status=404)
    answer = HttpResponse(data, content_type="image/webp")
    answer["Cache-Control"] = "public, max-age=31536000, immutable"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
