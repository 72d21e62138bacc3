"""What is typed arrives whole, in order, where it was meant: a sample of `make typing`."""

import sys
from pathlib import Path

import pytest

from tests.keyboard.entries import entries
from tests.keyboard.sentences import sample, sentences
from tests.keyboard.typist import PACES, Pace, type_entries

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")

IN_ONE_WRITE = next(each for each in PACES if not each.rate)
WITH_STALLS = next(each for each in PACES if each.stall == 0.5)


@pytest.mark.parametrize(("pace", "count"), [(IN_ONE_WRITE, 24), (WITH_STALLS, 6), (PACES[2], 6)])
def test_every_letter_of_every_entry_is_in_the_journal(
    pace: Pace, count: int, tmp_path: Path
) -> None:
    assert type_entries(entries(sample(count)), pace, tmp_path).faults == ()


def test_there_are_two_hundred_sentences_half_of_them_chinese() -> None:
    every = sentences()
    assert len(set(every)) == 200
    assert sum(any("一" <= letter <= "鿿" for letter in text) for text in every) == 100
