"""`python -m kolektor.demo provision|seed`: the two steps of `kolektor demo`, each in a process of its database role.

Progress goes to stdout line by line; the last line of `seed` is the summary as JSON. The sandbox partner comes in
SANDBOX_URL, SANDBOX_KEY and SANDBOX_WEBHOOK: arguments would show its secrets in the list of processes.
"""

from __future__ import annotations

import dataclasses
import json
import os
import sys


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def main(arguments: list[str]) -> int:
    """Run one step. Returns 0, 1 when the demo network cannot be finished, 2 for bad usage."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kolektor.config.settings")
    import django

    django.setup()
    from kolektor.demo import seed
    from kolektor.embedded.home import state_home
    from kolektor.kernel.outbox.services import on_wake

    # the seed does its background work itself: a worker, if one listens, must not get a thousand wake-ups
    on_wake(lambda schema: None)
    if arguments not in (["provision"], ["seed"]):
        sys.stderr.write("usage: python -m kolektor.demo provision|seed\n")
        return 2
    try:
        if arguments == ["provision"]:
            seed.provision_demo(say=_say)
            return 0
        summary = seed.seed_demo(
            home=state_home(),
            sandbox_url=os.environ["SANDBOX_URL"],
            api_key=os.environ["SANDBOX_KEY"],
            webhook_secret=os.environ["SANDBOX_WEBHOOK"],
            say=_say,
        )
    except seed.DemoFailed as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyError as error:
        sys.stderr.write(f"{error.args[0]} is not set.\n")
        return 2
    _say(
        json.dumps({**dataclasses.asdict(summary), "sign_ins": [dataclasses.asdict(item) for item in summary.sign_ins]})
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
