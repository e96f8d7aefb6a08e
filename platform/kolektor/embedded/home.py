"""Where the embedded state of this checkout lives, and the two things that must be near but not in it.

The state folder may have a long path, and a unix socket's path may not exceed 107 bytes; so sockets live in a
short folder named after a hash of the state folder.
"""

import fcntl
import hashlib
import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

# not TMPDIR: two processes of one home must agree whatever their environment
_SOCKET_ROOT = Path("/tmp")  # noqa: S108
_LOCK_WAIT_SECONDS = 180.0
_PRIVATE = 0o700


class EmbeddedError(RuntimeError):
    """A bundled server cannot be used; the message is a sentence for the person at the terminal."""


def state_home() -> Path:
    """Folder of all embedded state: KOLEKTOR_HOME, or `.kolektor` in the checkout. Absolute; not created.

    Raises EmbeddedError when KOLEKTOR_HOME is unset and this code does not run from a checkout.
    """
    configured = os.environ.get("KOLEKTOR_HOME", "")
    if configured:
        return Path(configured).expanduser().absolute()
    checkout = Path(__file__).resolve().parents[3]
    if not (checkout / "pyproject.toml").is_file():
        raise EmbeddedError("Kolektor runs from an installed package: set KOLEKTOR_HOME to a folder for its state.")
    return checkout / ".kolektor"


def prepare(home: Path) -> Path:
    """Create the state folder if it is missing and return it.

    For root it is traversable by others, but not listable: the servers run as another account below it.
    Raises EmbeddedError when it cannot be created.
    """
    try:
        home.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise EmbeddedError(f"The state folder {home} cannot be created: {error.strerror}.") from error
    return home


def fingerprint(home: Path) -> str:
    """Twelve hexadecimal digits that name this state folder in places outside it."""
    return hashlib.sha256(os.fsencode(os.path.realpath(home))).hexdigest()[:12]


def socket_folder(home: Path) -> Path:
    """Folder of the unix sockets of this state folder. Pure: neither created nor looked at."""
    return _SOCKET_ROOT / f"kolektor-{fingerprint(home)}"


def claim_socket_folder(home: Path, uid: int, gid: int) -> Path:
    """Create the socket folder for the given account, or check that it is a private folder of that account.

    Whoever owns the folder could answer as our server, hence the refusal. Raises EmbeddedError.
    """
    folder = socket_folder(home)
    with suppress(FileExistsError):
        folder.mkdir(mode=_PRIVATE)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode):
        raise EmbeddedError(f"{folder} is in the way: it must be a folder. Remove it and try again.")
    if found.st_uid == 0 and os.geteuid() == 0 and uid != 0:
        os.chown(folder, uid, gid, follow_symlinks=False)
    elif found.st_uid != uid:
        raise EmbeddedError(
            f"The socket folder {folder} belongs to another account (uid {found.st_uid}, expected {uid}). "
            f"Remove it if you trust nobody else uses it, or set KOLEKTOR_HOME to another folder."
        )
    if stat.S_IMODE(found.st_mode) != _PRIVATE:
        folder.chmod(_PRIVATE)
    return folder


@contextmanager
def locked(home: Path, name: str) -> Iterator[None]:
    """Hold the exclusive lock `name` of this state folder; not reentrant, freed by the kernel if we die.

    Raises EmbeddedError after three minutes of waiting, or when the state folder is not writable.
    """
    path = home / f"{name}.lock"
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise EmbeddedError(
            f"{path} cannot be opened: {error.strerror}. Was the state folder made by another account? "
            f"Use that account, or set KOLEKTOR_HOME to another folder."
        ) from error
    try:
        deadline = time.monotonic() + _LOCK_WAIT_SECONDS
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise EmbeddedError(f"Another process has held {path} for three minutes.") from None
                time.sleep(0.02)
        yield
    finally:
        os.close(descriptor)
