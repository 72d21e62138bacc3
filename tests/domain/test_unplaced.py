"""Amounts that no KPI week gets."""

from datetime import date

from facilitator.domain.kpis.facts import Currency, Fact, LeftOut, Marketplace, Measure, Source
from facilitator.domain.kpis.unplaced import (
    add_left_out,
    unplaced_diagnostics,
    unplaced_facts,
)

SATURDAY = 5


def spend(
    last: str, first: str = "", amount: float = 10.0, rows: int = 1, file: str = "US/ads.csv"
) -> Fact:
    return Fact(
        day=date.fromisoformat(last),
        first_day=date.fromisoformat(first) if first else None,
        marketplace=Marketplace("US"),
        measure=Measure("ad_spend"),
        currency=Currency("USD"),
        amount=amount,
        rows=rows,
        source=file,
    )


WHOLE_WEEK = spend("2026-11-22", "2026-11-16")
SUNDAY_TO_SATURDAY = spend("2026-11-21", "2026-11-15")
FOUR_WEEKS = spend("2026-11-22", "2026-10-26", 900.0, 3)


def test_a_window_within_one_week_is_placed() -> None:
    facts = [WHOLE_WEEK, spend("2026-11-19"), spend("2026-11-20", "2026-11-19")]

    assert unplaced_facts(facts) == ()


def test_a_window_across_the_end_of_a_week_is_not() -> None:
    facts = [spend("2026-11-22", "2026-11-16", file="whole.csv"), SUNDAY_TO_SATURDAY, FOUR_WEEKS]

    assert unplaced_facts(facts) == (SUNDAY_TO_SATURDAY, FOUR_WEEKS)
    assert unplaced_facts(facts[:2], SATURDAY) == tuple(facts[:1])


def test_what_the_same_file_tells_of_a_week_that_a_window_touches_is_a_remnant() -> None:
    day, other_week = spend("2026-11-18"), spend("2026-11-23")
    other_file = spend("2026-11-18", file="US/more.csv")

    found = unplaced_facts([FOUR_WEEKS, day, other_week, other_file])

    assert found == (FOUR_WEEKS, day)


def test_a_source_says_what_no_week_got() -> None:
    facts = (FOUR_WEEKS, spend("2026-11-22", "2026-11-14", 5.0))
    sources = (Source(file="US/ads.csv", kind="campaign"), Source(file="DE/ads.csv", kind="x"))

    ads, other = add_left_out(sources, facts)

    assert other == sources[1]
    assert ads.left_out == (
        LeftOut(
            measure=Measure("ad_spend"),
            currency=Currency("USD"),
            amount=905.0,
            rows=4,
            reason="unplaced",
        ),
    )


def test_a_file_with_long_windows_is_told_once_with_rows_and_money() -> None:
    (told,) = unplaced_diagnostics([FOUR_WEEKS, spend("2026-11-22", "2026-11-14", 5.0)])

    assert (told.file, told.rows, told.amount, told.currency) == ("US/ads.csv", 4, 905.0, "USD")
    assert told.translate() == (
        "US/ads.csv: Some rows reach across KPI weeks, so this file counts for no week from "
        "2026-10-26 to 2026-11-22. Not counted: 905.00 USD, rows: 4. Export it by day "
        "(time unit “Daily”), or each KPI week in a file of its own."
    )


def test_weeks_that_all_end_on_another_weekday_may_be_those_of_the_agenda() -> None:
    (told,) = unplaced_diagnostics([SUNDAY_TO_SATURDAY, spend("2026-11-14", "2026-11-08")])

    assert 'set `week_ends_on = "saturday"` under [data]' in told.translate()
