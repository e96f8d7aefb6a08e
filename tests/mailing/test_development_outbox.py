"""The page that shows what a development machine would have sent, and that production has none."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import override_settings

from kolektor.config.environment import BadEnvironment, load
from kolektor.identity.clients import id_host
from kolektor.mailing import channels
from kolektor.mailing.backends import DevelopmentMail
from kolektor.mailing.models import DevelopmentMessage
from tests.api.client import HostClient

ON = override_settings(DEVELOPMENT_OUTBOX=True, EMAIL_BACKEND="kolektor.mailing.backends.DevelopmentMail")
OFF = override_settings(DEVELOPMENT_OUTBOX=False, EMAIL_BACKEND="kolektor.mailing.backends.DevelopmentMail")
PRODUCTION = {
    "DATABASE_URL": "postgresql://app@db.example/kolektor",
    "DATABASE_OWNER_URL": "postgresql://owner@db.example/kolektor",
    "DATABASE_HQ_URL": "postgresql://hq@db.example/kolektor",
    "KOLEKTOR_SECRET_KEY": "s" * 40,
    "KOLEKTOR_MASTER_KEY": base64.urlsafe_b64encode(b"k" * 32).decode(),
    "KOLEKTOR_OIDC_PRIVATE_KEY": "x",
    "KOLEKTOR_BASE_DOMAIN": "kolektor.example",
}


def send(number: int = 1, *, reference: str = "sign-in-1") -> None:
    mail = channels.Mail(
        '"Alfa" <a@alfa.pl>', "jan@example.com", f"Kod {number}", f"Kod: {123450 + number}", "<p>Kod</p>", reference
    )
    channels.send_mail(mail)


@pytest.fixture
def client(db: None) -> HostClient:
    return HostClient(id_host())


@ON
def test_messages_are_shown_youngest_first_with_their_code(client: HostClient) -> None:
    send(1)
    send(2, reference="message-2")
    channels.send_sms(channels.Sms("+48600100200", "Kod 654321", "s-1"))
    body = json.loads(client.get("/api/dev/messages").content)["messages"]
    assert [(row["channel"], row["recipient"], row["subject"], row["code"]) for row in body[:3]] == [
        ("sms", "+48600100200", "", None), ("email", "jan@example.com", "Kod 2", None),
        ("email", "jan@example.com", "Kod 1", "123451"),
    ]  # fmt: skip


@ON
def test_a_preview_runs_nothing_and_loads_nothing_from_elsewhere(client: HostClient) -> None:
    send()
    row = DevelopmentMessage.objects.latest("id")
    answer = client.get(f"/dev/messages/{row.pk}/preview")
    assert (answer.status_code, answer.content) == (200, b"<p>Kod</p>")
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "sandbox" in policy and "script-src" not in policy
    assert "frame-ancestors 'self'" in policy
    # nothing but the logos of this machine's hosts
    assert "img-src data: http://*.kolektor.localhost:8000;" in policy
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert client.get(f"/dev/messages/{row.pk + 1}/preview").status_code == 404


def test_there_is_no_such_page_where_it_is_off(client: HostClient) -> None:
    with ON:
        send()
        key = DevelopmentMessage.objects.latest("id").pk
        assert client.get("/dev/messages").status_code in (200, 503)  # 503: the front end is not built
    with OFF:
        for path in ("/dev/messages", f"/dev/messages/{key}/preview", "/api/dev/messages"):
            answer = client.get(path)
            assert answer.status_code == 404
            assert b"jan@example.com" not in answer.content
        # and the backend refuses rather than losing a mail in silence
        with pytest.raises(RuntimeError, match="must not be"):
            DevelopmentMail().send_messages([EmailMultiAlternatives("s", "b", "a@b.pl", ["c@d.pl"])])


@ON
def test_only_the_newest_few_hundred_are_kept(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(channels, "KEPT", 3)
    for number in range(5):
        send(number)
    subjects = DevelopmentMessage.objects.order_by("id").values_list("subject", flat=True)
    assert list(subjects) == ["Kod 2", "Kod 3", "Kod 4"]


def test_production_cannot_switch_it_on() -> None:
    assert load(PRODUCTION).mail == "amazon-ses"
    for domain, secure in (("kolektor.example", ""), ("kolektor.localhost", "true"), ("kolektor.example", "false")):
        with pytest.raises(BadEnvironment) as refused:
            load(
                {
                    **PRODUCTION,
                    "KOLEKTOR_BASE_DOMAIN": domain,
                    "KOLEKTOR_SECURE": secure,
                    "KOLEKTOR_MAIL": "development",
                }
            )
        assert "shows every mail" in refused.value.sentences[0]


def test_a_machine_with_nothing_set_has_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOLEKTOR_HOME", str(tmp_path))
    assert load({}).mail == "development"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"KOLEKTOR_MAIL": "pigeon"}, "KOLEKTOR_MAIL must be development, amazon-ses, smtp, not 'pigeon'."),
        ({"KOLEKTOR_MAIL": "smtp"}, "SMTP_URL must look like smtp://user:password@host:587."),
        ({"KOLEKTOR_MAIL": "smtp", "SMTP_URL": "smtp://h:x"}, "SMTP_URL must look like"),
        ({"KOLEKTOR_MAIL_FROM": "Alfa <a@b.pl>"}, "KOLEKTOR_MAIL_FROM must be a bare e-mail address"),
    ],
)
def test_bad_mail_settings_are_told(changes: dict[str, str], sentence: str) -> None:
    with pytest.raises(BadEnvironment) as refused:
        load({**PRODUCTION, **changes})
    assert sentence in refused.value.sentences[0]


def test_an_smtp_server_is_read() -> None:
    found = load({**PRODUCTION, "KOLEKTOR_MAIL": "smtp", "SMTP_URL": "smtp://u:p%40@mx.example:465"})
    assert found.smtp is not None
    assert (found.smtp.host, found.smtp.port, found.smtp.user, found.smtp.password) == ("mx.example", "465", "u", "p@")
    assert found.mail_from == "no-reply@kolektor.example"
