"""An import through the console whose worker, web server or PostgreSQL is killed, and what it must be in the end."""

from __future__ import annotations

import os
import random
import signal
from pathlib import Path

import httpx
import pytest
from django.conf import settings
from django.db import connections

from kolektor.audit.models import AuditEntry
from kolektor.embedded import postgres
from kolektor.identity import second_factor
from kolektor.identity.services import ensure_person
from kolektor.kernel.models import OutboxDelivery
from tenants.members import services as members
from tenants.sales.models import ImportBatch
from tests.faults.import_kills import Job, checkpoint, import_again, kill_server, state, write_job
from tests.support.browser import Browser
from tests.support.polling import wait_for
from tests.support.town import ALFA, ID_HOST, PASSWORD, Town

# inside the transaction of a chunk, around its postings
POINTS = ("award.after_insert", "award.after_posting", "import.after_award")
State = ImportBatch.State
_COMMIT = "mutation Commit($input: CommitImportInput!) { commitImport(input: $input) { errors { code } } }"

APP = "RUNDARUNDARUNDARUNDARUNDARUNDARU"


class Round:
    """One import of random invoices in a town of its own, by an admin at the console."""

    def __init__(self, made: Town, folder: Path, documents: int, dice: random.Random) -> None:
        self.town, self.servers, self.dice, self.documents = made, made.servers, dice, documents
        self.job: Job = write_job(folder, documents, dice, members=True)
        self.folder = folder
        # a round of a hundred thousand lines on a busy machine
        self.patience = 60 + documents / 100
        self.browser = Browser(made.servers.port)

    def worker_dies(self, point: str) -> None:
        """SIGKILL for the worker at a point of the commit of some chunk."""
        self.servers.start_web()
        self._sign_in()
        batch, marker, chunk = self._checked(), self.folder / "fired", self._chunk()
        self.servers.start_worker(KOLEKTOR_FAULT=f"{point}:{chunk}", KOLEKTOR_FAULT_ONCE=str(marker))
        self._commit(batch)
        wait_for(f"the kill at {point}", marker.exists, seconds=self.patience)
        self.servers.kill("worker")
        batch.refresh_from_db()
        # the chunks before it are there, nothing of the one it died in
        assert (batch.state, batch.processed) == (State.COMMITTING, (chunk - 1) * settings.IMPORT_CHUNK_DOCUMENTS)
        self.town.assert_clean()
        self.servers.start_worker()
        self._prove()

    def web_dies(self) -> None:
        """SIGKILL for the web process after the upload and after the wish to commit: both answers are lost.

        The dry run begins without an answer; a second wish commits nothing twice.
        """
        uploaded, asked = self.folder / "uploaded", self.folder / "asked"
        self.servers.start_worker()
        self.servers.start_web(KOLEKTOR_FAULT="import.after_upload", KOLEKTOR_FAULT_ONCE=str(uploaded))
        self._sign_in()
        with pytest.raises(httpx.HTTPError):
            self._upload()
        assert uploaded.exists()
        batch = wait_for("the dry run", lambda: self._in(State.CHECKED), seconds=self.patience)
        self.servers.kill("web")
        self.servers.start_web(KOLEKTOR_FAULT="import.after_commit_asked", KOLEKTOR_FAULT_ONCE=str(asked))
        with pytest.raises(httpx.HTTPError):
            self._commit(batch)
        assert asked.exists()
        self.servers.kill("web")
        self.servers.start_web()
        self._commit(batch)
        self._prove()

    def postgresql_dies(self, home: Path, point: str) -> None:
        """SIGKILL for the PostgreSQL of a state folder while the worker stands inside a posting transaction.

        Web and worker live on without it; when it is back, the same processes go on.
        """
        checkpoint(home)
        self.servers.start_web()
        self._sign_in()
        batch, marker, chunk = self._checked(), self.folder / "fired", self._chunk()
        self.servers.start_worker(
            KOLEKTOR_FAULT=f"{point}:{chunk}", KOLEKTOR_FAULT_ONCE=str(marker), KOLEKTOR_FAULT_SIGNAL="STOP"
        )
        self._commit(batch)
        pid = int(wait_for("the posting", lambda: marker.read_text() if marker.exists() else "", seconds=self.patience))
        wait_for("the worker to stand still", lambda: _stands_still(pid))
        kill_server(home)
        wait_for("PostgreSQL to be gone", lambda: not postgres.is_running(home))
        os.kill(pid, signal.SIGCONT)
        postgres.ensure(home)
        for alias in connections:
            connections[alias].close()
        assert ImportBatch.objects.get(pk=batch.pk).processed >= (chunk - 1) * settings.IMPORT_CHUNK_DOCUMENTS
        wait_for("the web server", self._answers, seconds=30)
        self._prove()

    def _chunk(self) -> int:
        return self.dice.randint(1, -(-self.documents // settings.IMPORT_CHUNK_DOCUMENTS))

    def _sign_in(self) -> None:
        admin = ensure_person(email="admin@example.com", password=PASSWORD)
        members.grant_role(person=admin, role="program_admin")
        second_factor.give_app(admin, secret=APP)
        self.browser.sign_in(
            id_host=ID_HOST, host=ALFA, email="admin@example.com", password=PASSWORD, second_factor=APP
        )

    def _answers(self) -> bool:
        try:
            return bool(self.browser.open_session(ALFA)["authenticated"])
        except (httpx.HTTPError, AssertionError):
            return False

    def _upload(self) -> None:
        with self.job.file.open("rb") as file:
            answer = self.browser.ask(
                "POST", ALFA, "/api/console/imports", files={"file": (self.job.file.name, file, "text/csv")},
                data={"format": "csv", "mapping": self.job.mapping.read_text("utf-8")},
            )  # fmt: skip
        assert answer.status_code == 201, answer.text

    def _checked(self) -> ImportBatch:
        """Upload and let an undisturbed worker do the dry run."""
        self._upload()
        self.servers.start_worker()
        batch = wait_for("the dry run", lambda: self._in(State.CHECKED), seconds=self.patience)
        self.servers.kill("worker")
        return batch

    def _commit(self, batch: ImportBatch) -> None:
        given = {"query": _COMMIT, "variables": {"input": {"id": str(batch.pk)}}}
        answer = self.browser.ask("POST", ALFA, "/graphql/console", json=given)
        assert answer.json()["data"]["commitImport"]["errors"] == [], answer.text

    def _in(self, wanted: str) -> ImportBatch | None:
        return ImportBatch.objects.filter(file_name=self.job.file.name, state=wanted).first()

    def _prove(self) -> None:
        """Done once, equal to an undisturbed import, nothing left to do, and the same file again changes nothing."""
        batch = wait_for("the end of the import", lambda: self._in(State.DONE), seconds=2 * self.patience)
        pending = OutboxDelivery.objects.filter(state="pending")
        wait_for("an empty outbox", lambda: not pending.exists(), seconds=self.patience)
        assert not OutboxDelivery.objects.filter(state="dead").exists()
        assert (batch.accepted, batch.rejected, batch.duplicates) == (self.documents, 0, 0)
        assert state() == self.job.expected
        assert AuditEntry.objects.filter(action="import.done", object_id=str(batch.pk)).count() == 1
        self.servers.stop()
        report = import_again(self.job, self.servers.database)
        assert (report["accepted"], report["duplicates"], report["points_awarded"]) == (0, self.documents, "0.00")
        self.town.assert_clean()


def _stands_still(pid: int) -> bool:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "T"
