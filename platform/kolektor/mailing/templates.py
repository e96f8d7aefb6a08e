"""Templates of messages: Liquid for what changes, MJML for what it looks like. Strict, without files, and bounded.

A template is four Liquid texts: `subject`, `text` (plain: the mail's text part, and what the inbox shows), `mjml` (what stands
in the middle of the mail) and `action` (the label of its one button, or nothing).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Final

from liquid import Environment, Mode, StrictUndefined
from liquid.exceptions import LiquidError, UndefinedError

from kolektor.kernel.errors import DomainError

PARTS: Final = ("subject", "text", "mjml", "action")
# reading a file, or leaving a value unescaped, is for no template; decoding would undo the escaping of what it is given
_NO_TAGS: Final = ("include", "render")
_NO_FILTERS: Final = ("safe", "base64_decode", "base64_url_safe_decode", "url_decode")
MAX_SUBJECT: Final = 200
_NAMES: Final = {
    "subject": ("Temat", "Subject"),
    "text": ("W aplikacji", "In the app"),
    "mjml": ("W e-mailu", "In the e-mail"),
    "action": ("Przycisk", "Button"),
}


class _Sandbox(Environment):
    """Liquid that stops by itself, knows no file, and refuses a variable that nobody gave it."""

    loop_iteration_limit: ClassVar[int | None] = 1_000
    output_stream_limit: ClassVar[int | None] = 200_000
    local_namespace_limit: ClassVar[int | None] = 100_000

    def __init__(self, *, autoescape: bool) -> None:
        super().__init__(autoescape=autoescape, undefined=StrictUndefined, tolerance=Mode.STRICT, strict_filters=True)
        for name in _NO_TAGS:
            self.tags.pop(name)
        for name in _NO_FILTERS:
            self.filters.pop(name)


_PLAIN: Final = _Sandbox(autoescape=False)
_MARKUP: Final = _Sandbox(autoescape=True)


class TemplateRefused(DomainError):
    """A part of a template cannot be used. `field` is the part, `line` counts from 1, `reason` is in English."""

    def __init__(self, part: str, line: int, reason: str, *, code: str = "TEMPLATE_REFUSED", **more: str) -> None:
        polish, english = _NAMES.get(part, (part, part))
        super().__init__(code, field=part, part_pl=polish, part_en=english, line=line, reason=reason, **more)


def _refusal(part: str, line: int, error: LiquidError) -> TemplateRefused:
    reason = str(error.message or type(error).__name__)
    if isinstance(error, UndefinedError) and reason.count("'") >= 2:
        return TemplateRefused(part, line, reason, code="TEMPLATE_VARIABLE_UNKNOWN", name=reason.split("'")[1])
    return TemplateRefused(part, line, reason)


@dataclass(frozen=True, slots=True)
class Template:
    """The four parts, as Liquid."""

    subject: str
    text: str
    mjml: str
    action: str = ""

    @classmethod
    def parse(cls, source: str) -> Template:
        """Read a file whose parts each begin with a line such as `--- subject`. Raises ValueError."""
        parts: dict[str, list[str]] = {}
        current: list[str] | None = None
        for line in source.splitlines():
            if line.startswith("--- "):
                current = parts.setdefault(line[4:].strip(), [])
            elif current is not None:
                current.append(line)
        unknown = set(parts) - set(PARTS)
        if unknown:
            raise ValueError(f"unknown parts: {sorted(unknown)}")
        return cls(**{name: "\n".join(lines).strip() for name, lines in parts.items()})

    @classmethod
    def written(cls, parts: Mapping[str, str]) -> Template:
        """As a client writes it. Line ends become one character each; blanks around a part are no part of it."""
        return cls(**{part: parts.get(part, "").replace("\r\n", "\n").strip() for part in PARTS})

    @classmethod
    def read(cls, path: Path) -> Template:
        """Read a template that comes with the platform."""
        return cls.parse(path.read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Rendered:
    """The four parts with their values. `mjml` is escaped, the others are plain."""

    subject: str
    text: str
    mjml: str
    action: str


def render(template: Template, values: Mapping[str, str]) -> Rendered:
    """Fill a template in. Raises TemplateRefused with the part and the line."""
    subject = " ".join(_liquid(_PLAIN, "subject", template.subject, values).split())
    if not subject:
        raise TemplateRefused("subject", 1, "the subject is empty")
    return Rendered(
        # one line: a line break in a header would begin another one
        subject=subject[:MAX_SUBJECT],
        text=_liquid(_PLAIN, "text", template.text, values).strip(),
        mjml=_liquid(_MARKUP, "mjml", template.mjml, values),
        action=" ".join(_liquid(_PLAIN, "action", template.action, values).split()),
    )


def _liquid(environment: Environment, part: str, source: str, values: Mapping[str, str]) -> str:
    try:
        return str(environment.from_string(source).render(**values))
    except LiquidError as error:
        place = error.context()
        # an end that is missing is missing on the last line
        line = place[0] if place else source.count("\n") + 1
        raise _refusal(part, line, error) from error
