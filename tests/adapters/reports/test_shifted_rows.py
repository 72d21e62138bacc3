"""A row that an unquoted `4,900` moved is found by a cell in the column beside its own."""

import polars as pl

from facilitator.adapters.reports.shifted_cells import guard_of

HEADER = ("day", "sku", "available", "sell-through", "sold", "alert", "note")
SOUND = ("2026-11-16", "S1", "120", "5.00%", "12", "", "")


def moved(*rows: tuple[str, ...]) -> list[bool]:
    below = (SOUND, SOUND, *rows)
    guard = guard_of((*below, SOUND, SOUND), len(HEADER))
    assert guard is not None
    column = pl.DataFrame({"cell": [row[guard.position] for row in below]})
    return column.select(guard.is_moved(pl.col("cell"))).to_series().to_list()


def test_a_percent_in_the_column_beside_its_own_shows_that_the_row_moved():
    shifted = ("2026-11-16", "S1", "4", "900", "5.00%", "12", "")

    assert moved(SOUND, SOUND, shifted) == [False, False, False, False, True]


def test_sound_rows_with_blank_and_zero_cells_have_not_moved():
    rows = [("2026-11-16", "S1", "0", "", "0", "", ""), ("2026-11-16", "S1", "", "0%", "", "", "x")]

    assert not any(moved(SOUND, *rows))


def test_the_column_furthest_to_the_right_guards():
    below = [("2026-11-16", "1", "$5.00", "7", "2026-11-15", "8")] * 3

    guard = guard_of(below, 6)

    assert guard is not None
    assert guard.position == 5


def test_plain_numbers_and_texts_do_not_guard():
    assert guard_of([("a", "1", "2", "b")] * 3, 4) is None


def test_two_columns_of_one_sort_do_not_guard_each_other():
    assert guard_of([("2026-11-16", "2026-11-17")] * 3, 2) is None


def test_a_moved_row_among_the_first_ones_does_not_hide_the_guard():
    shifted = ("2026-11-16", "S1", "4", "900", "5.00%", "12", "")

    assert guard_of([SOUND, shifted, SOUND, SOUND], len(HEADER)) is not None


def test_two_rows_say_too_little():
    assert guard_of([("2026-11-16", "1")] * 2, 2) is None
