"""Mutations of a report, each with what it claims about the figures."""

import csv
import io
import re
from collections.abc import Callable, Sequence
from enum import StrEnum
from random import Random

from msgspec import Struct

from tests.fuzz.seeds import Rows, Seed, parse


class Claim(StrEnum):
    """What a mutation does to what a file says."""

    SAME = "says the same"
    """Another way to write the same rows: the figures stay."""
    ROWS = "rows unsound"
    """The named rows say nothing sound: the figures stay, or lack these rows and that is told."""
    COLUMNS = "columns lost"
    """A column cannot be found: a measure stays or is missing, or a change is told."""
    FILE = "file unsound"
    """The file is damaged: the figures stay, or a change is told."""
    VALID = "all valid"
    """Every cell is still a valid value, so nobody can tell."""


class Mutation(Struct, frozen=True, kw_only=True):
    """A mutated file, and its claim."""

    content: bytes
    claim: Claim
    rows: tuple[int, ...] = ()
    """The places of the unsound rows in the seed."""
    lost: tuple[int, ...] = ()
    """Rows that are lost altogether: the figures lack them in any case."""
    column: int | None = None
    """The place of the one cell of the row that is unsound; None if it may be several."""


Mutator = Callable[[Seed, Random], Mutation]

UNSOUND_NUMBERS = (
    "12..5", "1.2.3,4.5", "abc", "#REF!", "#VALUE!", "#DIV/0!", "--5", "1e400", "1e18", "0x1F",
    "12 apples", "inf", "12a", "9" * 25, "=1+1", "5/3", "1,2,3", "(5", "5)", "€", "12:30", "?",
    "true", "12\x0034", "1\x1b[31m2", "$1$2", "1e", "1-2", "±3", "1,23,4", "1.000.00",
)  # fmt: skip
UNSOUND_DAYS = (
    "2026-13-45", "2026-02-30", "0000-00-00", "32.11.2026", "2099-01-01", "9999-12-31", "yesterday",
    "2026-11", "99/99/9999", "Nov 31, 2026", "#REF!", "16.11.2026.1", "2026-11-00",
)  # fmt: skip
CONTROLS = ("\x00", "\x01", "\x07", "\x1b]0;x\x07", "\x7f", "\x85", "\u200b", "\u202e", "\ufeff")


def _changed(seed: Seed, rows: Rows, claim: Claim, *touched: int) -> Mutation:
    return Mutation(content=seed.write(rows), claim=claim, rows=touched)


def _shifted(seed: Seed, rows: Rows, at: int) -> Mutation:
    """Return the file with a row whose cells may stand in columns of another sort."""
    claim = Claim.VALID if seed.is_valid(rows[at]) else Claim.ROWS
    return _changed(seed, rows, claim, at)


def _row(seed: Seed, chance: Random) -> int:
    return chance.choice(seed.data)


def _set(seed: Seed, chance: Random, sort: str, cells: Sequence[str]) -> Mutation:
    """Set a cell of some sort of column, which may be blank in the row chosen."""
    rows, at = seed.grid(), _row(seed, chance)
    places = [place for place in seed.columns_of(sort) if place < len(rows[at])]
    if not places:
        return flipped_bytes(seed, chance)
    place = chance.choice(places)
    rows[at][place] = chance.choice(cells)
    return Mutation(content=seed.write(rows), claim=Claim.ROWS, rows=(at,), column=place)


def unsound_number(seed: Seed, chance: Random) -> Mutation:
    """Replace a number by something that is none."""
    return _set(seed, chance, "number", UNSOUND_NUMBERS)


def unsound_day(seed: Seed, chance: Random) -> Mutation:
    """Replace a day by one that does not exist or has not come."""
    return _set(seed, chance, "day", UNSOUND_DAYS)


def noisy_number(seed: Seed, chance: Random) -> Mutation:
    """Put a control character into a number."""
    rows, at = seed.grid(), _row(seed, chance)
    places = [each for each in seed.columns_of("number") if each < len(rows[at])]
    if not places:
        return flipped_bytes(seed, chance)
    place = chance.choice(places)
    text = str(rows[at][place])
    cut = chance.randint(0, len(text))
    rows[at][place] = text[:cut] + chance.choice(CONTROLS) + text[cut:]
    return Mutation(content=seed.write(rows), claim=Claim.ROWS, rows=(at,), column=place)


def noisy_text(seed: Seed, chance: Random) -> Mutation:
    """Put a control character into a cell of text."""
    rows, at = seed.grid(), _row(seed, chance)
    place = chance.randrange(len(rows[at]))
    if not isinstance(rows[at][place], str):
        return flipped_bytes(seed, chance)
    rows[at][place] = str(rows[at][place]) + chance.choice(CONTROLS)
    return _changed(seed, rows, Claim.ROWS, at)


def dropped_cell(seed: Seed, chance: Random) -> Mutation:
    """Drop a cell, so that the rest of the row moves to the left."""
    rows, at = seed.grid(), _row(seed, chance)
    place = chance.randrange(len(rows[at]))
    if not any(str(cell or "").strip() for cell in rows[at][place:]):
        return _changed(seed, rows, Claim.SAME)
    del rows[at][place]
    return _shifted(seed, rows, at)


def inserted_cell(seed: Seed, chance: Random) -> Mutation:
    """Insert a cell, so that the rest of the row moves to the right."""
    rows, at = seed.grid(), _row(seed, chance)
    place = chance.randrange(len(rows[at]))
    rows[at].insert(place, chance.choice(("", "x", "7", rows[at][place])))
    return _shifted(seed, rows, at)


def bare_thousands(seed: Seed, chance: Random) -> Mutation:
    """Write a number as `4,900` without quotes; a blank last cell makes up for the length."""
    if seed.delimiter != ",":
        return inserted_cell(seed, chance)
    rows, at = seed.grid(), _row(seed, chance)
    places = [each for each in seed.columns_of("number") if each < len(rows[at])]
    if not places:
        return flipped_bytes(seed, chance)
    place = chance.choice(places)
    rows[at][place : place + 1] = [str(chance.randint(1, 9)), f"{chance.randrange(1000):03}"]
    if not str(rows[at][-1] or "").strip():
        rows[at].pop()
    return _shifted(seed, rows, at)


def swapped_cells(seed: Seed, chance: Random) -> Mutation:
    """Swap a number and a text of a row."""
    rows, at = seed.grid(), _row(seed, chance)
    numbers, texts = seed.columns_of("number"), seed.columns_of("text")
    if not numbers or not texts:
        return flipped_bytes(seed, chance)
    one, other = chance.choice(numbers), chance.choice(texts)
    if max(one, other) >= len(rows[at]):
        return flipped_bytes(seed, chance)
    rows[at][one], rows[at][other] = rows[at][other], rows[at][one]
    return _shifted(seed, rows, at)


def swapped_lines(seed: Seed, chance: Random) -> Mutation:
    """Put the rows into another order."""
    rows = seed.grid()
    data = rows[seed.header + 1 :]
    chance.shuffle(data)
    claim = Claim.VALID if _is_ordered(seed) else Claim.SAME
    return _changed(seed, [*rows[: seed.header + 1], *data], claim)


def _is_ordered(seed: Seed) -> bool:
    """Return whether the place of a row means something: the first of a settlement."""
    return "settlement" in seed.name


def dropped_line(seed: Seed, chance: Random) -> Mutation:
    """Drop a line."""
    rows = seed.grid()
    del rows[chance.randrange(len(rows))]
    is_header = len(rows) and rows[: seed.header + 1] != seed.grid()[: seed.header + 1]
    return _changed(seed, rows, Claim.FILE if is_header else Claim.VALID)


def doubled_line(seed: Seed, chance: Random) -> Mutation:
    """Repeat a row, or the header as a row."""
    rows, at = seed.grid(), chance.randrange(seed.header, len(seed.rows))
    rows.insert(chance.randrange(at + 1, len(rows) + 1), list(rows[at]))
    return _changed(seed, rows, Claim.SAME if at == seed.header else Claim.VALID)


def blank_lines(seed: Seed, chance: Random) -> Mutation:
    """Insert blank lines."""
    rows = seed.grid()
    for _ in range(chance.randint(1, 3)):
        blank = chance.choice(([], [""] * len(rows[seed.header])))
        rows.insert(chance.randrange(seed.header + 1, len(rows) + 1), list(blank))
    return _changed(seed, rows, Claim.SAME)


def total_line(seed: Seed, chance: Random) -> Mutation:
    """Append a row with a label of totals and the sums of all numbers."""
    rows = seed.grid()
    texts = seed.columns_of("text") or seed.columns_of("day")
    if seed.is_workbook or not texts:
        return swapped_lines(seed, chance)
    total: list[object] = [""] * len(rows[seed.header])
    for place in seed.columns_of("number"):
        cells = [re.sub(r"[^\d.]", "", cell) for cell in seed.column(place)]
        if all(re.fullmatch(r"\d+(\.\d\d)?", cell) for cell in cells):
            total[place] = f"{sum(map(float, cells)):.2f}".removesuffix(".00")
    total[chance.choice(texts)] = chance.choice(("Total", "Gesamt", "TOTAL"))
    return _changed(seed, [*rows, total], Claim.SAME if seed.columns_of("day") else Claim.VALID)


def dropped_column(seed: Seed, chance: Random) -> Mutation:
    """Drop a column with its header."""
    place = chance.randrange(len(seed.rows[seed.header]))
    rows = [row[:place] + row[place + 1 :] if at >= seed.header else row
            for at, row in enumerate(seed.grid())]  # fmt: skip
    is_number = place in seed.columns_of("number")
    return _changed(seed, rows, Claim.COLUMNS if is_number else Claim.VALID)


def doubled_column(seed: Seed, chance: Random) -> Mutation:
    """Repeat a column with its header."""
    place = chance.randrange(len(seed.rows[seed.header]))
    rows = [row[: place + 1] + row[place:] if at >= seed.header else row
            for at, row in enumerate(seed.grid())]  # fmt: skip
    return _changed(seed, rows, Claim.COLUMNS)


def swapped_columns(seed: Seed, chance: Random) -> Mutation:
    """Put the columns into another order."""
    order = list(range(len(seed.rows[seed.header])))
    chance.shuffle(order)
    rows = seed.grid()
    for row in rows[seed.header :]:
        row[:] = [row[place] if place < len(row) else "" for place in order]
    return _changed(seed, rows, Claim.SAME)


def damaged_header(seed: Seed, chance: Random) -> Mutation:
    """Damage the name of a column: a letter less, a letter more, blank, noise."""
    rows = seed.grid()
    head = rows[seed.header]
    place = chance.randrange(len(head))
    text, cut = str(head[place] or ""), 0
    if text:
        cut = chance.randrange(len(text))
    head[place] = chance.choice((
        "", text[:cut] + text[cut + 1 :], text[:cut] + "#" + text[cut:], text[:cut],
        text + chance.choice(CONTROLS), text.swapcase(), "?" * len(text),
    ))  # fmt: skip
    return _changed(seed, rows, Claim.COLUMNS)


def shifted_header(seed: Seed, chance: Random) -> Mutation:
    """Swap the names of a column of numbers and one of texts or days."""
    rows = seed.grid()
    numbers = seed.columns_of("number")
    others = seed.columns_of("text") + seed.columns_of("day")
    if not numbers or not others:
        return damaged_header(seed, chance)
    one, other = chance.choice(numbers), chance.choice(others)
    head = rows[seed.header]
    head[one], head[other] = head[other], head[one]
    return _changed(seed, rows, Claim.COLUMNS)


def other_delimiter(seed: Seed, chance: Random) -> Mutation:
    """Write the whole file with another delimiter."""
    if seed.is_workbook:
        return swapped_columns(seed, chance)
    text = io.StringIO(newline="")
    has_quotes = any('"' in str(cell) for row in seed.rows for cell in row)  # not for tab files
    delimiter = chance.choice(",;" if has_quotes else ",;\t")
    writer = csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerows(seed.rows)
    return Mutation(content=text.getvalue().encode(seed.encoding), claim=Claim.SAME)


def broken_delimiter(seed: Seed, chance: Random) -> Mutation:
    """Write one row with another delimiter."""
    if seed.is_workbook:
        return dropped_cell(seed, chance)
    at = _row(seed, chance)
    lines = [seed.write([row]) for row in seed.rows]
    old, new = seed.delimiter.encode(), chance.choice([b";", b"|", b"\t", b" ", b":"])
    lines[at] = lines[at].replace(old, new)
    claim = Claim.VALID if old == new else Claim.ROWS
    return Mutation(content=_joined(seed, lines), claim=claim, rows=(at,))


def broken_quote(seed: Seed, chance: Random) -> Mutation:
    """Insert or remove a quote somewhere below the header."""
    if seed.is_workbook:
        return inserted_cell(seed, chance)
    content = seed.write(seed.rows)
    head = len(seed.write(seed.rows[: seed.header + 1]))
    quotes = [at for at in range(head, len(content)) if content[at] == ord('"')]
    if quotes and chance.random() < 0.5:
        at = chance.choice(quotes)
        return Mutation(content=content[:at] + content[at + 1 :], claim=Claim.FILE)
    at = chance.randrange(head, len(content))
    broken = content[:at] + b'"' + content[at:]
    return Mutation(content=broken, claim=_claim_of_bytes(seed, broken))


def other_encoding(seed: Seed, chance: Random) -> Mutation:
    """Write the file in another encoding; signs that it lacks become question marks."""
    if seed.is_workbook:
        return swapped_columns(seed, chance)
    text = seed.write(seed.rows).decode(seed.encoding)
    name = chance.choice(("utf-8", "utf-8-sig", "utf-16", "gb18030", "cp932", "cp1252", "latin-1"))
    content = text.encode(name, "replace")
    is_whole = content.decode(name) == text
    return Mutation(content=content, claim=Claim.SAME if is_whole else Claim.COLUMNS)


def line_ends(seed: Seed, chance: Random) -> Mutation:
    """Write the file with other line ends, or without the last one."""
    if seed.is_workbook:
        return swapped_lines(seed, chance)
    content = seed.write(seed.rows)
    ends = chance.choice((b"\n", b"\r\n", b"\r\n\r\n"))
    plain = content.decode(seed.encoding).replace("\r\n", ends.decode()).encode(seed.encoding)
    return Mutation(content=plain, claim=Claim.SAME)


def cut_off(seed: Seed, chance: Random) -> Mutation:
    """Cut a file off in the middle of a row."""
    if seed.is_workbook:
        content = seed.write(seed.rows)
        return Mutation(content=content[: chance.randrange(len(content))], claim=Claim.FILE)
    at = _row(seed, chance)
    whole = seed.write(seed.rows[:at])
    line = seed.write(seed.rows[: at + 1])[len(whole) :]
    kept = line[: chance.randrange(1, max(2, len(line) - 2))]
    lost = tuple(range(at + 1, len(seed.rows)))
    row = parse(kept.decode(seed.encoding, "replace"), seed.delimiter)[0]
    claim = Claim.VALID if seed.is_valid(row) else Claim.ROWS
    return Mutation(content=whole + kept, claim=claim, rows=(at,), lost=lost)


def null_byte(seed: Seed, chance: Random) -> Mutation:
    """Insert a NUL somewhere."""
    content = seed.write(seed.rows)
    at = chance.randrange(len(content))
    return Mutation(content=content[:at] + b"\0" + content[at:], claim=Claim.FILE)


def flipped_bytes(seed: Seed, chance: Random) -> Mutation:
    """Flip a bit of a byte; of a workbook up to four."""
    content = bytearray(seed.write(seed.rows))
    for _ in range(chance.randint(1, 4) if seed.is_workbook else 1):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    flipped = bytes(content)
    return Mutation(content=flipped, claim=_claim_of_bytes(seed, flipped))


def _claim_of_bytes(seed: Seed, content: bytes) -> Claim:
    """Return whether text is damaged beyond what might as well have been written so."""
    if seed.is_workbook:
        return Claim.FILE  # its checksums tell
    try:
        text = content.decode(seed.encoding)
    except UnicodeDecodeError:
        return Claim.VALID  # it may as well be in another encoding
    try:
        rows = parse(text, seed.delimiter)
    except csv.Error:
        return Claim.FILE
    if list(map(len, rows)) != list(map(len, seed.rows)):
        return Claim.FILE
    changed = [at for at, row in enumerate(rows) if row != list(seed.rows[at])]
    below = [at for at in changed if at > seed.header]
    if not all(seed.is_valid(rows[at]) for at in below):
        return Claim.FILE
    return Claim.VALID if below or not changed else Claim.COLUMNS


def _joined(seed: Seed, lines: Sequence[bytes]) -> bytes:
    """Return lines that each may begin with the mark of their encoding."""
    mark = "".encode(seed.encoding)
    return mark + b"".join(line.removeprefix(mark) for line in lines)


MUTATORS: dict[str, Mutator] = {
    each.__name__: each
    for each in (
        unsound_number, unsound_day, noisy_number, noisy_text, dropped_cell, inserted_cell,
        bare_thousands, swapped_cells, swapped_lines, dropped_line, doubled_line, blank_lines,
        total_line, dropped_column, doubled_column, swapped_columns, damaged_header, shifted_header,
        other_delimiter, broken_delimiter, broken_quote, other_encoding, line_ends, cut_off,
        null_byte, flipped_bytes,
    )
}  # fmt: skip
