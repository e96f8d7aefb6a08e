"""A mail as it would look, for a frame of the template editor (its own look needs a policy of its own)."""

from __future__ import annotations

from csp.decorators import csp_exempt
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST

from kolektor.api.errors import refused
from kolektor.api.guard import guarded
from kolektor.api.permissions import reads_offer
from kolektor.kernel.errors import DomainError
from kolektor.mailing.templates import Template
from tenants.messaging import services

# no script, and no request to anywhere but this host's logo
_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'self'; sandbox; form-action 'none'"
)


@require_POST
@never_cache
@csp_exempt()
@xframe_options_sameorigin
@guarded(reads_offer)
def message_preview(request: HttpRequest) -> HttpResponse:
    """POST form `kind`, `language`, `subject`, `text`, `mjml`, `action` → HTML with sample values; 400 when refused."""
    try:
        said = services.trial(
            kind=request.POST.get("kind", ""),
            language=request.POST.get("language", ""),
            template=Template.written(request.POST),
        )
    except DomainError as error:
        return refused(request, error)
    answer = HttpResponse(said.html)
    answer["Content-Security-Policy"] = _POLICY
    answer["Referrer-Policy"] = "no-referrer"
    return answer
