"""The command line: help and JSON everywhere, exit codes that say what happened, refusals as one sentence."""

from __future__ import annotations
