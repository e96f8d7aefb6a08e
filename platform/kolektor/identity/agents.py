"""What a `User-Agent` says of the browser and the system it comes from."""

from __future__ import annotations

import ua_parser


def browser_and_system(agent: str) -> tuple[str, str]:
    """Their names as people call them, each "" if it is not said."""
    found = ua_parser.parse(agent)
    return (found.user_agent.family if found.user_agent else "", found.os.family if found.os else "")
