"""Settings from the environment: a readable sentence for each bad value, all of them at once."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from kolektor.config.environment import BadEnvironment, load

GOOD = {
    "DATABASE_URL": "postgresql://app:a%40b@db.example:6432/kolektor",
    "DATABASE_OWNER_URL": "postgresql://owner@db.example/kolektor",
    "DATABASE_HQ_URL": "postgresql://hq@db.example/kolektor",
    "BROKER_URL": "amqp://guest@mq.example//",
    "KOLEKTOR_SECRET_KEY": "s" * 40,
    "KOLEKTOR_MASTER_KEY": base64.urlsafe_b64encode(b"k" * 32).decode(),
    "KOLEKTOR_OIDC_PRIVATE_KEY": "-----BEGIN PRIVATE KEY-----\\nx\\n-----END PRIVATE KEY-----",
}


def sentences(**changes: str) -> list[str]:
    with pytest.raises(BadEnvironment) as refused:
        load({**GOOD, **changes})
    return refused.value.sentences


def test_named_servers_are_used() -> None:
    found = load(GOOD)
    assert not found.embedded_database
    app = found.databases["app"]
    assert (app.host, app.port, app.name, app.user, app.password) == ("db.example", "6432", "kolektor", "app", "a@b")
    assert found.databases["hq"].user == "hq"
    assert found.broker_url.startswith("amqp://")
    assert [key.count("\n") for key in found.oidc_private_keys] == [3]
    # with TLS a proxy stands in front, and visitors are told apart by what it says
    assert (found.secure, found.trusted_proxies) == (False, 0)
    behind = {**GOOD, "KOLEKTOR_SECURE": "true"}
    assert load(behind).trusted_proxies == 1
    assert load({**behind, "KOLEKTOR_TRUSTED_PROXIES": "2"}).trusted_proxies == 2


def test_nothing_set_means_bundled_servers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOLEKTOR_HOME", str(tmp_path))
    found = load({})
    assert found.embedded_database
    assert {target.user for target in found.databases.values()} == {"kolektor_app", "kolektor_owner", "kolektor_hq"}
    assert found.broker_url.startswith("redis+socket://")
    again = load({})
    assert (again.secret_key, again.master_keys, again.oidc_private_keys) == (
        found.secret_key, found.master_keys, found.oidc_private_keys,
    )  # fmt: skip
    assert (tmp_path / "secrets" / "master_key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("name", "value", "part"),
    [
        ("DATABASE_URL", "mysql://x/y", "must look like postgresql://"),
        ("DATABASE_OWNER_URL", "", "must be set together with DATABASE_URL"),
        ("BROKER_URL", "kafka://x", "must start with amqp://"),
        ("KOLEKTOR_SECRET_KEY", "short", "at least 32 characters"),
        ("KOLEKTOR_MASTER_KEY", "abc", "32 bytes"),
        ("KOLEKTOR_OIDC_PRIVATE_KEY", "", "must be set when DATABASE_URL is set"),
        ("KOLEKTOR_PORT", "http", "must be a whole number"),
        ("KOLEKTOR_PORT", "70000", "must lie between 1 and 65535"),
        ("KOLEKTOR_DEBUG", "maybe", "must be true or false"),
        ("KOLEKTOR_BASE_DOMAIN", "a b", "host name without port"),
        ("SENTRY_DSN", "nonsense", "must look like https://"),
        ("KOLEKTOR_DATABASE_ROLE", "root", "must be app, owner or hq"),
    ],
)
def test_a_sentence_for_each_bad_value(name: str, value: str, part: str) -> None:
    found = sentences(**{name: value})
    assert any(name in sentence and part in sentence for sentence in found), found


def test_all_bad_values_are_told_at_once() -> None:
    assert len(sentences(KOLEKTOR_PORT="x", SENTRY_DSN="y", BROKER_URL="z")) == 3
