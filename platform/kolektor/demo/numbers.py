"""Numbers of the demo network: right check digits in ranges that are nobody's, and dice that always fall alike."""

from __future__ import annotations

import random

from stdnum import ean as ean_number
from stdnum.pl import nip as nip_number

# a tax number starts with the code of the office that gave it; 999 is used for invented firms only
_NIP_OFFICE = "999"
# GS1 keeps the prefixes 20 to 29 for numbers inside one company, so no product on sale carries these
_EAN_PREFIX = "29"


def dice(seed: str) -> random.Random:
    """A source of chance that gives the same sequence for the same name, on every machine."""
    return random.Random(f"kolektor demo {seed}")  # noqa: S311


def nip(serial: int) -> str:
    """The tax number of an invented firm; `serial` from 0 to 99 990, each gives another number."""
    # spread over the range (the modulus is prime, so none repeats); one stem in eleven has no check digit (it would
    # be 10), hence the room of ten
    start = serial * 7919 % 99_991 * 10
    for step in range(10):
        stem = f"{_NIP_OFFICE}{start + step:06d}"
        for digit in "0123456789":
            if nip_number.is_valid(stem + digit):
                return stem + digit
    raise ValueError(f"no tax number for {serial}")


def ean13(serial: int) -> str:
    """An EAN-13 of the company-internal range."""
    stem = f"{_EAN_PREFIX}{serial * 7_368_787 % 10**10:010d}"
    return stem + str(ean_number.calc_check_digit(stem))


def phone(serial: int) -> str:
    """A phone number in international form."""
    return f"+48500{100_000 + serial * 37 % 900_000:06d}"


def ksef_number(*, seller_nip: str, day: str, technical: str) -> str:
    """The number that the national e-invoice system gives: seller, day as YYYYMMDD, 12 hexadecimal digits, CRC-8.

    Source: "Numer KSeF", Ministry of Finance, documentation of the KSeF 2.0 API (polynomial 0x07, start 0x00).
    """
    data = f"{seller_nip}-{day}-{technical}"
    crc = 0
    for byte in data.encode("ascii"):
        crc ^= byte
        for _ in range(8):
            crc = (crc << 1 ^ 0x07) & 0xFF if crc & 0x80 else crc << 1
    return f"{data}-{crc:02X}"
