"""Mutations that make a file cost much: what it says stays, or is told to be lost.

They take seconds each, so they are tried less often than the others.
"""

import io
import re
import zipfile
from collections.abc import Callable
from random import Random

from tests.fuzz.mutators import Claim, Mutation, Mutator
from tests.fuzz.seeds import Seed

_MANY = 400_000
_LAST_CELLS = (
    "r='XFD1048576'", 'r = "XFD1048576"', 'r="xfd1048576"', 's="1"\nr="XFD1048576"',
    'r="AZ1000000"', 'r="ZZZZZZ4294967295"', 'r="A1048576"',
)  # fmt: skip
_FAR_DAYS = (
    "9999-12-31T10:00:00+00:00", "0001-01-01T00:00:00+14:00", "9999-12-31", "0001-01-01",
    "1900-01-01", "2099-12-31", "9999-12-31T23:59:59-14:00", "99991231",
)  # fmt: skip


def _content(seed: Seed) -> bytes:
    return seed.write(seed.rows)


def _mark(seed: Seed) -> bytes:
    return seed.delimiter.encode(seed.encoding.removesuffix("-sig"))


def _end(seed: Seed) -> bytes:
    return "\n".encode(seed.encoding.removesuffix("-sig"))


def wide_header(seed: Seed, chance: Random) -> Mutation:
    """Add very many columns to every row above some line, or to the header alone."""
    if seed.is_workbook:
        return far_cell(seed, chance)
    rows = seed.grid()
    lines = [seed.write([row]) for row in rows]
    at = chance.choice((seed.header, chance.randrange(len(lines))))
    end = _end(seed)
    body = lines[at].rstrip(b"\r\n\0")
    lines[at] = body + _mark(seed) * chance.choice((2_000, _MANY, 3 * _MANY)) + end
    mark = "".encode(seed.encoding)
    joined = mark + b"".join(line.removeprefix(mark) for line in lines)
    return Mutation(content=joined, claim=Claim.FILE)


def long_line(seed: Seed, chance: Random) -> Mutation:
    """Append a line of some megabytes."""
    if seed.is_workbook:
        return far_cell(seed, chance)
    sign = chance.choice((b"x", b'"', _mark(seed), b"9", b"a" + _mark(seed)))
    line = sign * chance.choice((_MANY, 10 * _MANY, 50 * _MANY))
    return Mutation(content=_content(seed) + line + _end(seed), claim=Claim.FILE)


def many_lines(seed: Seed, chance: Random) -> Mutation:
    """Append very many short lines."""
    if seed.is_workbook:
        return many_parts(seed, chance)
    line = chance.choice((b"", b"x", _mark(seed), b" ", b'""'))
    lines = (line + _end(seed)) * chance.choice((_MANY, 5 * _MANY))
    claim = Claim.VALID if line == b"x" else Claim.FILE  # which is a keyword in a list of them
    return Mutation(content=_content(seed) + lines, claim=claim)


def far_day(seed: Seed, chance: Random) -> Mutation:
    """Replace a day by one that is far away."""
    rows, at = seed.grid(), chance.choice(seed.data)
    places = [each for each in seed.columns_of("day") if each < len(rows[at])]
    if not places:
        return long_line(seed, chance)
    rows[at][chance.choice(places)] = chance.choice(_FAR_DAYS)
    return Mutation(content=seed.write(rows), claim=Claim.FILE)


def far_cell(seed: Seed, chance: Random) -> Mutation:
    """Put a cell into the last corner of the sheet, written in some style."""
    if not seed.is_workbook:
        return wide_header(seed, chance)
    place = chance.choice(_LAST_CELLS)
    number = re.findall(r"\d+", place)[-1]
    quote = chance.choice("'\"")
    cell = f"<row r={quote}{number}{quote}><c {place}><v>1</v></c></row></sheetData>".encode()
    return _repacked(seed, "sheet1.xml", lambda xml: xml.replace(b"</sheetData>", cell))


def many_parts(seed: Seed, chance: Random) -> Mutation:
    """Put very many tags, texts or parts into a workbook."""
    if not seed.is_workbook:
        return many_lines(seed, chance)
    tags = chance.choice((b"<a>", b"<mergeCell ref='A1:XFD1048576'/>", b"x", b"<row/>"))
    count = chance.choice((_MANY, 5 * _MANY))
    return _repacked(
        seed, chance.choice(("sheet1.xml", "styles.xml", "workbook.xml")),
        lambda xml: xml.replace(b"</", tags * count + b"</", 1),
    )  # fmt: skip


def _repacked(seed: Seed, name: str, change: Callable[[bytes], bytes]) -> Mutation:
    """Return the workbook with one of its parts changed."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(_content(seed))) as before,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for part in before.namelist():
            xml = before.read(part)
            after.writestr(part, change(xml) if part.endswith(name) else xml)
    return Mutation(content=packed.getvalue(), claim=Claim.FILE)


HEAVY: dict[str, Mutator] = {
    each.__name__: each
    for each in (wide_header, long_line, many_lines, far_day, far_cell, many_parts)
}
