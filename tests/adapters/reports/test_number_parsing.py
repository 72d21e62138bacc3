"""Numbers in cells: every style that is written is read, and nothing else is."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.adapters.reports.number_parsing import DecimalMark, find_decimal_mark, parse_number
from facilitator.adapters.reports.report_types import COUNT, MONEY, PERCENT, RANK

SCRIPTS = {
    "ascii": "0123456789",
    "full width": "".join(map(chr, range(0xFF10, 0xFF1A))),
    "arabic": "".join(map(chr, range(0x660, 0x66A))),
    "persian": "".join(map(chr, range(0x6F0, 0x6FA))),
}
POINT_GROUPS = ("", ",", " ", "\u00a0", "\u202f", "\u2009", "'", "’", "\u066c")
COMMA_GROUPS = ("", ".", " ", "\u00a0", "\u202f", "\u2009", "'", "’", "\u066c")
MINUS = ("-{}", "−{}", "{}-", "({})", "- {}", "{} -")
MONEY_SIGNS = (
    "$",
    "US$",
    "CDN$",
    "€",
    "£",
    "R",
    "Rs.",
    "₹",
    "¥",
    "￥",
    "kr",
    "zł",
    "TL",
    "AED",
    "EGP",
)
ARABIC_SIGNS = ("ر.س", "ر.س.\u200f", "\u200fج.م.", "د.إ.")
BESIDE = ("{sign}{number}", "{sign} {number}", "{number}{sign}", "{number}\u00a0{sign}")


def grouped(digits: str, mark: str, *, indian: bool) -> str:
    """Return digits with a mark between their groups of three, or of two above the last three."""
    head, tail = digits[:-3], digits[-3:]
    size = 2 if indian else 3
    groups = [head[max(0, end - size) : end] for end in range(len(head), 0, -size)][::-1]
    return mark.join((*groups, tail))


@given(
    cents=st.integers(0, 10**14),
    decimal=st.sampled_from([".", ","]),
    group=st.integers(0, len(POINT_GROUPS) - 1),
    indian=st.booleans(),
    script=st.sampled_from(sorted(SCRIPTS)),
    minus=st.sampled_from(("{}", *MINUS)),
    sign=st.sampled_from(("", *MONEY_SIGNS, *ARABIC_SIGNS)),
    beside=st.sampled_from(BESIDE),
    arabic_mark=st.booleans(),
)
def test_money_in_every_style_is_read_as_the_number_that_was_written(
    cents: int,
    decimal: DecimalMark,
    group: int,
    indian: bool,
    script: str,
    minus: str,
    sign: str,
    beside: str,
    arabic_mark: bool,
) -> None:
    mark = (POINT_GROUPS if decimal == "." else COMMA_GROUPS)[group]
    whole = grouped(str(cents // 100), mark, indian=indian and mark == ",")
    point = "\u066b" if arabic_mark and mark not in (".", ",") else decimal
    written = f"{whole}{point}{cents % 100:02}"
    written = written.translate(str.maketrans(SCRIPTS["ascii"], SCRIPTS[script]))
    cell = minus.format(beside.format(sign=sign, number=written))

    figure = parse_number(cell, MONEY, decimal)

    assert figure.amount == pytest.approx(-cents / 100 if minus != "{}" else cents / 100)
    assert bool(figure.sign) == bool(sign)


@given(
    count=st.integers(0, 10**12),
    decimal=st.sampled_from([".", ","]),
    group=st.sampled_from(sorted({*POINT_GROUPS, *COMMA_GROUPS})),
    script=st.sampled_from(sorted(SCRIPTS)),
)
def test_a_count_is_read_whatever_groups_its_thousands(
    count: int, decimal: DecimalMark, group: str, script: str
) -> None:
    written = grouped(str(count), group, indian=False)
    cell = written.translate(str.maketrans(SCRIPTS["ascii"], SCRIPTS[script]))

    assert parse_number(cell, COUNT, decimal).amount == count


@pytest.mark.parametrize(
    "cell",
    ["0", "0.0", 0, 0.0, ">306", "> 306", "＞306", ">=100", "-", "–", "N/R", "n/r", "", None],
)
def test_no_rank_is_no_number_and_no_fault(cell: object) -> None:
    figure = parse_number(cell, RANK, ".")

    assert math.isnan(figure.amount)
    assert figure.is_read


@pytest.mark.parametrize("cell", ["-3", -3, "3-", ">", ">x", "3%", "$3", True])
def test_what_is_no_rank_and_no_sign_of_one_is_a_fault(cell: object) -> None:
    assert not parse_number(cell, RANK, ".").is_read


@pytest.mark.parametrize(
    ("cell", "amount", "sign"),
    [
        ("12.50-", -12.5, ""),
        ("12.50 €-", -12.5, "€"),
        ("$12.50 USD", 12.5, "USD"),
        ("-$12.50", -12.5, "$"),
        ("$-12.50", -12.5, "$"),
        ("(12.50)", -12.5, ""),
        ("Rs.201.68", 201.68, "Rs."),
        ("R1 234.50", 1234.5, "R"),
        ("R$ 1,234.50", 1234.5, "R$"),
        ("CDN$ 1,234.50", 1234.5, "CDN$"),
        ("E£12.50", 12.5, "E£"),
        ("1,00,000.50", 100000.5, ""),
        ("\u200f١٬٢٣٤٫٥٠\u00a0ر.س.\u200f", 1234.5, "ر.س."),
    ],
)
def test_money_with_its_sign(cell: str, amount: float, sign: str) -> None:
    figure = parse_number(cell, MONEY, ".")

    assert (figure.amount, figure.sign) == (amount, sign)


@pytest.mark.parametrize(
    "cell",
    [
        "--5",
        "-5-",
        "-+5",
        "(5",
        "5)",
        "12 34",
        "1 2 3",
        "1 234'567",
        "1,23",
        "12,34.5",
        "1.234.567",
        "5%",
        "$5 EUR",
        "5²",
        "①",
        "½",
        "1\u200e2",
        "5 5 USD",
        "x5",
        "1e999",
        True,
        math.inf,
        math.nan,
    ],
)
def test_what_is_no_amount_of_money_is_a_fault(cell: object) -> None:
    assert not parse_number(cell, MONEY, ".").is_read


@pytest.mark.parametrize("cell", ["$5", "5 kr", "5%", "0x5", "1,2,3"])
def test_what_is_no_count_is_a_fault(cell: str) -> None:
    assert not parse_number(cell, COUNT, ".").is_read


@pytest.mark.parametrize(
    ("cell", "amount"), [("5%", 5), ("٥٪", 5), ("5.5 %", 5.5), ("-5%", -5), ("5,5%", 5.5)]
)
def test_a_percent(cell: str, amount: float) -> None:
    figure = parse_number(cell, PERCENT, ".")

    assert (figure.amount, figure.sign) == (amount, "%")


def test_signs_with_points_and_arabic_marks_do_not_decide_the_decimal_style() -> None:
    assert find_decimal_mark(["ر.س. 12,50", "١٢٫٥٠", "12,75-"], ",") == ","
