"""The drill: one of three wholesalers is dumped, erased, restored on another server; equal, ledger clean, others untouched.

Two servers of their own in two state folders, and the real commands.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg2
import pytest

from integrations.salesfeeds.ksef_writer import Party
from kolektor.embedded import home as embedded_home
from kolektor.embedded import postgres, storage, valkey
from tests.cli.conftest import KOLEKTOR, PATIENCE_SECONDS, Done
from tests.shared_data import CHECKOUT
from tests.support.importing import Folder, line

EXAMPLE = CHECKOUT / "docs" / "examples" / "one-point-per-unit.json"
SLUGS = {"alfa": "5260250274", "beta": "7740001454", "gamma": "5213003700"}


@dataclass
class Server:
    """A state folder with a server of its own."""

    folder: Path

    def run(self, *arguments: object, ok: bool = True) -> Done:
        """The command there, to its end."""
        environment = {
            key: value for key, value in os.environ.items() if key not in {"KOLEKTOR_DATABASE", "DATABASE_URL"}
        }
        done = subprocess.run(
            [KOLEKTOR, *map(str, arguments)], cwd=CHECKOUT, env={**environment, "KOLEKTOR_HOME": str(self.folder), "LANG": "C"},
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False,
        )  # fmt: skip
        assert not ok or done.returncode == 0, done.stderr[-2000:]
        return Done(done.returncode, done.stdout, done.stderr)

    def sql(self, statement: str) -> list[tuple[Any, ...]]:
        """A statement as the server's superuser."""
        connection = psycopg2.connect(postgres.superuser_dsn(self.folder))
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                cursor.execute(statement)
                return cursor.fetchall() if cursor.description else []
        finally:
            connection.close()

    def digest(self, slug: str) -> dict[str, Any]:
        found: dict[str, Any] = self.run("wholesaler", "digest", slug, "--json").json
        return found

    def stop(self) -> None:
        valkey.stop(self.folder)
        postgres.stop(self.folder)
        storage.remove(self.folder)


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Server]]:
    """A with three wholesalers and their sales; B with nothing but the same master key."""
    made = []
    for name in ("a", "b"):
        folder = tmp_path_factory.mktemp(f"server-{name}")
        # the vault's key is carried to the other server by hand, never in the file
        shutil.copytree(embedded_home.state_home() / "secrets", folder / "secrets")
        made.append(Server(folder))
    first, second = made
    try:
        papers = tmp_path_factory.mktemp("papers")
        for slug, nip in SLUGS.items():
            first.run("wholesaler", "create", slug, "--network", "proba", "--name", slug.title(), "--nip", nip)
            first.run("rules", "apply", "--wholesaler", slug, EXAMPLE)
            paper = Folder(papers, Party(name=slug, nip=nip))
            sale = paper.sale(f"FV/{slug}/1", line("100.00"), line("23.50", name="Rura"))
            correction = paper.correction(f"K/{slug}/1", f"FV/{slug}/1", line("-10.00", quantity="0"))
            first.run("import-sales", "--wholesaler", slug, "--format", "ksef", "--enroll-buyers", sale, correction)
        media = first.folder / "media" / "w_alfa" / "imports"
        media.mkdir(parents=True)
        (media / "plik.csv").write_text("zawartość", "utf-8")
        yield first, second
    finally:
        for server in made:
            server.stop()


def close(server: Server, slug: str) -> None:
    """As headquarters do it: suspended, then closed."""
    server.sql(f"UPDATE network_wholesaler SET state = 'closed' WHERE slug = '{slug}'")


def test_dumped_erased_and_restored_elsewhere(servers: tuple[Server, Server], tmp_path: Path) -> None:
    first, second = servers
    before = {slug: first.digest(slug) for slug in SLUGS}
    assert sum(table["rows"] for table in before["alfa"].values()) > 20
    file = tmp_path / "alfa.tar"
    facts = first.run("wholesaler", "dump", "alfa", "--to", file, "--json").json
    assert (facts["tables"], facts["files"]) == (len(before["alfa"]), 1)
    assert file.stat().st_mode & 0o077 == 0
    # a second dump does not overwrite it; the wholesaler works on
    again = first.run("wholesaler", "dump", "alfa", "--to", file, ok=False)
    assert (again.code, again.sentence.split(":")[0]) == (2, "DUMP_EXISTS")
    assert first.digest("alfa") == before["alfa"]

    # only a closed one is erased, and only by its name
    assert first.run("wholesaler", "erase", "alfa", "--confirm", "alfa", ok=False).sentence.startswith("WRONG_STATE")
    close(first, "alfa")
    assert first.run("wholesaler", "erase", "alfa", "--confirm", "beta", ok=False).sentence.startswith("SLUG_MISTYPED")
    first.run("wholesaler", "erase", "alfa", "--confirm", "alfa")
    first.run("wholesaler", "erase", "alfa", "--confirm", "alfa")
    assert first.sql("SELECT to_regnamespace('w_alfa')") == [(None,)]
    assert not (first.folder / "media" / "w_alfa" / "imports" / "plik.csv").exists()
    assert first.sql("SELECT count(*) FROM network_passport p JOIN network_wholesaler w ON w.id = p.wholesaler_id "
                     "WHERE w.slug = 'alfa'") == [(0,)]  # fmt: skip

    done = second.run("wholesaler", "restore", file, "--json").json
    assert (done["slug"], done["state"], done["ledgerClean"], done["renamed"]) == ("alfa", "suspended", True, 0)
    assert second.digest("alfa") == before["alfa"]
    assert (second.folder / "media" / "w_alfa" / "imports" / "plik.csv").read_text("utf-8") == "zawartość"
    verified = second.run("ledger", "verify", "--json").json
    assert verified["clean"] and [row["wholesaler"] for row in verified["wholesalers"]] == ["alfa"]
    balances = second.run("ledger", "balances", "--wholesaler", "alfa", "--json").json
    assert "113.50" in json.dumps(balances)
    assert second.run("wholesaler", "settle", "alfa", "--json").json["ledgerClean"]
    # the application's role works there as before
    sale = Folder(tmp_path).sale("FV/alfa/2", line("50.00"))
    second.run("import-sales", "--wholesaler", "alfa", "--format", "ksef", sale)
    assert "163.50" in json.dumps(second.run("ledger", "balances", "--wholesaler", "alfa", "--json").json)
    assert second.sql("SELECT count(*) > 0 FROM network_passport WHERE balance IS NOT NULL") == [(True,)]

    # the others, there and here
    for slug in ("beta", "gamma"):
        assert first.digest(slug) == before[slug]
    assert first.run("ledger", "verify", "--json").json["clean"]

    # back home, over the name that was kept
    home = first.run("wholesaler", "restore", file, "--json").json
    assert home["state"] == "suspended"
    assert first.digest("alfa") == before["alfa"]


def test_what_cannot_be_restored_is_refused_and_leaves_nothing(servers: tuple[Server, Server], tmp_path: Path) -> None:
    first, second = servers
    file = tmp_path / "beta.tar"
    first.run("wholesaler", "dump", "beta", "--to", file)
    # where it lives already
    assert first.run("wholesaler", "restore", file, ok=False).sentence.startswith("SLUG_TAKEN")
    # no dump at all, and a damaged one
    nonsense = tmp_path / "nonsense.tar"
    nonsense.write_bytes(b"nonsense")
    assert second.run("wholesaler", "restore", nonsense, ok=False).sentence.startswith("DUMP_UNREADABLE")
    unpacked = tmp_path / "unpacked"
    with tarfile.open(file) as tar:
        tar.extractall(unpacked, filter="data")
    (unpacked / "schema.dump").write_bytes((unpacked / "schema.dump").read_bytes()[:-1])
    damaged = tmp_path / "damaged.tar"
    with tarfile.open(damaged, "w") as tar:
        for path in unpacked.iterdir():
            tar.add(path, path.name)
    assert second.run("wholesaler", "restore", damaged, ok=False).sentence.startswith("DUMP_DAMAGED")
    # a row that differs is noticed, whatever the file says of itself
    manifest = json.loads((unpacked / "manifest.json").read_text("utf-8"))
    with tarfile.open(file) as tar:
        tar.extract("schema.dump", unpacked, filter="data")
    manifest["tables"]["members_member"] = [1, "0" * 64]
    forged = tmp_path / "forged.tar"
    (unpacked / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    with tarfile.open(forged, "w") as tar:
        for path in unpacked.iterdir():
            tar.add(path, path.name)
    assert second.run("wholesaler", "restore", forged, ok=False).sentence.startswith("DUMP_DIFFERS")
    assert second.sql("SELECT to_regnamespace('w_beta')") == [(None,)]
    # of a later version
    manifest["migrations"].append(["members", "9999_later"])
    (unpacked / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    later = tmp_path / "later.tar"
    with tarfile.open(later, "w") as tar:
        for path in unpacked.iterdir():
            tar.add(path, path.name)
    assert second.run("wholesaler", "restore", later, ok=False).sentence.startswith("DUMP_NEWER")
    # and after all that the good one comes
    assert second.run("wholesaler", "restore", file, "--json").json["slug"] == "beta"


def test_people_who_are_known_there_under_another_id_stay_one(servers: tuple[Server, Server], tmp_path: Path) -> None:
    first, second = servers
    email = first.sql("SELECT email FROM w_gamma.members_member LIMIT 1")[0][0]
    file = tmp_path / "gamma.tar"
    first.run("wholesaler", "dump", "gamma", "--to", file)
    second.run("migrate")
    second.sql(
        "INSERT INTO identity_person (password, email, first_name, last_name, phone, language, is_active) "
        f"VALUES ('!', '{email}', '', '', '', 'pl', true) ON CONFLICT DO NOTHING"
    )
    second.sql(f"UPDATE identity_person SET id = gen_random_uuid() WHERE email = '{email}'")
    known = second.sql(f"SELECT id::text FROM identity_person WHERE email = '{email}'")[0][0]
    done = second.run("wholesaler", "restore", file, "--json").json
    assert done["renamed"] == 1
    assert second.sql("SELECT person_id::text FROM w_gamma.members_member") == [(known,)]
    assert second.sql(f"SELECT count(*) FROM identity_person WHERE email = '{email}'") == [(1,)]
