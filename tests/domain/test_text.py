"""What is kept of a text: one policy for files, people and the command line."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.domain.text import one_line, remove_unsafe_characters
from facilitator.domain.text_input import split_parts
from tests.unsafe_text import UNSAFE, unsafe_characters

LINE_ENDS = ("\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029")


def test_every_control_bidi_and_invisible_character_is_removed() -> None:
    left = {
        character: kept
        for character in UNSAFE
        if (kept := remove_unsafe_characters(f"说{character}。end")) != "说。end"
    }

    breaks = dict.fromkeys((*LINE_ENDS, "\n"), "说\n。end")
    assert left == {**breaks, "\t": "说 。end"}


def test_every_other_character_is_kept() -> None:
    removed = set(UNSAFE)
    others = [each for each in map(chr, range(sys.maxunicode + 1)) if each not in removed]
    kept = [each for each in others if unicodedata.category(each) != "Cn"]

    assert remove_unsafe_characters("".join(kept)) == "".join(kept)


@pytest.mark.parametrize("line_end", ["\n", "\r\n", *LINE_ENDS])
def test_every_line_end_parts_lines_or_words(line_end: str) -> None:
    assert remove_unsafe_characters(f"one{line_end}two") == "one\ntwo"
    assert one_line(f" one{line_end}{line_end}two{line_end}") == "one two"


@pytest.mark.parametrize(
    "sequence",
    [
        "\x1b[31m",
        "\x1b[38;5;12m",
        "\x1b[?25l",
        "\x1b[2 q",
        "\x9b31m",
        "\x1b]0;a title\x07",
        "\x1b]8;;https://example.com\x1b\\",
        "\x1b]52;c;cm0gLXJm\x9c",
        "\x9d0;a title\x07",
        "\x1bPq#0;2\x1b\\",
        "\x1b_an application's\x1b\\",
        "\x1b^private\x1b\\",
        "\x1b(B",
        "\x1bc",
        "\x1b7",
        "\x1b",
    ],
    ids=repr,
)
def test_a_terminal_sequence_is_removed_as_a_whole(sequence: str) -> None:
    assert remove_unsafe_characters(f"before {sequence}。after") == "before 。after"


def test_a_sequence_without_an_end_takes_no_more_than_its_line() -> None:
    assert remove_unsafe_characters("a\x1b]0;title\nb") == "a\nb"


def test_letters_read_in_another_encoding_lose_no_letter_beside_them() -> None:
    assert remove_unsafe_characters("Å\x9bwit â\x80\x9dquoted\x9c") == "Åwit â" + "quoted"


@pytest.mark.parametrize(
    "text",
    [
        "👨‍👩‍👧 ❤️‍🔥 👩🏽‍🚀 🏳️‍🌈 🧑‍🦰 🐦‍⬛ 🙂‍↔️",
        "🏴󠁧󠁢󠁳󠁣󠁴󠁿 🏴‍☠️ 🇩🇪 1️⃣",
        "می‌خواهم",
        "क्‍ष র‍্য ශ්‍රී",
        "下周五前完成（A/B 测试）",
        "Zoe\u0308 a\u0301 葛\U000e0100",
        "\u0600١٢ \u06dd",
        "５０％　¥\xa01\u202f000",
    ],
)
def test_letters_marks_and_emoji_survive(text: str) -> None:
    assert remove_unsafe_characters(text) == text


@pytest.mark.parametrize(
    "text", ["\u200dab", "ab\u200c", "a\u200d b", "a\u200d\u200db", "1\u200c2", "\x1b[3m\u200db"]
)
def test_a_joiner_that_joins_nothing_is_removed(text: str) -> None:
    assert not unsafe_characters(remove_unsafe_characters(text))


@given(st.text(st.characters(categories=["Cc", "Cf", "Cs", "Lu", "So", "Mn", "Zl"])))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    kept = remove_unsafe_characters(text)

    assert remove_unsafe_characters(kept) == kept
    assert one_line(one_line(text)) == one_line(text)


@pytest.mark.parametrize(
    ("text", "most", "parts"),
    [
        ("a | b", 3, ["a", "b", ""]),
        ("优惠券跑一周｜订单增长率｜下周五", 3, ["优惠券跑一周", "订单增长率", "下周五"]),
        ("why ｜ fri", 2, ["why", "fri"]),
        ("a|b|c", 2, ["a", "b|c"]),
        ("a|b|c", 0, ["a", "b", "c"]),
        ("", 2, ["", ""]),
    ],
)
def test_a_line_is_split_at_bars_of_either_keyboard(text: str, most: int, parts: list[str]) -> None:
    assert split_parts(text, most) == parts
