"""Every sample report, damaged in many ways: problems with their place, and right counts."""

import io
import os
import unicodedata
import zipfile
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from facilitator.adapters.reports import FileReading, read_folder
from facilitator.domain.errors import Diagnostic
from tests.adapters.reports.report_reader import read_one_report

FILES = Path(__file__).with_name("files")
SAMPLES = sorted(FILES.iterdir(), key=lambda each: each.name)
TEXTS = [each for each in SAMPLES if each.suffix != ".xlsx"]
BOOKS = [each for each in SAMPLES if each.suffix == ".xlsx"]
ENCODINGS = ("gb18030", "cp932", "cp1252", "latin-1")
ESCAPE = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202e\r\b"

openpyxl = import_module("openpyxl")


def encoding_of(sample: Path) -> str:
    """Return the marketplaces that the name of a sample gives."""
    named = next((each for each in ENCODINGS if each in sample.name), "")
    return named or ("utf-8-sig" if is_utf8(sample) else "cp1252")


def is_utf8(sample: Path) -> bool:
    return "\ufffd" not in sample.read_bytes().decode(errors="replace")


def lines_of(sample: Path) -> list[str]:
    return sample.read_text(encoding=encoding_of(sample)).splitlines(keepends=True)


def separator(sample: Path) -> str:
    first = max(lines_of(sample)[:3], key=len)
    return max(("\t", ";", ","), key=first.count)


def texts(reading: FileReading) -> Iterator[str]:
    """Return all text of a reading that may come from the file."""
    for problem in reading.problems:
        yield problem.translate()
    source = reading.source
    yield from (source.file, source.kind, source.title, *source.marketplaces, *source.currencies)
    yield from (*reading.unrecognised, reading.sheet, reading.encoding, reading.delimiter.strip())
    yield from (each.measure for each in reading.totals)


def checked(reading: FileReading) -> FileReading:
    """Check what holds for every reading, whatever is in the file."""
    source = reading.source
    assert source.rows_read == source.rows_kept + source.rows_refused
    assert reading.facts or reading.problems or source.rows_kept
    assert all(len(each.translate()) < 1000 for each in reading.problems)
    for text in texts(reading):
        assert not [sign for sign in text if unicodedata.category(sign)[0] == "C"], repr(text)
    return reading


def read(tmp_path: Path, content: bytes, suffix: str = ".csv") -> FileReading:
    path = tmp_path / f"US_AMAZON_2026-11-16_2026-11-22{suffix}"
    path.write_bytes(content)
    return checked(read_one_report(path))


@cache
def whole_reading(sample: Path) -> FileReading:
    with TemporaryDirectory() as folder:
        return read(Path(folder), sample.read_bytes(), sample.suffix)


@cache
def header_at(sample: Path) -> int:
    """Return the index of the header line."""
    return (whole_reading(sample).header_row or 1) - 1


def encoded(sample: Path, lines: list[str]) -> bytes:
    return "".join(lines).encode(encoding_of(sample), "replace")


def each_sample(samples: list[Path]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("sample", samples, ids=lambda each: each.name)


@each_sample(SAMPLES)
@pytest.mark.parametrize("share", [0.03, 0.2, 0.5, 0.8, 0.97])
def test_a_file_truncated_anywhere_never_raises(tmp_path: Path, sample: Path, share: float) -> None:
    content = sample.read_bytes()

    read(tmp_path, content[: int(len(content) * share)], sample.suffix)


@each_sample(TEXTS)
def test_a_header_in_the_middle_is_a_row_that_is_refused(tmp_path: Path, sample: Path) -> None:
    lines = lines_of(sample)
    at = header_at(sample)
    whole = whole_reading(sample)
    doubled = read(tmp_path, encoded(sample, [*lines, lines[at]]), sample.suffix)

    assert doubled.totals == whole.totals
    if whole.source.rows_kept:
        assert doubled.source.rows_read == whole.source.rows_read + 1
    if whole.source.rows_kept and whole.source.kind != "settlement":
        assert doubled.problems[-1].row == len(lines) + 1


@each_sample(TEXTS)
@pytest.mark.parametrize("encoding", ["utf-16", "utf-8", "gb18030", "cp932", "cp1252", "latin-1"])
def test_a_file_in_another_encoding_gives_the_same_or_a_problem(
    tmp_path: Path, sample: Path, encoding: str
) -> None:
    text = "".join(lines_of(sample))
    try:
        content = text.encode(encoding)
    except UnicodeEncodeError:
        content = text.encode(encoding, "replace")
    whole = whole_reading(sample)
    other = read(tmp_path, content, sample.suffix)

    assert other.problems or other.unrecognised or other.totals == whole.totals


@each_sample(TEXTS)
def test_a_file_with_a_null_byte_is_refused(tmp_path: Path, sample: Path) -> None:
    content = sample.read_bytes()
    middle = len(content) // 2

    reading = read(tmp_path, content[:middle] + b"\0" + content[middle:], sample.suffix)

    assert (reading.facts, "not readable text" in reading.problems[0].translate()) == (
        (),
        True,
    )


@each_sample(TEXTS)
def test_a_field_of_ten_megabytes_is_not_quoted_in_full(tmp_path: Path, sample: Path) -> None:
    lines = lines_of(sample)
    cells = lines[-1].rstrip("\r\n").split(separator(sample))

    at = len(cells) // 2
    long = [*cells[:at], "9" * 10_000_000, *cells[at + 1 :]]
    read(tmp_path, encoded(sample, [*lines, separator(sample).join(long)]), sample.suffix)


@each_sample(TEXTS)
@pytest.mark.parametrize(
    "cell",
    [
        '=HYPERLINK("http://127.0.0.1/?x="&A1,"open")',
        "=1+1|cmd",
        "@SUM(1+1)*cmd|' /C calc'!A0",
        "+1+1",
        ESCAPE,
        "1" * 400,
        "1e309",
        "-inf",
        "NaN",
        "[bold red]x[/]",
        "{cell}",
    ],
    ids=lambda each: repr(each[:12]),
)
def test_no_cell_is_evaluated_or_interpreted(tmp_path: Path, sample: Path, cell: str) -> None:
    lines = lines_of(sample)
    mark = separator(sample)
    count = lines[header_at(sample)].count(mark) + 1
    quoted = cell if mark == "\t" else '"' + cell.replace('"', '""') + '"'
    whole = whole_reading(sample)

    reading = read(
        tmp_path, encoded(sample, [*lines, mark.join([quoted] * count), "\n"]), sample.suffix
    )

    assert reading.totals == whole.totals


@each_sample(TEXTS)
def test_escape_sequences_in_a_header_are_not_shown(tmp_path: Path, sample: Path) -> None:
    lines = lines_of(sample)
    at = header_at(sample)
    mark = separator(sample)
    odd = '"' + ESCAPE.replace("\r", "") + 'column"'
    lines = [
        line.rstrip("\r\n") + (mark + (odd if n == at else "")) + "\n"
        for n, line in enumerate(lines)
    ]

    read(tmp_path, encoded(sample, lines), sample.suffix)


@each_sample(TEXTS)
def test_two_decimal_styles_are_never_read_as_one(tmp_path: Path, sample: Path) -> None:
    lines = lines_of(sample)
    mark = separator(sample)
    turn = str.maketrans(",.", ".,") if mark != "," else str.maketrans(".", "·")
    turned = [line.translate(turn) for line in lines[header_at(sample) + 1 :]]
    whole = whole_reading(sample)

    reading = read(tmp_path, encoded(sample, lines + turned), sample.suffix)

    twice = [2 * each.amount for each in whole.totals]
    assert reading.problems or [each.amount for each in reading.totals] == pytest.approx(twice)


@each_sample(BOOKS)
def test_a_workbook_with_any_byte_flipped_never_raises(tmp_path: Path, sample: Path) -> None:
    content = bytearray(sample.read_bytes())
    for at in range(0, len(content), max(1, len(content) // 150)):
        content[at] ^= 0xFF
        read(tmp_path, bytes(content), ".xlsx")
        content[at] ^= 0xFF


@each_sample(BOOKS)
def test_formulas_of_a_workbook_are_not_evaluated(tmp_path: Path, sample: Path) -> None:
    book = openpyxl.load_workbook(sample)
    sheet = book.active
    count = sheet.max_column
    whole = whole_reading(sample)
    sheet.append(['=HYPERLINK("http://127.0.0.1","open")'] * count)
    sheet.append(["=1+1"] * count)
    kept = io.BytesIO()
    book.save(kept)

    assert read(tmp_path, kept.getvalue(), ".xlsx").totals == whole.totals


def _bomb(said_size: int) -> bytes:
    """Build a workbook with a sheet that unpacks to 600 MB, though its directory says otherwise."""
    kept = io.BytesIO()
    with (
        zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as package,
        zipfile.ZipFile(BOOKS[0]) as honest,
    ):
        for each in honest.infolist():
            with package.open(each.filename, "w", force_zip64=False) as entry:
                entry.write(honest.read(each))
                if "sheet1" in each.filename:
                    for _ in range(600):
                        entry.write(b" " * (1 << 20))
    content = kept.getvalue()
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        real = next(each.file_size for each in package.infolist() if "sheet1" in each.filename)
    return content.replace(real.to_bytes(4, "little"), said_size.to_bytes(4, "little"))


def test_a_zip_bomb_with_a_wrong_size_is_not_unpacked(tmp_path: Path) -> None:
    reading = read(tmp_path, _bomb(4096), ".xlsx")

    assert reading.facts == ()


def test_escape_sequences_in_a_file_name_are_not_shown(tmp_path: Path) -> None:
    name = "US_\x1b[2J\x07_2026-W47.csv"
    (tmp_path / name).write_bytes(TEXTS[0].read_bytes())

    data = read_folder(tmp_path)

    said: list[Diagnostic] = list(data.problems)
    assert "\x1b" not in "".join(each.translate() for each in said)
    assert all("\x1b" not in source.file for source in data.sources)


def test_a_folder_or_a_pipe_named_like_a_report_is_reported_without_waiting(
    tmp_path: Path,
) -> None:
    (tmp_path / "US_2026-W47.csv").mkdir()
    os.mkfifo(tmp_path / "DE_2026-W47.csv")

    data = read_folder(tmp_path)

    assert {each.file for each in data.problems} == {"US_2026-W47.csv", "DE_2026-W47.csv"}
    assert data.facts == ()
