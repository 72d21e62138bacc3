"""Decode JSON that may be damaged, in its form or in its values."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import TypeVar

import msgspec
from msgspec.structs import asdict

DECODE_ERRORS = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What decoding raises for content that was damaged: in its form, its bytes or its depth."""
EARLIEST, LATEST = date(1900, 1, 1), date(2999, 12, 31)
"""The days that a date or a moment may lie on: sums and time zones cannot leave the calendar."""
LONGEST = timedelta(days=3_653)
"""The longest duration, ten years."""
LARGEST = 1e100
"""The largest number: the product of two is still a number."""

T = TypeVar("T")

_FAR_OFF = re.compile(
    rb'"(?=[-+\dPp])(?:'
    rb"[03-9]\d{3}-\d\d-|1[0-8]\d\d-\d\d-|[-+]\d{4}-\d\d-"  # a date of another age
    rb'|(?:19|2\d)\d\d-\d\d-\d\d[Tt ][\d:.]*"'  # a moment without an offset
    rb'|[-+]?[Pp](?!\d*"|(?:\d{1,3}D)?(?:T\d{1,5}(?:\.\d{1,6})?S)?")[\dTt]'  # a long time, no id
    rb")"
)
_DIGITS_AS_ZEROS = bytes.maketrans(b"123456789", b"0" * 9)
_LARGE = (b"0" * 18, b"e000", b"e+000", b"e-000", b"0E")
"""What numbers far off contain, with each digit as a zero."""


def decode_values(decoder: msgspec.json.Decoder[T], content: bytes | msgspec.Raw) -> T:
    """Return what a decoder makes of JSON.

    Raises one of `DECODE_ERRORS` for what it cannot decode, and for a moment without an offset, or
    a date, a duration or a number so far off that calculating with it would fail.
    """
    value = decoder.decode(content)
    if _may_be_far_off(bytes(content)):
        for each in _plain_values(value):
            check_range(each)
    return value


def _may_be_far_off(content: bytes) -> bool:
    """Return whether a value may be out of range; texts may look like it, real values do.

    Looking at every value takes longer than decoding it, and nearly no line has one.
    """
    if b"\\u00" in content or _FAR_OFF.search(content):  # a digit may be written as \u0030
        return True
    zeros = content.translate(_DIGITS_AS_ZEROS)
    return any(each in zeros for each in _LARGE)


def _plain_values(value: object) -> Iterator[object]:
    """Yield every value within structs, tuples and tables, however deep."""
    rest = [value]
    while rest:
        match rest.pop():
            case msgspec.Struct() as struct:
                rest += asdict(struct).values()
            case tuple() | list() | frozenset() as several:
                rest += several
            case dict() as table:
                rest += [*table.keys(), *table.values()]
            case plain:
                yield plain


def check_range(value: object) -> None:
    """Raise msgspec.ValidationError for a value that is out of range."""
    match value:
        case datetime():
            is_possible = value.tzinfo is not None and EARLIEST <= value.date() <= LATEST
        case date():
            is_possible = EARLIEST <= value <= LATEST
        case timedelta():
            is_possible = abs(value) <= LONGEST
        case int() | float():
            is_possible = abs(value) <= LARGEST
        case _:
            is_possible = True
    if not is_possible:
        raise msgspec.ValidationError(f"“{value}” is out of range")
