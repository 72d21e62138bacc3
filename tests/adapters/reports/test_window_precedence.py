"""Windows of several days beside days that are told one by one."""

from datetime import date

import pytest
from msgspec.structs import replace

from facilitator.adapters.reports import FileReading
from facilitator.adapters.reports.report_types import packaged_report_types
from facilitator.adapters.reports.source_precedence import ReconciledFacts, reconcile
from facilitator.domain.kpis.disagreement import describe_disagreement
from facilitator.domain.kpis.facts import Currency, Fact, Marketplace, Measure, Source
from tests.adapters.reports.row_frames import november

SALES = Measure("ad_sales")
Amount = tuple[int, int, float]
"""First and last day of November, and the amount."""

WEEK = [(day, day, 10.0) for day in range(16, 23)]
FOUR_WEEKS = (-4, 22, 280.0)


def reading(file: str, kind: str, *amounts: Amount, product: str = "") -> FileReading:
    facts = tuple(
        Fact(
            day=november(last),
            first_day=november(first) if first < last else None,
            marketplace=Marketplace("US"),
            measure=SALES,
            amount=amount,
            currency=Currency("USD"),
            source=file,
            product=product,
        )
        for first, last, amount in amounts
    )
    return FileReading(source=Source(file=file, kind=kind), facts=facts)


def chosen(*readings: FileReading, week_ends_on: int = 6) -> ReconciledFacts:
    return reconcile(readings, packaged_report_types(), week_ends_on=week_ends_on)


def kept(reconciled: ReconciledFacts) -> dict[str, float]:
    sums: dict[str, float] = {}
    for fact in reconciled.facts:
        sums[fact.source] = sums.get(fact.source, 0) + fact.amount
    return sums


def test_a_window_whose_days_another_file_tells_is_only_compared_with_them() -> None:
    found = chosen(reading("week", "campaign", (16, 22, 90.0)), reading("days", "campaign", *WEEK))

    assert kept(found) == {"days": 70}
    assert [each.translate() for each in found.problems] == [
        "week: days has figures by day for the same time, so it was used instead."
    ]
    (difference,) = found.disagreements
    assert (difference.believed.files, difference.other.files) == (("days",), ("week",))
    assert (difference.believed.amount, difference.other.amount) == (70, 90)
    said = describe_disagreement(difference).translate()
    assert said.endswith("week says 90.00 USD. days is used, as it tells the days one by one.")


def test_a_window_that_says_the_same_as_its_days_is_no_disagreement() -> None:
    found = chosen(reading("week", "campaign", (16, 22, 70.0)), reading("days", "campaign", *WEEK))

    assert (kept(found), found.disagreements) == ({"days": 70}, ())


@pytest.mark.parametrize("kind", ["search-term", "campaign", "advertised-product"])
@pytest.mark.parametrize("last", [22, 24])
def test_a_long_window_yields_to_files_that_tell_the_last_of_its_weeks(
    kind: str, last: int
) -> None:
    summary = reading("summary", "campaign", (-4, last, 280.0), (17, 19, 5.0))

    found = chosen(summary, reading("days", kind, *WEEK))

    assert kept(found) == {"days": 70}


def test_a_long_window_is_kept_where_its_last_week_is_not_told_by_others() -> None:
    summary = reading("summary", "campaign", FOUR_WEEKS, (10, 12, 5.0))
    days = reading("days", "campaign", *[(day, day, 10.0) for day in range(9, 19)])

    found = chosen(summary, days)

    assert kept(found) == {"summary": 285, "days": 100}
    assert found.problems == ()


def test_weeks_that_end_on_another_weekday_yield_to_the_days_of_the_agenda_week() -> None:
    weeks = reading("weeks", "business", (1, 7, 70.0), (8, 14, 70.0), (15, 21, 70.0))

    assert kept(chosen(weeks, reading("days", "business", *WEEK))) == {"days": 70}


def test_a_window_inside_the_week_of_the_agenda_is_counted_as_before() -> None:
    sunday_week = reading("week", "campaign", (15, 21, 70.0))
    days = reading("days", "search-term", *[(day, day, 9.0) for day in range(15, 22)])

    assert kept(chosen(sunday_week, days, week_ends_on=5)) == {"week": 70}
    assert kept(chosen(sunday_week, days, week_ends_on=6)) == {"days": 63}


def test_a_window_of_one_ad_product_does_not_yield_to_days_of_another() -> None:
    found = chosen(
        reading("week", "campaign", (16, 22, 90.0), product="Sponsored Brands"),
        reading("days", "campaign", *WEEK, product="Sponsored Products"),
    )

    assert kept(found) == {"week": 90, "days": 70}


def test_of_two_exports_whose_days_overlap_only_the_later_is_used() -> None:
    earlier = reading("earlier", "campaign", (-4, 22, 280.0), (-4, 8, 5.0))
    later = reading("later", "campaign", (3, 29, 300.0))
    before = reading("before", "campaign", (-30, -8, 100.0))
    beside = reading("beside", "campaign", (3, 29, 40.0))
    brands = reading("brands", "campaign", (-4, 22, 9.0), product="Sponsored Brands")

    found = chosen(earlier, later, before, beside, brands)

    assert kept(found) == {"later": 300, "before": 100, "beside": 40, "brands": 9}
    assert [each.translate() for each in found.problems] == [
        "earlier: later has later days and some of the same ones, so only that file was used."
    ]


def test_a_window_up_to_the_last_day_of_all_is_no_trouble() -> None:
    window = reading("window", "campaign", (1, 40, 5.0))
    endless = replace(window, facts=(replace(window.facts[0], day=date.max),))

    assert kept(chosen(endless)) == {"window": 5}
