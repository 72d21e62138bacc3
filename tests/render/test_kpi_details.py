"""Details of a KPI: weeks, sums, movers and sources."""

from datetime import date

from msgspec.structs import replace

from facilitator.domain.kpis.facts import ALL, Currency, Marketplace, Source
from facilitator.domain.kpis.movers import Mover, Ratio
from facilitator.domain.kpis.scorecard import Reading
from facilitator.render.kpi_details import (
    formula_text,
    mover_row,
    reading_occasions,
    source_line,
    week_line,
)
from facilitator.render.language import Language
from tests.scorecard_factories import WEEK, definition, occasion, total_series

READING = Reading(
    week_end=WEEK.end,
    value=22.6,
    numerator=1556.65,
    denominator=6891.2,
    currency=Currency("USD"),
)
ACOS = definition("acos", "ACoS")


def _plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_a_week_shows_its_value_and_its_sums(english: Language) -> None:
    assert _plain(week_line(READING, ACOS, (), english)) == (
        "Week to Sun 22 Nov · 22.6 % · 1,556.65 ÷ 6,891.20 USD"
    )


def test_a_week_shows_that_it_is_partial_remembered_or_an_occasion(english: Language) -> None:
    reading = replace(READING, is_partial=True, is_remembered=True, numerator=None)

    assert _plain(week_line(reading, ACOS, (occasion(0),), english)) == (
        "Week to Sun 22 Nov · 22.6 % · incomplete week · as recorded at a past meeting · Prime Day"
    )


def test_a_week_without_a_value_shows_what_is_missing(english: Language) -> None:
    reading = Reading(week_end=WEEK.end, value=None, missing=("zero:ad_clicks",))

    assert week_line(reading, ACOS, (), english) == "Week to Sun 22 Nov · ad clicks came to 0"


def test_an_occasion_is_shown_for_every_week_that_a_reading_covers() -> None:
    month = replace(ACOS, weeks=4)
    sales = (occasion(2),)

    assert reading_occasions(READING, month, ALL, sales) == sales
    assert reading_occasions(READING, ACOS, ALL, sales) == ()


def test_an_occasion_of_one_marketplace_is_not_shown_for_another() -> None:
    german = (replace(occasion(0), marketplaces=(Marketplace("DE"),)),)

    assert reading_occasions(READING, ACOS, Marketplace("US"), german) == ()
    assert reading_occasions(READING, ACOS, Marketplace("DE"), german) == german
    assert reading_occasions(READING, ACOS, ALL, german) == german


def test_the_formula_of_a_kpi_is_shown_in_words(english: Language) -> None:
    organic = replace(ACOS, numerator=("order_items", "-ad_orders"), denominator=("order_items",))

    assert formula_text(organic, english) == "(order items − ad orders) ÷ order items"


def test_a_mover_shows_its_effect_its_value_and_both_sums(english: Language) -> None:
    mover = Mover(
        dimension="campaign",
        name="Broad",
        marketplace=Marketplace("DE"),
        now=Ratio(numerator=820.1, denominator=2000),
        before=Ratio(numerator=410, denominator=0),
        effect=1.83,
    )
    cells = [_plain(cell) for cell in mover_row(mover, total_series(1, 2), ACOS, english)]

    assert cells == ["Broad · DE", "+1.8 pp", "– → 41.0 %", "410 ÷ 0 → 820.10 ÷ 2,000"]


def test_a_source_shows_its_days_its_rows_and_its_hash(english: Language) -> None:
    source = Source(
        file="US/search-term.csv",
        kind="search-term",
        title="Search Term Report",
        sha256="51d0c3b2a1f00e77",
        first_day=date(2026, 11, 16),
        last_day=date(2026, 11, 22),
        rows_read=3214,
        rows_kept=3201,
    )

    assert _plain(source_line(source, english)) == (
        "US/search-term.csv · Search Term Report · 16–22 Nov · 3,201 of 3,214 rows"
        " · sha256 51d0c3b2a1f0"
    )
