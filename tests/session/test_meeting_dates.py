"""What the lobby says of the meeting's day, of the files' age, and of a week that is not over."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from facilitator.adapters.reports.marketplaces import zone_of
from facilitator.domain.agenda import Agenda, DataPlan, ReportSlot
from facilitator.domain.kpis.facts import Marketplace, Source
from facilitator.domain.unfinished_week import UnfinishedWeek, find_unfinished_week
from facilitator.session.readiness import readiness_checks
from facilitator.session.readiness_check import Readiness, ReadinessCheck
from tests.factories import ON, STARTS, agenda, carried, scorecard

US, UK, JP = Marketplace("US"), Marketplace("UK"), Marketplace("JP")
SHANGHAI = ZoneInfo("Asia/Shanghai")


def checks(
    prepared: Agenda, on: date = ON, unfinished: UnfinishedWeek | None = None
) -> dict[str, ReadinessCheck]:
    sources = (
        Source(
            file="US/returns.txt",
            kind="returns",
            first_day=date(2026, 11, 16),
            last_day=date(2026, 11, 22),
            rows_kept=3,
            marketplaces=(US,),
        ),
    )
    card = replace(scorecard(), sources=sources)
    found = readiness_checks(prepared, (), card, carried(), on, unfinished)
    return {str(each.title): each for each in found}


def test_a_start_in_the_past_is_told_with_what_to_do() -> None:
    told = checks(agenda(), ON + timedelta(days=1))["Planned day"]

    assert told.readiness is Readiness.WARNING
    assert told.translate() == "2026-11-23 has passed: set `starts` in the agenda to the new day"
    assert "Planned day" not in checks(agenda())
    assert "Planned day" not in checks(agenda(), ON - timedelta(days=3))


@pytest.mark.parametrize(
    ("meets", "on", "days"),
    [
        (ON + timedelta(days=7), ON, 8),  # next Monday
        (ON, ON + timedelta(days=9), 10),  # that day has passed: the meeting is today
    ],
)
def test_the_age_of_a_file_is_counted_to_the_meeting(meets: date, on: date, days: int) -> None:
    starts = datetime.combine(meets, STARTS.timetz())
    plan = DataPlan(reports=(ReportSlot(kind="returns", max_age_days=7),))

    told = checks(replace(agenda(starts=starts), data=plan), on)["Customer Returns"]

    assert told.readiness is Readiness.WARNING
    assert f"ends on 2026-11-22, {days} days before the meeting" in told.translate()


def unfinished(at: datetime, zone: str = "", *places: Marketplace) -> UnfinishedWeek | None:
    prepared = replace(agenda(), data=DataPlan(timezone=zone))
    return find_unfinished_week(prepared, at, places, zone_of)


def monday(hour: int) -> datetime:
    return datetime(2026, 11, 23, hour, tzinfo=SHANGHAI).astimezone(UTC)


def test_a_monday_morning_in_shanghai_names_the_shops_whose_sunday_is_not_over() -> None:
    found = unfinished(monday(10), "", US, UK, JP)

    assert found is not None
    told = checks(agenda(), unfinished=found)["Week"]
    assert told.readiness is Readiness.WARNING
    assert told.translate() == (
        "2026-11-16 – 2026-11-22 is not over in US until 2026-11-23 16:00, so its last hours are "
        "missing: export again after that"
    )


@pytest.mark.parametrize(("hour", "places"), [(7, (US, UK)), (8, (US,)), (15, (US,)), (16, None)])
def test_a_shop_is_named_until_its_own_midnight(
    hour: int, places: tuple[Marketplace, ...] | None
) -> None:
    found = unfinished(monday(hour), "", US, UK, JP)

    assert (found and found.marketplaces) == places


def test_the_week_before_is_under_review_until_the_week_is_over_for_the_data() -> None:
    prepared = replace(agenda(), data=DataPlan(timezone="America/Los_Angeles"))
    found = unfinished(monday(10), "America/Los_Angeles", US)

    assert found is not None
    assert checks(prepared, unfinished=found)["Week"].translate() == (
        "2026-11-16 – 2026-11-22 is not over in America/Los_Angeles until 2026-11-23 16:00, so the "
        "week before is under review: reload after that"
    )
    assert unfinished(monday(17), "America/Los_Angeles", US) is None


def test_a_marketplace_without_a_known_zone_is_passed_over() -> None:
    assert unfinished(monday(1), "", Marketplace("XX")) is None


@pytest.mark.parametrize(
    ("zone", "start", "real"),
    [
        ("Europe/Berlin", "2027-03-28 02:30", "03:30"),
        ("America/New_York", "2027-03-14 02:30", "03:30"),
        ("Australia/Lord_Howe", "2026-10-04 02:15", "02:45"),
    ],
)
def test_a_start_that_does_not_exist_is_told_with_the_one_it_is_taken_for(
    zone: str, start: str, real: str
) -> None:
    starts = datetime.fromisoformat(start).replace(tzinfo=ZoneInfo(zone))

    told = checks(agenda(starts=starts), starts.date())["Start time"]

    assert told.readiness is Readiness.WARNING
    assert told.translate() == (
        f"{start[11:]} does not exist on {start[:10]}: the clocks go forward in that night. "
        f"The meeting is taken to start at {real}. Change `starts` in the agenda."
    )


@pytest.mark.parametrize("hour", [1, 2, 3])
def test_a_start_that_comes_once_or_twice_is_no_problem(hour: int) -> None:
    for day in (date(2027, 3, 29), date(2026, 10, 25)):
        starts = datetime.combine(day, time(hour, 30, tzinfo=ZoneInfo("Europe/Berlin")))
        assert "Start time" not in checks(agenda(starts=starts), starts.date())
