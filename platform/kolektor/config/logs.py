"""JSON logs, each line bound to tenant, request and person."""

from __future__ import annotations

import logging
import logging.config
import os

import structlog
from structlog.typing import EventDict

# names of fields that must never reach a log line
_SECRET_FIELDS = frozenset({"password", "code", "pin", "token", "authorization", "cookie", "secret", "api_key"})


def hide_secrets(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Blank the values of fields that hold secrets, whoever logged them."""
    for key in event:
        if key.lower() in _SECRET_FIELDS:
            event[key] = "[hidden]"
    return event


def configure_logs() -> None:
    """Set up structlog and the standard library's loggers. Level from LOG_LEVEL (default WARNING outside servers)."""
    level = os.environ.get("LOG_LEVEL", "INFO").upper()
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        hide_secrets,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "json": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "processors": [
                        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                        structlog.processors.JSONRenderer(ensure_ascii=False),
                    ],
                    "foreign_pre_chain": shared,
                }
            },
            "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "json"}},
            "root": {"handlers": ["out"], "level": level},
            "loggers": {
                "django.request": {"level": "ERROR"},
                "django.security": {"level": "ERROR"},
                "httpx": {"level": "WARNING"},
                "httpcore": {"level": "WARNING"},
            },
        }
    )
