"""Reads of the program's settings and brand."""

from __future__ import annotations

from kolektor.kernel.errors import DomainError
from tenants.program.models import Branding, ProgramSettings


def settings() -> ProgramSettings:
    """The settings of the program in force. Raises DomainError PROGRAM_NOT_SET_UP."""
    row = ProgramSettings.objects.first()
    if row is None:
        raise DomainError("PROGRAM_NOT_SET_UP")
    return row


def branding() -> Branding:
    """The brand of the program in force. Raises DomainError PROGRAM_NOT_SET_UP."""
    row = Branding.objects.first()
    if row is None:
        raise DomainError("PROGRAM_NOT_SET_UP")
    return row
