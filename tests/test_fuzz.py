"""The fuzz run of `make fuzz`: its inputs, and that it finds what it looks for."""

from random import Random

import pytest

from tests.fuzz.__main__ import kept
from tests.fuzz.heavy import HEAVY
from tests.fuzz.mutators import MUTATORS, Claim, Mutation
from tests.fuzz.oracle import FAILURES, Outcome, judge
from tests.fuzz.pairs import PAIRS
from tests.fuzz.seeds import Rows, Seed, load
from tests.fuzz.workers import key_of, mutated, tried

BOOK = "tests/adapters/reports/files/zh_sp_search_term_2023.xlsx"
NAME = "agendas/weekly/data/US/search-term-2026-11-22.csv"


@pytest.fixture(scope="module")
def seed() -> Seed:
    seed = load(NAME)
    assert seed
    return seed


def with_cell(seed: Seed, row: int, header: str, cell: str) -> Rows:
    rows = seed.grid()
    rows[seed.header + row][seed.rows[seed.header].index(header)] = cell
    return rows


def test_every_mutator_gives_a_file_that_is_read_without_a_traceback():
    numbers = range(len([*MUTATORS, *PAIRS]))
    results = [tried(key_of(number, start=1)) for number in numbers]

    ended = [each for each in results if each.verdict.outcome is Outcome.TRACEBACK]
    assert not ended, ended


@pytest.mark.parametrize("mutator", HEAVY)
def test_a_file_that_costs_much_stays_within_the_limits(mutator: str):
    results = [tried(f"{mutator}:{name}:1.{at}") for at, name in enumerate((NAME, BOOK))]

    assert not [each for each in results if each.verdict.outcome in FAILURES]


def test_what_failed_once_does_not_fail_again():
    results = [tried(key) for key in kept()]

    assert not [each for each in results if each.verdict.outcome in FAILURES]


def test_the_same_key_gives_the_same_file():
    key = key_of(3, start=1)

    assert mutated(key) == mutated(key)


def test_a_refused_row_is_told(seed: Seed):
    rows = with_cell(seed, 2, "Clicks", "#REF!")
    mutation = Mutation(content=seed.write(rows), claim=Claim.ROWS, rows=(seed.header + 2,))

    assert judge(seed, mutation).outcome is Outcome.TOLD


def test_a_figure_that_changes_without_a_word_is_found(seed: Seed):
    rows = with_cell(seed, 2, "Clicks", "9")
    mutation = Mutation(content=seed.write(rows), claim=Claim.ROWS, rows=(seed.header + 2,))

    assert judge(seed, mutation).outcome is Outcome.SILENT


def test_rows_in_another_order_say_the_same(seed: Seed):
    mutation = MUTATORS["swapped_lines"](seed, Random(1))

    assert judge(seed, mutation).outcome is Outcome.SAME
