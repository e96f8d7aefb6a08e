"""The operating-system account that runs the bundled servers.

PostgreSQL refuses to run as root. So for root the servers run as `nobody`; for anybody else as that person.
"""

import os
import pwd
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kolektor.embedded.home import EmbeddedError

_UNPRIVILEGED = "nobody"


@dataclass(frozen=True)
class Account:
    """Who runs the servers; `switched` when that is not the account of this process."""

    uid: int
    gid: int
    switched: bool

    def run(self, command: Sequence[str | Path], *, timeout: float) -> subprocess.CompletedProcess[str]:
        """Run a command as this account with a clean environment; never raises for its exit code.

        `timeout` in seconds; raises EmbeddedError when it is exceeded.
        """
        words = [str(word) for word in command]
        # No PATH of the caller: a PostgreSQL found by chance must never be used.
        environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
        try:
            return subprocess.run(
                words,
                user=self.uid if self.switched else None,
                group=self.gid if self.switched else None,
                extra_groups=[] if self.switched else None,
                cwd="/",
                env=environment,
                umask=0o077,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=timeout,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise EmbeddedError(f"{Path(words[0]).name} did not finish within {timeout:.0f} s.") from error

    def can_enter(self, folder: Path) -> bool:
        """Whether this account may traverse every folder of that path; asked of the kernel: it knows ACLs."""
        return self.run(["/bin/sh", "-c", 'cd "$1"', "sh", folder], timeout=10).returncode == 0

    def private_folder(self, folder: Path) -> Path:
        """Create a folder of mode 0700 for this account, or check that it owns it. Raises EmbeddedError."""
        if not folder.exists():
            folder.mkdir(mode=0o700)
            if self.switched:
                os.chown(folder, self.uid, self.gid)
        owner = folder.lstat().st_uid
        if owner != self.uid:
            raise EmbeddedError(
                f"{folder} belongs to another account (uid {owner}, expected {self.uid}). "
                f"Use the account that made it, or set KOLEKTOR_HOME to another folder."
            )
        return folder


def server_account() -> Account:
    """The account that runs this process's servers. Raises EmbeddedError for root without a `nobody`."""
    if os.geteuid() != 0:
        return Account(uid=os.geteuid(), gid=os.getegid(), switched=False)
    try:
        entry = pwd.getpwnam(_UNPRIVILEGED)
    except KeyError:
        raise EmbeddedError(
            f"PostgreSQL does not run as root, and this machine has no account '{_UNPRIVILEGED}'. "
            f"Run Kolektor as a plain user."
        ) from None
    return Account(uid=entry.pw_uid, gid=entry.pw_gid, switched=True)
