"""The development outbox, on the `id.` host and only where it is on: what this machine would have sent."""

from __future__ import annotations

import re
from collections.abc import Callable

from csp.decorators import csp_exempt
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET

from kolektor.mailing.models import DevelopmentMessage

PAGE = 100
_CODE = re.compile(r"(?<!\d)\d{6}(?!\d)")
# of the sign-on, and of a wholesaler's claim
_BRINGS_CODE = re.compile(r"<?(?:sign-in|code)-")


def development_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """There is no such page where the development outbox is off."""

    def guarded(request: HttpRequest, **arguments: object) -> HttpResponse:
        if not settings.DEVELOPMENT_OUTBOX:
            raise Http404
        return view(request, **arguments)

    return guarded


@require_GET
@never_cache
@development_only
def messages(_request: HttpRequest) -> HttpResponse:
    """The newest messages, youngest first. `code` is a six-digit code of the text, if there is one."""
    rows = DevelopmentMessage.objects.order_by("-id")[:PAGE]
    return JsonResponse({"messages": [_row(row) for row in rows]})


def _row(row: DevelopmentMessage) -> dict[str, object]:
    code = _CODE.search(f"{row.subject}\n{row.text}") if _BRINGS_CODE.match(row.reference) else None
    return {
        "id": str(row.pk),
        "channel": row.channel,
        "sender": row.sender,
        "recipient": row.recipient,
        "subject": row.subject,
        "text": row.text,
        "hasHtml": bool(row.html),
        "code": code[0] if code else None,
        "at": row.created_at.isoformat(),
    }


def _preview_policy() -> str:
    """The mail's own look and the logos of this machine's hosts: no script, no request to anywhere else."""
    port = "" if settings.SECURE else f":{settings.PUBLIC_PORT}"
    logos = f"{'https' if settings.SECURE else 'http'}://*.{settings.BASE_DOMAIN}{port}"
    return (
        f"default-src 'none'; style-src 'unsafe-inline'; img-src data: {logos}; frame-ancestors 'self'; sandbox; "
        "form-action 'none'"
    )


@require_GET
@never_cache
@csp_exempt()
@xframe_options_sameorigin
@development_only
def preview(_request: HttpRequest, key: int) -> HttpResponse:
    """A mail's HTML, for a sandboxed frame of the page."""
    row = DevelopmentMessage.objects.filter(pk=key).exclude(html="").first()
    if row is None:
        raise Http404
    answer = HttpResponse(row.html)
    answer["Content-Security-Policy"] = _preview_policy()
    answer["Referrer-Policy"] = "no-referrer"
    return answer
