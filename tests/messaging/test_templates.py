"""Templates: the wholesaler's own, and what is refused, with the part and the line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives

from kolektor.api.texts import text
from kolektor.kernel.errors import DomainError
from kolektor.kernel.outbox import services as outbox
from kolektor.kernel.tenant import tenant_context
from kolektor.mailing.templates import Template, TemplateRefused
from tenants.members.models import Member
from tenants.messaging import rendering, services
from tenants.messaging.kinds import KINDS
from tenants.messaging.models import TemplateOverride

GOOD = Template(
    subject="Cześć {{ first_name }}",
    text="Dzień dobry",
    mjml="<mj-text>Punkty &amp; nagrody</mj-text>\n<mj-text><b>{{ program }}</b></mj-text>",
    action="Dalej",
)


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_default_renders_with_its_sample(in_alfa: Any, kind: str, language: str) -> None:
    declared = KINDS[kind]
    for name in ("Łucja", ""):
        said = rendering.say(
            rendering.default(kind, language), declared, declared.sample, language=language, first_name=name, path="/"
        )
        assert said.subject and said.text and said.action
        assert "{{" not in said.html + said.mail_text + said.subject
        assert said.action in said.html
        # a mail loads nothing: no font, no picture, no style sheet of elsewhere
        assert "@import" not in said.html and "<link" not in said.html and "<img" not in said.html


def test_an_override_is_used_by_its_wholesaler_alone(
    alfa: Any, beta: Any, enroll: Callable[..., Member], mails: list[EmailMultiAlternatives]
) -> None:
    with tenant_context(alfa):
        services.override_template(kind="welcome", language="pl", template=GOOD)
    for wholesaler in (alfa, beta):
        with tenant_context(wholesaler):
            enroll(f"jan.{wholesaler.slug}", welcome=True)
            outbox.drain()
    assert [mail.subject for mail in mails] == ["Cześć Jan.Alfa", "Witaj w programie Beta"]
    with tenant_context(alfa):
        services.restore_template(kind="welcome", language="pl")
        assert rendering.template_of("welcome", "pl") == rendering.default("welcome", "pl")


@pytest.mark.parametrize(
    ("part", "source", "line", "reason"),
    [
        ("subject", "Cześć {{ nickname }}", 1, "'nickname' is undefined"),
        ("subject", "  ", 1, "the subject is empty"),
        ("text", "a\nb\n{% if first_name %}", 3, "expected tag endif, found end of expression"),
        ("text", "a\n{{ first_name | shout }}", 2, "unknown filter 'shout'"),
        ("text", "{% include 'x' %}", 1, "unexpected tag 'include'"),
        ("mjml", "<mj-text>a</mj-text>\n<mj-text>{{ first_name | safe }}</mj-text>", 2, "unknown filter 'safe'"),
        ("mjml", "<mj-text>a</mj-text>\n<mj-text>b", 2, "ending tag mismatch"),
        ("mjml", "<mj-text>a</mj-text>\n\n<mj-raw>b</mj-raw>", 3, "<mj-raw> is not allowed here"),
        ("mjml", "<mj-text>\n<script>alert(1)</script></mj-text>", 2, "<script> is not allowed here"),
        ("mjml", "<mj-text><img src='http://x/y.gif'/></mj-text>", 1, "<img> is not allowed here"),
        ("mjml", "<mj-text><b onclick='x()'>a</b></mj-text>", 1, "the attribute onclick is not allowed"),
        ("mjml", "<mj-text><a href='javascript:x'>a</a></mj-text>", 1, "a link begins with"),
        ("mjml", "Dzień dobry", 1, "text stands inside <mj-text>"),
        ("mjml", "<mj-text>{% for i in (1..9000) %}x{% endfor %}</mj-text>", 1, "loop iteration limit reached"),
    ],
)
def test_a_template_that_does_not_render_is_refused_with_its_line(
    in_alfa: Any, part: str, source: str, line: int, reason: str
) -> None:
    services.override_template(kind="welcome", language="pl", template=GOOD)
    with pytest.raises(TemplateRefused) as refused:
        services.override_template(kind="welcome", language="pl", template=replace(GOOD, **{part: source}))
    error = refused.value
    assert error.code == ("TEMPLATE_VARIABLE_UNKNOWN" if "undefined" in reason else "TEMPLATE_REFUSED")
    assert (error.field, error.data["line"]) == (part, line), error
    assert reason in error.data["reason"]
    assert f"line {line}" in text(error.code, error.data, "en") and f"wiersz {line}" in text(
        error.code, error.data, "pl"
    )
    # what was there stays
    assert TemplateOverride.objects.get().subject == GOOD.subject


def test_an_entity_cannot_read_a_file(in_alfa: Any) -> None:
    mjml = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><mj-text>&x;</mj-text>'
    with pytest.raises(TemplateRefused):
        services.override_template(kind="welcome", language="pl", template=replace(GOOD, mjml=mjml))


def test_unknown_kind_and_language_are_refused(in_alfa: Any) -> None:
    for kind, language, code in (("x", "pl", "UNKNOWN_MESSAGE_KIND"), ("welcome", "de", "UNKNOWN_LANGUAGE")):
        with pytest.raises(DomainError, match=code):
            services.override_template(kind=kind, language=language, template=GOOD)
