"""Rows with more or fewer cells than the header are found, wherever cells may hold what."""

from pathlib import Path

import pytest

from facilitator.adapters.reports.shifted_cells import odd_rows
from facilitator.adapters.reports.sniff import Layout, fingerprint

SOUND = "2026-11-16,Press,10,$20.00\n"


def found_in(tmp_path: Path, text: str, delimiter: str = ",", width: int = 4) -> tuple[int, ...]:
    file = tmp_path / "report.csv"
    file.write_text(text, encoding="utf-8", newline="")
    layout = Layout(match=None, header_row=0, delimiter=delimiter)
    return odd_rows(file, layout, width, fingerprint(file))


def test_no_row_is_odd_where_all_have_the_width_of_the_header(tmp_path: Path):
    assert found_in(tmp_path, "day,name,units,sales\n" + 3 * SOUND) == ()


@pytest.mark.parametrize(
    "row", ["2026-11-17,10,$20.00\n", "2026-11-17,Press,4,900,$20.00\n", "2026-11-17;Press;10;$2\n"]
)
def test_a_row_that_lost_or_gained_a_cell_is_found(tmp_path: Path, row: str):
    assert found_in(tmp_path, "day,name,units,sales\n" + SOUND + row + 2 * SOUND) == (3,)


def test_a_row_that_gained_a_blank_cell_is_found(tmp_path: Path):
    row = "2026-11-17,,Press,10,\n"

    assert found_in(tmp_path, "day,name,units,sales\n" + SOUND + row + SOUND) == (3,)


def test_delimiters_within_quotes_are_no_ends_of_cells(tmp_path: Path):
    row = '2026-11-17,"Press, ""large""","1,100","$20,000.00"\n'

    assert found_in(tmp_path, "day,name,units,sales\n" + SOUND + 2 * row) == ()
    assert found_in(tmp_path, "day,name,units,sales\n" + SOUND + row + "a,b\n") == (4,)


def test_a_cell_may_go_on_in_the_next_line(tmp_path: Path):
    row = '2026-11-17,"Press,\nlarge",10,$20.00\n'

    assert found_in(tmp_path, "day,name,units,sales\n" + row + SOUND) == ()
    assert found_in(tmp_path, "day,name,units,sales\n" + row + "a,b\n" + SOUND) == (3,)


def test_a_quotation_mark_in_a_tab_file_is_a_sign_like_others(tmp_path: Path):
    row = '2026-11-17\tNet 8" wide\t10\t20\n'

    assert found_in(tmp_path, "a\tb\tc\td\n" + 3 * row + 'x\t"y\n', "\t") == (5,)


def test_blank_lines_and_a_last_line_without_end_are_not_odd(tmp_path: Path):
    assert found_in(tmp_path, "a,b,c,d\n" + SOUND + "\n" + SOUND + "\n" + SOUND.strip()) == ()


def test_nothing_is_odd_where_such_rows_are_usual(tmp_path: Path):
    without_blank_ends = "2026-11-17,Press,10\n"

    assert found_in(tmp_path, "a,b,c,d\n" + 3 * (SOUND + without_blank_ends)) == ()
