"""Lists of records, as JSON and YAML files hold them, written as a table in csv.

A record is a row, and the header is the union of their keys in order. A value in an object in a
record is named by its path (`salesByDate.unitsOrdered`). What stands beside the list of records,
such as the days and the marketplace of the whole report, becomes columns that say the same in
every row.

A JSON file is read twice, record by record, so that it is never in memory as a whole.
"""

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from facilitator.adapters.reports.sniff import LARGEST_FILE, MOST_COLUMNS, UnreadableError
from facilitator.domain.errors import N_, Message, message

_BLOCK = 1 << 20
_LONGEST = 1 << 23
"""The most characters of a value that is read as a whole."""
_LONGEST_YAML = 1 << 22
_MOST_DETAILS = 32
"""The most values beside the records that become columns."""
_DEPTH = 4
_RECORDS = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:\[\s*[{\]]|\{\s*")')
_THREE_DECIMALS = re.compile(r"-?\d+\.\d{3}")

_Item = tuple[str, object]
"""A record of the list with this name, or a value beside the lists."""
_Read = Callable[[], Iterable[_Item]]


def holds_json(head: bytes) -> bool:
    """Return whether a file that begins like this holds JSON."""
    return _RECORDS.match(head) is not None


def write_json_records(source: Path, target: Path) -> tuple[Message, ...]:
    """Write the records of a JSON file as csv; return what is to be said of it."""

    def read() -> Iterator[_Item]:
        with source.open(encoding="utf-8-sig", errors="replace") as text:
            yield from _json_items(text)

    try:
        return _write_table(read, target)
    except RecursionError as error:
        raise _invalid() from error


def write_yaml_records(source: Path, target: Path) -> tuple[Message, ...]:
    """Write the records of a YAML file as csv; return what is to be said of it."""
    if source.stat().st_size > _LONGEST_YAML:
        raise UnreadableError(N_("The YAML file is too large. Save it as CSV."))
    items = list(_items_of(_load_yaml(source.read_text("utf-8-sig", "replace"))))
    return _write_table(lambda: items, target)


def _load_yaml(text: str) -> object:
    try:
        import yaml
    except ImportError as error:
        raise UnreadableError(
            N_("Reading YAML needs PyYAML: install it with “pip install pyyaml”, or save as CSV.")
        ) from error

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, loader)):
            raise UnreadableError(N_("The YAML file uses aliases (*name). Save it as CSV."))
        # Of the base loader every value is text: `NO` is Norway, and 1.10 is not 1.1.
        held: object = yaml.load(text, loader)  # noqa: S506
    except (yaml.YAMLError, RecursionError) as error:
        raise UnreadableError(N_("The file is not valid YAML. Save it as CSV.")) from error
    return held


def _items_of(held: object) -> Iterator[_Item]:
    if isinstance(held, list):
        yield from (("", each) for each in held)
    elif isinstance(held, dict):
        for name, value in held.items():
            yield from _items_beside(str(name), value)


def _items_beside(name: str, value: object) -> Iterator[_Item]:
    """Yield the records in a value that stands in an object, or the value itself."""
    if isinstance(value, list) and _is_records(value):
        yield from ((name, each) for each in value if isinstance(each, dict))
    elif isinstance(value, dict) and any(_is_records(each) for each in value.values()):
        for inner, each in value.items():
            yield from _items_beside(f"{name}.{inner}", each)
    elif isinstance(value, dict):
        yield from ((f"{name}.{inner}", text) for inner, text in _flat(value))
    else:
        yield name, _text(value)


def _is_records(value: object) -> bool:
    return isinstance(value, list) and any(isinstance(each, dict) for each in value)


def _write_table(read: _Read, target: Path) -> tuple[Message, ...]:
    """Write the list with the most to tell: one by day, else the longest."""
    columns: dict[str, dict[str, None]] = {}
    flat: set[tuple[str, ...]] = set()
    counts: dict[str, int] = {}
    details: dict[str, str] = {}
    for name, each in read():
        if isinstance(each, dict):
            counts[name] = counts.get(name, 0) + 1
            shape = (name, *each)
            if shape not in flat or dict in map(type, each.values()):
                columns.setdefault(name, {}).update((key, None) for key, _ in _flat(each))
                flat.add(shape)
        elif len(details) < _MOST_DETAILS:
            details[name] = _text(each)
    if not counts and not details:
        raise UnreadableError(N_("The file holds no records. Download it again."))
    chosen = max(counts, key=lambda name: ("date" in columns[name], counts[name]), default="")
    held = columns.get(chosen, {})
    if len(held) > MOST_COLUMNS:
        raise UnreadableError(N_("The records have too many different keys for a report."))
    beside = {key: text for key, text in details.items() if text and key not in held}
    records = (each for name, each in read() if name == chosen and isinstance(each, dict))
    _write_rows(records if counts else iter([{}]), [*held], beside, target)
    others = [name for name in counts if name != chosen]
    said = N_("The file holds several lists. Only “{read}” was read, not {others}.")
    return (message(said, read=chosen, others=", ".join(others)),) if others else ()


def _write_rows(
    records: Iterable[dict[str, object]], names: list[str], beside: dict[str, str], target: Path
) -> None:
    with target.open("w", encoding="utf-8", errors="replace", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow([*names, *beside])
        said = [*beside.values()]
        size = 0
        for record in records:
            held = dict(_flat(record))
            size += rows.writerow([*(held.get(name, "") for name in names), *said])
            if size > LARGEST_FILE:
                raise UnreadableError(N_("The file is too large. Download it as CSV."))


def _flat(record: dict[str, object], prefix: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    """Yield the values of a record, each with its path."""
    for name, value in record.items():
        if isinstance(value, dict) and depth < _DEPTH:
            yield from _flat(value, f"{prefix}{name}.", depth + 1)
        else:
            yield f"{prefix}{name}", _text(value)


def _text(value: object) -> str:
    """Return a value as a cell; one with exactly three decimals gets a fourth.

    A point before three digits could be taken for one that parts thousands.
    """
    if type(value) is str:
        return value.replace("\0", "") if "\0" in value else value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list) and len(value) == 1 and not isinstance(value[0], list | dict):
        return _text(value[0])
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, _Decimal) and _THREE_DECIMALS.fullmatch(value):
        return f"{value}0"
    return str(value)


class _Decimal(str):
    """A JSON number with a point, as written."""

    __slots__ = ()


def _decimal(text: str) -> _Decimal:
    return _Decimal(f"{float(text):.10f}" if "e" in text.casefold() else text)


_DECODER = json.JSONDecoder(parse_float=_decimal, parse_int=str, parse_constant=str)


def _json_items(text: TextIO) -> Iterator[_Item]:
    scanner = _Scanner(text)
    match scanner.peek():
        case "[":
            yield from (("", each) for each in scanner.elements())
        case "{" if scanner.is_record_a_line():
            while scanner.peek():
                yield "", scanner.value()
        case "{":
            yield from scanner.members()
        case _:
            raise _invalid()


class _Scanner:
    """Takes one value after the other from a JSON text."""

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self._buffer = ""
        self._at = 0

    def peek(self) -> str:
        """Return the next sign that is no blank; an empty text at the end."""
        while True:
            rest = self._buffer[self._at : self._at + 1]
            if rest and not rest.isspace():
                return rest
            if rest:
                self._at += 1
            elif not self._more():
                return ""

    def is_record_a_line(self) -> bool:
        """Return whether every line is an object of its own."""
        line, _, rest = self._buffer[self._at :].partition("\n")
        if not rest.lstrip().startswith("{"):
            return False
        with suppress(json.JSONDecodeError):
            return isinstance(_DECODER.decode(line), dict)
        return False

    def elements(self) -> Iterator[object]:
        """Take an array, one element at a time."""
        self._take("[")
        while self.peek() != "]":
            yield self.value()
            if self.peek() != "]":
                self._take(",")
        self._take("]")

    def members(self) -> Iterator[_Item]:
        """Take an object: the records of its lists one by one, and its other values."""
        self._take("{")
        while self.peek() != "}":
            name = str(self.value())
            self._take(":")
            if self.peek() == "[":
                scalars: list[object] = []
                for each in self.elements():
                    if isinstance(each, dict):
                        yield name, each
                    elif len(scalars) < _MOST_DETAILS:
                        scalars.append(each)
                if scalars:
                    yield name, _text(scalars)
            else:
                yield from _items_beside(name, self.value())
            if self.peek() != "}":
                self._take(",")

    def value(self) -> object:
        """Take the next value."""
        self.peek()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._buffer, self._at)
            except json.JSONDecodeError as error:
                if len(self._buffer) - self._at > _LONGEST or not self._more():
                    raise _invalid() from error
                continue
            if end == len(self._buffer) and self._more():
                continue  # a number may go on
            self._at = end
            return value

    def _take(self, sign: str) -> None:
        if self.peek() != sign:
            raise _invalid()
        self._at += 1

    def _more(self) -> bool:
        """Read on; return whether there was more."""
        block = self._text.read(_BLOCK)
        self._buffer = self._buffer[self._at :] + block
        self._at = 0
        return bool(block)


def _invalid() -> UnreadableError:
    return UnreadableError(N_("The file is not valid JSON. Download it again, or save it as CSV."))
