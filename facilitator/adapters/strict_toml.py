"""Strict TOML decoding: all errors of a file at once, each with its line."""

import math
import os
import re
import tomllib
import types
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from difflib import get_close_matches
from enum import Enum
from pathlib import Path
from typing import Annotated, Literal, TypeVar, Union, get_args, get_origin

import msgspec

from facilitator.adapters.agenda_schema import FIELD_TYPES, MarketplaceOrAll, Text
from facilitator.adapters.atomic_file import UnreadableFileError
from facilitator.adapters.marketplace_codes import (
    marketplace_code,
    marketplace_codes,
    nearest_marketplace_code,
)
from facilitator.adapters.regular_file import read_regular
from facilitator.domain.errors import N_, Diagnostic, Message, Severity, message
from facilitator.domain.kpis.facts import ALL, Marketplace
from facilitator.domain.text import one_line, remove_unsafe_characters

_MEGABYTES = 1
"""The largest file that is read: what a person writes is far smaller."""

_S = TypeVar("_S", bound=msgspec.Struct)
_INVALID = object()
_HEADER = re.compile(r"\s*(\[\[?)\s*([\w.-]+)\s*\]")
_KEY = re.compile(r"\s*([\w-]+)\s*=")
_POSITION = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


class Diagnostics:
    """Collects the diagnostics of one file, so that reading does not stop at the first fault."""

    def __init__(self, file: str, lines: Mapping[str, int] | None = None) -> None:
        self._file = file
        self._lines = lines or {}
        self._problems: list[Diagnostic] = []

    @property
    def problems(self) -> tuple[Diagnostic, ...]:
        """All diagnostics, in the order in which they were found."""
        return tuple(self._problems)

    @property
    def has_errors(self) -> bool:
        """Whether any of them is an error, not a warning."""
        return any(problem.is_error for problem in self._problems)

    def add(
        self,
        key: str,
        said: Message,
        hint: Message | None = None,
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Add an error at a key such as `items[2].minutes`; its line is looked up."""
        self._problems.append(
            Diagnostic(
                file=self._file,
                key=key,
                line=self._line(key),
                message=said,
                hint=hint,
                severity=severity,
            )
        )

    def add_at(self, line: int | None, said: Message, column: str = "") -> None:
        """Add an error of the TOML text itself, at a line."""
        self._problems.append(Diagnostic(file=self._file, line=line, column=column, message=said))

    def warn(self, place: str, said: Message, hint: Message | None = None) -> None:
        """Add a warning."""
        self.add(place, said, hint, Severity.WARNING)

    def _line(self, place: str) -> int | None:
        """Return the line of a key, or of the nearest table around it that has one."""
        while place and place not in self._lines:
            place = re.sub(r"(\[\d+\]|(^|\.)[^.\[\]]*)$", "", place)
        return self._lines.get(place)


def read_toml(path: Path) -> tuple[dict[str, object] | None, Diagnostics]:
    """Read and parse a file; return None as its content if it is not TOML.

    All texts and keys are cleaned by the text policy.
    """
    name = one_line(str(path))
    diagnostics = Diagnostics(name)
    try:
        data = read_regular(path, _MEGABYTES)
    except FileNotFoundError:
        diagnostics.add(
            "", message(N_("This file does not exist.")), message(N_("Check its name."))
        )
        return None, diagnostics
    except UnreadableFileError as error:
        diagnostics.add("", error.reason)
        return None, diagnostics
    return _parse(data, name)


def _open_at_once(path: str, flags: int) -> int:
    """Open a file, or a pipe, without waiting for another program to write to it."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _parse(data: bytes, name: str) -> tuple[dict[str, object] | None, Diagnostics]:
    diagnostics = Diagnostics(name)
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        diagnostics.add_at(line, message(N_("This is not UTF-8 text. Save the file as UTF-8.")))
        return None, diagnostics
    try:
        raw = _clean_value(tomllib.loads(text))
    except RecursionError:
        diagnostics.add("", message(N_("The tables are nested too deeply.")))
        return None, diagnostics
    except ValueError as error:
        said = str(error)
        at = _POSITION.search(said)
        last = text.rstrip("\n").count("\n") + 1
        fault = message(N_("This is not valid TOML: {fault}."), fault=_POSITION.sub("", said))
        if at and at[1]:
            diagnostics.add_at(int(at[1]), fault, at[2])
        else:
            diagnostics.add_at(last if at else None, fault)
        return None, diagnostics
    return (raw if isinstance(raw, dict) else None), Diagnostics(name, line_numbers(text))


_MULTILINE_KEYS = frozenset({"background", "why", "expected"})


def _clean_value(value: object, key: str = "") -> object:
    if isinstance(value, dict):
        return {one_line(name): _clean_value(each, name) for name, each in value.items()}
    if isinstance(value, list):
        return [_clean_value(each, key) for each in value]
    if not isinstance(value, str):
        return value
    return remove_unsafe_characters(value).strip() if key in _MULTILINE_KEYS else one_line(value)


def line_numbers(text: str) -> dict[str, int]:
    """Return the line of each table and key, by paths such as `items[2].minutes`.

    `tomllib` gives no positions. So the text is scanned for headers and keys at line starts;
    what looks like one inside a text of several lines is skipped.
    """
    found: dict[str, int] = {}
    counts: Counter[str] = Counter()
    table = ""
    inside_text = False
    for number, line in enumerate(text.split("\n"), start=1):
        if not inside_text:
            if header := _HEADER.match(line):
                table = _table_path(header[2], counts, is_array=header[1] == "[[")
                found.setdefault(table, number)
                found.setdefault(re.sub(r"\[\d+\]$", "", table), number)
            elif key := _KEY.match(line):
                found.setdefault(_join_path(table, key[1]), number)
        inside_text ^= (line.count('"""') + line.count("'''")) % 2 == 1
    return found


def _table_path(name: str, counts: Counter[str], *, is_array: bool) -> str:
    place = ""
    *parents, last = name.split(".")
    for parent in parents:
        place = _join_path(place, parent)
        if counts[place]:
            place += f"[{counts[place] - 1}]"
    place = _join_path(place, last)
    if is_array:
        counts[place] += 1
        place += f"[{counts[place] - 1}]"
    return place


def decode(kind: type[_S], raw: dict[str, object], place: str, diagnostics: Diagnostics) -> _S:
    """Return a struct of a table, decoded key by key; add every fault to `diagnostics`.

    A required key that is missing or wrong gets a placeholder, so that the other keys can be
    checked too. The result must not be used if `diagnostics` has errors.
    """
    fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
    for key in (key for key in raw if key not in fields):
        close = get_close_matches(key, fields, n=1)
        hint = message(N_("Did you mean {name}?"), name=close[0]) if close else None
        diagnostics.add(_join_path(place, key), message(N_("Unknown key {key}."), key=key), hint)
    values: dict[str, object] = {}
    for name, field in fields.items():
        limited = FIELD_TYPES.get((kind, name))
        is_required = field.required or limited is Text
        if name in raw:
            value = _decode_value(
                limited or field.type, raw[name], _join_path(place, name), diagnostics
            )
            if value is not _INVALID:
                values[name] = value
                continue
        elif is_required:
            diagnostics.add(
                _join_path(place, name), message(N_("The key {key} is missing."), key=name)
            )
        if field.required:
            values[name] = _PLACEHOLDERS.get(_base_type(field.type), "")
    return kind(**values)


def _decode_value(kind: object, raw: object, place: str, diagnostics: Diagnostics) -> object:
    kind = _without_none(kind)
    kind = FIELD_TYPES.get(kind, kind)
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        if isinstance(raw, dict):
            return decode(kind, raw, place, diagnostics)
        diagnostics.add(place, _wrong_type(message(N_("a table")), raw))
        return _INVALID
    if get_origin(kind) is tuple:
        return _decode_list(get_args(kind)[0], raw, place, diagnostics)
    if kind in (Marketplace, MarketplaceOrAll):
        is_total = kind is MarketplaceOrAll and raw == ALL
        return ALL if is_total else _decode_marketplace(raw, place, diagnostics)
    try:
        value: object = msgspec.convert(raw, kind)
    except (msgspec.ValidationError, OverflowError):
        value = _INVALID
    if value is _INVALID or (isinstance(value, float) and not math.isfinite(value)):
        diagnostics.add(
            place, _wrong_type(_describe_expected(kind), raw), _suggest_choice(kind, raw)
        )
        return _INVALID
    return value


def _decode_list(kind: object, raw: object, place: str, diagnostics: Diagnostics) -> object:
    if not isinstance(raw, list):
        diagnostics.add(place, _wrong_type(message(N_("a list")), raw))
        return _INVALID
    made = (
        _decode_value(kind, each, f"{place}[{index}]", diagnostics)
        for index, each in enumerate(raw)
    )
    return tuple(each for each in made if each is not _INVALID)


def _decode_marketplace(raw: object, place: str, diagnostics: Diagnostics) -> object:
    if not isinstance(raw, str):
        diagnostics.add(place, _wrong_type(message(N_("a marketplace code such as US")), raw))
        return _INVALID
    if code := marketplace_code(raw):
        return Marketplace(code)
    near = nearest_marketplace_code(raw)
    diagnostics.add(
        place,
        message(N_("Unknown marketplace “{cell}”."), cell=raw[:40]),
        message(N_("Did you mean “{code}”?"), code=near)
        if near
        else message(N_("Use one of these codes: {codes}."), codes=", ".join(marketplace_codes())),
    )
    return _INVALID


_ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)
_PLACEHOLDERS: Mapping[object, object] = {int: 0, date: _ANY_TIME.date(), datetime: _ANY_TIME}


def _base_type(kind: object) -> object:
    return get_args(kind)[0] if get_origin(kind) is Annotated else kind


def _without_none(kind: object) -> object:
    if get_origin(kind) in (Union, types.UnionType):
        return next(arm for arm in get_args(kind) if arm is not types.NoneType)
    return kind


_EXPECTED: Mapping[object, str] = {
    str: N_("a text in quotes"),
    bool: N_("true or false"),
    int: N_("a whole number"),
    float: N_("a number"),
    date: N_("a date such as 2026-11-23"),
    datetime: N_("a date and time such as 2026-11-23T10:00:00"),
}


def _describe_expected(kind: object) -> Message:
    if get_origin(kind) is Annotated:
        described = (each for each in get_args(kind)[1:] if isinstance(each, msgspec.Meta))
        return message(next(described).description or "")
    if choices := _choices(kind):
        return message(N_("one of {choices}"), choices=", ".join(choices))
    return message(_EXPECTED[kind])


def _choices(kind: object) -> tuple[str, ...]:
    if isinstance(kind, type) and issubclass(kind, Enum):
        return tuple(str(each.value) for each in kind)
    return get_args(kind) if get_origin(kind) is Literal else ()


def _suggest_choice(kind: object, raw: object) -> Message | None:
    close: Sequence[str] = get_close_matches(str(raw), _choices(kind), n=1)
    return message(N_("Did you mean {name}?"), name=close[0]) if close else None


def _wrong_type(expected: Message, raw: object) -> Message:
    return message(
        N_("Expected {expected}, but found {given}."), expected=expected, given=_display_value(raw)
    )


def _display_value(raw: object) -> str:
    match raw:
        case bool():
            return str(raw).lower()
        case str():
            return f"“{raw[:40]}…”" if len(raw) > 40 else f"“{raw}”"
        case dict():
            return "{…}"
        case list():
            return "[…]"
        case _:
            return str(raw)[:40]


def _join_path(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name
