"""From a kind and its parameters to the message as it is said: the wholesaler's template or the platform's, in its brand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from kolektor.identity.clients import origin
from kolektor.kernel.tenant import require_tenant
from kolektor.kernel.wording import PointForms
from kolektor.mailing import frame
from kolektor.mailing.frame import Face
from kolektor.mailing.templates import Rendered, Template, render
from kolektor.network.hosts import wholesaler_host
from tenants.messaging.kinds import Kind, as_texts
from tenants.messaging.models import TemplateOverride
from tenants.program import selectors as program
from tenants.program.models import ProgramSettings

SAMPLE_NAME: Final = "Jan"
_DEFAULTS: Final = Path(__file__).parent / "defaults"


@dataclass(frozen=True, slots=True)
class Said:
    """A message with all its parts; `mail_text` is the mail's text part, `text` what the inbox shows."""

    subject: str
    text: str
    action: str
    html: str
    mail_text: str


@lru_cache
def default(kind: str, language: str) -> Template:
    """The platform's own template."""
    return Template.read(_DEFAULTS / f"{kind}.{language}.liquid")


def template_of(kind: str, language: str) -> Template:
    """The wholesaler's template, else the platform's."""
    own = TemplateOverride.objects.filter(kind=kind, language=language).first()
    return own_template(own) if own else default(kind, language)


def own_template(row: TemplateOverride) -> Template:
    """The wholesaler's template of a row."""
    return Template(subject=row.subject, text=row.text, mjml=row.mjml, action=row.action)


def values(params: Mapping[str, Any], *, settings: ProgramSettings, language: str, first_name: str) -> dict[str, str]:
    """Everything that a template may name, as it stands there then."""
    return {
        "first_name": first_name,
        "program": settings.name,
        "support_email": settings.support_email,
        "support_phone": settings.support_phone,
        "url": origin(wholesaler_host(require_tenant().slug)),
        **as_texts(params, forms=PointForms(**settings.point_forms), language=language),
    }


def face() -> Face:
    """The brand of the wholesaler in force."""
    settings, branding = program.settings(), program.branding()
    return Face(
        name=settings.name,
        url=origin(wholesaler_host(require_tenant().slug)),
        primary=branding.primary_color,
        logo_text=branding.logo_text,
        logo_shape=branding.logo_shape,
        logo=branding.logo,
        support_email=settings.support_email,
        support_phone=settings.support_phone,
    )


def link(path: str) -> str:
    """The address of a page of the member app, by way of the sign-on: who is known there comes straight in."""
    return f"{origin(wholesaler_host(require_tenant().slug))}/auth/login?next={quote(path, safe='/')}"


def say(
    template: Template, kind: Kind, params: Mapping[str, Any], *, language: str, first_name: str, path: str
) -> Said:
    """Render all parts. Raises TemplateRefused."""
    given = values(params, settings=program.settings(), language=language, first_name=first_name)
    rendered: Rendered = render(template, given)
    page = frame.build(rendered, face=face(), language=language, link=link(path))
    return Said(rendered.subject, rendered.text, rendered.action, page.html, page.text)
