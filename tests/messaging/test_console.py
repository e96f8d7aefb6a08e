"""Templates and sender at the console: who may, what is refused, what stays, what the timeline says."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest

from kolektor.kernel.tenant import tenant_context
from tenants.messaging.kinds import KINDS
from tenants.messaging.models import Sender, TemplateOverride
from tests.api.client import HostClient, session_key
from tests.support_data import World, build

LIST = "{ messageTemplates { kind language subject ownSince variables { name sample } timeline { code text actor } } }"
SAVE = """mutation($input: SaveMessageTemplateInput!) { saveMessageTemplate(input: $input) {
  template { kind language subject ownSince timeline { code actor } } errors { code field message } } }"""
RESTORE = """mutation($input: RestoreMessageTemplateInput!) { restoreMessageTemplate(input: $input) {
  template { subject ownSince timeline { code } } errors { code field message } } }"""
PREVIEW = """query($kind: String!, $language: String!, $subject: String!, $text: String!, $mjml: String!, $action: String!) {
  messagePreview(kind: $kind, language: $language, subject: $subject, text: $text, mjml: $mjml, action: $action) {
    subject text action problem { part line message } } }"""
SENDER = """mutation($input: SetMessageSenderInput!) { setMessageSender(input: $input) {
  sender { name address timeline { text actor } } errors { code field } } }"""
GOOD = {
    "kind": "points_expiring",
    "language": "pl",
    "subject": "{{ points }} czeka",
    "text": "Do {{ date }}: {{ points }}",
    "mjml": "<mj-text>Do {{ date }}</mj-text>",
    "action": "Nagrody",
}


@pytest.fixture
def world(alfa: Any) -> World:
    return build(alfa, "a")


@pytest.fixture
def admin(world: World) -> HostClient:
    return HostClient(world.host, session_key(world.admin, world.host))


def ask(client: HostClient, text: str, variables: dict[str, Any] | None = None) -> Any:
    status, body = client.graphql("console", text, variables or {})
    assert status == 200 and "errors" not in body, body
    return next(iter(body["data"].values()))


def test_the_list_names_every_kind_in_both_languages_with_what_may_be_named(admin: HostClient) -> None:
    rows = {(row["kind"], row["language"]): row for row in ask(admin, LIST)}
    assert len(rows) == 2 * len(KINDS)
    expiring = rows["points_expiring", "pl"]
    assert expiring["ownSince"] is None
    samples = {each["name"]: each["sample"] for each in expiring["variables"]}
    assert {"first_name", "program", "points", "date", "days"} <= set(samples)
    assert samples["days"] == "14\xa0dni"
    assert {each["name"]: each["sample"] for each in rows["points_expiring", "en"]["variables"]}["days"] == "14\xa0days"


def test_an_own_template_is_in_force_until_the_platforms_is_back(world: World, admin: HostClient) -> None:
    saved = ask(admin, SAVE, {"input": GOOD})
    assert saved["errors"] == []
    assert saved["template"]["subject"] == GOOD["subject"] and saved["template"]["ownSince"]
    assert saved["template"]["timeline"] == [{"code": "template.overridden", "actor": "Anna Zielińska"}]
    # again the same: nothing happened
    again = ask(admin, SAVE, {"input": GOOD})
    assert len(again["template"]["timeline"]) == 1
    back = ask(admin, RESTORE, {"input": {"kind": GOOD["kind"], "language": "pl"}})
    assert back["template"]["ownSince"] is None and back["template"]["subject"] != GOOD["subject"]
    assert [event["code"] for event in back["template"]["timeline"]] == ["template.overridden", "template.restored"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"subject": "{{ nickname }}"}, "subject"),
        ({"mjml": "<mj-text>{{ points }</mj-text>"}, "mjml"),
        ({"action": "x" * 101}, "action"),
        ({"text": "x" * 10_001}, "text"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_part_and_changes_nothing(
    world: World, admin: HostClient, change: dict[str, str], field: str
) -> None:
    ask(admin, SAVE, {"input": GOOD})
    refused = ask(admin, SAVE, {"input": {**GOOD, **change}})
    assert [error["field"] for error in refused["errors"]] == [field]
    shown = ask(admin, PREVIEW, {**GOOD, **change})
    assert shown["problem"]["part"] == field and shown["subject"] is None
    assert shown["problem"]["message"] == refused["errors"][0]["message"]
    with tenant_context(world.wholesaler):
        assert TemplateOverride.objects.get().subject == GOOD["subject"]


def test_the_preview_says_it_with_sample_values_and_keeps_nothing(world: World, admin: HostClient) -> None:
    shown = ask(admin, PREVIEW, GOOD)
    assert shown["problem"] is None
    assert shown["subject"].startswith("1") and shown["subject"].endswith("czeka")
    assert "31\xa0grudnia\xa02026" in shown["text"] and shown["action"] == "Nagrody"
    with tenant_context(world.wholesaler):
        assert not TemplateOverride.objects.exists()


def test_the_frame_shows_the_mail_under_a_policy_of_its_own(world: World, admin: HostClient) -> None:
    def post(client: HostClient, parts: dict[str, str]) -> Any:
        return client.request(
            "POST",
            "/api/console/messages/preview",
            data=urlencode(parts),
            content_type="application/x-www-form-urlencoded",
        )

    answer = post(admin, GOOD)
    assert answer.status_code == 200 and "31 grudnia 2026" in answer.content.decode()
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "sandbox" in policy and "script-src" not in policy
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    refused = post(admin, {**GOOD, "mjml": "<script>alert(1)</script>"})
    assert refused.status_code == 400 and b"TEMPLATE_REFUSED" in refused.content
    assert post(HostClient(world.host, session_key(world.person, world.host)), GOOD).status_code == 403


def test_the_sender_changes_and_goes_back(world: World, admin: HostClient) -> None:
    mine = {"name": "  Hurtownia   Alfa ", "address": "Program@example.com"}
    saved = ask(admin, SENDER, {"input": mine})
    assert saved["errors"] == []
    assert (saved["sender"]["name"], saved["sender"]["address"]) == ("Hurtownia Alfa", "program@example.com")
    assert saved["sender"]["timeline"] == [
        {"text": "Nadawca: Hurtownia Alfa <program@example.com>", "actor": "Anna Zielińska"}
    ]
    for bad, code in (
        ({"name": "", "address": "a@example.com"}, "NAME_MISSING"),
        ({"name": "A", "address": "nie adres"}, "BAD_EMAIL"),
        ({"name": "A", "address": ""}, "BAD_EMAIL"),
        ({"name": "x" * 121, "address": "a@example.com"}, "NAME_TOO_LONG"),
    ):
        assert [error["code"] for error in ask(admin, SENDER, {"input": bad})["errors"]] == [code]
    with tenant_context(world.wholesaler):
        assert Sender.objects.get().name == "Hurtownia Alfa"
    back = ask(admin, SENDER, {"input": {"name": "", "address": ""}})
    assert back["sender"]["address"] == "" and len(back["sender"]["timeline"]) == 2
    with tenant_context(world.wholesaler):
        assert not Sender.objects.exists()
