"""`python -m kolektor.embedded`: the bundled servers by hand, and npm with the bundled Node."""

import argparse
import os
import sys

from kolektor.embedded import node, postgres, storage, valkey
from kolektor.embedded.home import EmbeddedError, state_home

_HELP = {
    "start": "start PostgreSQL and Valkey and print their addresses",
    "stop": "stop both",
    "status": "say what runs; exit code 1 unless both do",
    "clean": "stop both and delete their files: ALL DATA of this state folder's servers",
    "roles-sql": "print the SQL that prepares a database on a server of your own",
    "npm": "run npm with the bundled Node; what follows goes to npm",
}


def main(arguments: list[str]) -> int:
    """Run one command and return its exit code."""
    if arguments[:1] == ["npm"]:  # before argparse, which would take npm's own options for ours
        return _run("npm", arguments[1:])
    parser = argparse.ArgumentParser(prog="python -m kolektor.embedded", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, text in _HELP.items():
        commands.add_parser(name, help=text)
    return _run(str(parser.parse_args(arguments).command), [])


def _run(command: str, rest: list[str]) -> int:
    try:
        return _perform(command, rest)
    except EmbeddedError as error:
        sys.stderr.write(f"{error}\n")
        return 1


def _perform(command: str, rest: list[str]) -> int:
    home = state_home()
    match command:
        case "start":
            _say(f"PostgreSQL  {postgres.ensure(home).url(postgres.OWNER)}")
            _say(f"Valkey      {valkey.ensure(home)}")
        case "stop" | "clean":
            for name, stopped in (("Valkey", valkey.stop(home)), ("PostgreSQL", postgres.stop(home))):
                _say(f"{name} {'stopped' if stopped else 'was not running'}")
            if command == "clean":
                storage.remove(home)
        case "status":
            running = {"PostgreSQL": postgres.is_running(home), "Valkey": valkey.is_running(home)}
            for name, runs in running.items():
                _say(f"{name} {'runs' if runs else 'does not run'}")
            return 0 if all(running.values()) else 1
        case "roles-sql":
            _say(postgres.roles_sql())
        case "npm":
            sys.stdout.flush()
            os.execve(*_npm(rest))
        case _:
            raise AssertionError(command)
    return 0


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def _npm(rest: list[str]) -> tuple[str, list[str], dict[str, str]]:
    words = [*node.npm_command(), *rest]
    return words[0], words, node.environment(state_home())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
