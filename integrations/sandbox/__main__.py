"""`python -m integrations.sandbox aggregator|tremendous --port 0 --state FILE`: a partner to run beside the demo."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import threading
from pathlib import Path
from types import FrameType

from integrations.sandbox.aggregator import (
    DEFAULT_API_KEY,
    DEFAULT_FLOAT_MINOR,
    DEFAULT_WEBHOOK_SECRET,
    RunningAggregator,
)
from integrations.sandbox.aggregator_webhooks import check_url
from integrations.sandbox.dialects import TREMENDOUS
from integrations.sandbox.tremendous import Tremendous


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m integrations.sandbox", description=__doc__)
    partners = parser.add_subparsers(dest="partner", required=True)
    _options(partners.add_parser("aggregator", help="voucher aggregator, contract kolektor v1"))
    _options(partners.add_parser("tremendous", help="stand-in for Tremendous, API below /api/v2"))
    options = parser.parse_args(arguments)
    if options.webhook_url is not None:
        try:
            check_url(options.webhook_url)
        except ValueError as error:
            parser.error(str(error))
    if options.partner == "tremendous":
        running = RunningAggregator(options.state, port=options.port, dialect=TREMENDOUS, application=Tremendous)
    else:
        running = RunningAggregator(options.state, port=options.port)
    running.store.open_account(
        api_key=options.api_key,
        name="default",
        float_minor=options.float_minor,
        webhook_url=options.webhook_url,
        webhook_secret=options.webhook_secret,
    )

    def leave(number: int, frame: FrameType | None) -> None:
        # shutdown waits for the serving loop, which is the thread that runs this handler
        threading.Thread(target=running.stop, daemon=True).start()

    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGINT, leave)
    print(json.dumps({"sandbox": options.partner, "port": running.port, "url": running.url}), flush=True)  # noqa: T201
    running.serve()
    return 0


def _options(partner: argparse.ArgumentParser) -> None:
    partner.add_argument("--port", type=int, default=0, help="0 takes a free one")
    partner.add_argument("--state", type=Path, required=True, help="SQLite file; kept over restarts")
    partner.add_argument(
        "--api-key", default=os.environ.get("SANDBOX_API_KEY", DEFAULT_API_KEY), help="key of the first account"
    )
    partner.add_argument("--float-minor", type=int, default=DEFAULT_FLOAT_MINOR, help="its float in grosze, once")
    partner.add_argument("--webhook-url", default=None, help="http://127.0.0.1 or *.localhost only")
    partner.add_argument(
        "--webhook-secret",
        default=os.environ.get("SANDBOX_WEBHOOK_SECRET", DEFAULT_WEBHOOK_SECRET),
        help="whsec_… of Standard Webhooks; the private key at Tremendous",
    )


if __name__ == "__main__":
    sys.exit(main())
