"""The sample is prepared for today: its dates are shifted by whole weeks."""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from facilitator.adapters.agenda_file import read_agenda
from facilitator.adapters.reports.marketplaces import zone_of
from facilitator.cli.demo.sample import (
    DateShift,
    copy_with_dates_shifted,
    date_shift_to,
    load_sample_agenda,
    sample_agendas_folder,
)
from facilitator.cli.local_timezone import local_timezone
from facilitator.domain.agenda import Agenda
from facilitator.domain.kpis.kpi import last_full_week

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = date(2026, 11, 23)
DAY = re.compile(r"\d{4}-\d\d-\d\d")


def sample() -> Agenda:
    return load_sample_agenda(sample_agendas_folder())


def at(day: date, hour: int = 14, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, 31, tzinfo=BERLIN)


@pytest.mark.parametrize("later", range(8))
def test_on_any_weekday_the_data_end_on_the_last_sunday_before_today(later):
    today = date(2027, 3, 1) + timedelta(days=later)

    last = date(2026, 11, 22) + date_shift_to(at(today), sample()).by

    assert last.weekday() == 6
    assert timedelta(0) < today - last <= timedelta(days=7)


def test_the_meeting_begins_now_even_if_the_time_zone_has_no_name():
    now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

    starts = date_shift_to(now, sample()).starts

    assert (starts, starts.tzinfo) == (now, ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(("hour", "weeks"), [(10, 0), (17, 1)])
def test_the_last_week_is_over_when_it_is_over_for_the_data(hour, weeks):
    monday = datetime(2026, 11, 30, hour, tzinfo=ZoneInfo("Asia/Shanghai"))

    shift = date_shift_to(monday, sample())

    assert shift.by == timedelta(weeks=weeks)
    assert date(2026, 11, 22) + shift.by == last_full_week(sample().data_day_of(monday)).end


def test_the_sample_meets_once_its_week_is_over_in_every_shop():
    meeting, zones = sample(), map(zone_of, sample().data.marketplaces)

    days = {meeting.starts.astimezone(ZoneInfo(str(zone))).date() for zone in zones}

    assert days == {meeting.starts.date()} == {meeting.data_day_of(meeting.starts)}


def test_on_the_samples_own_day_nothing_moves():
    assert date_shift_to(at(MONDAY), sample()).by == timedelta(0)


@pytest.mark.parametrize(("minute", "begun"), [(0, 0), (4, 0), (5, 5), (59, 55)])
def test_the_meeting_begins_at_the_last_full_five_minutes(minute, begun):
    assert date_shift_to(at(MONDAY, 9, minute), sample()).starts == datetime(
        2026, 11, 23, 9, begun, tzinfo=BERLIN
    )


def test_every_date_in_the_files_and_their_names_moves_alike(tmp_path):
    source = sample_agendas_folder() / "weekly" / "data"
    by = timedelta(weeks=17)

    copy_with_dates_shifted(source, tmp_path / "copy", DateShift(by=by, starts=at(MONDAY)))

    copies = {file.name for file in (tmp_path / "copy").rglob("*") if file.is_file()}
    files = (file for file in source.rglob("*") if file.is_file())
    before = sorted(file for file in files if file.parent.name != ".facts")
    assert len(copies) > 5
    for file in before:
        name = DAY.sub(lambda day: str(date.fromisoformat(day[0]) + by), file.name)
        copy = tmp_path / "copy" / file.relative_to(source).with_name(name)
        dates = [date.fromisoformat(day) for day in DAY.findall(file.read_text("utf-8"))]
        moved = [date.fromisoformat(day) for day in DAY.findall(copy.read_text("utf-8"))]
        assert moved == [day + by for day in dates]


def test_invalid_dates_and_bytes_that_are_no_text_are_not_changed(tmp_path):
    kept = b"\xef\xbb\xbf\xff\x00 2026-13-40 12026-11-22 2026-11-221 9999-12-31\r\n"
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "odd.csv").write_bytes(kept + b"2026-11-22")

    copy_with_dates_shifted(
        tmp_path / "source", tmp_path / "copy", DateShift(by=timedelta(weeks=1), starts=at(MONDAY))
    )

    assert (tmp_path / "copy" / "odd.csv").read_bytes() == kept + b"2026-11-29"


def test_the_cache_of_reports_is_not_copied(tmp_path):
    hidden = tmp_path / "source" / "data" / ".facts"
    hidden.mkdir(parents=True)
    (hidden / "kept.msgpack").write_bytes(b"\x852026-11-22")
    (tmp_path / "source" / "odd.csv").write_bytes(b"")

    copy_with_dates_shifted(
        tmp_path / "source", tmp_path / "copy", DateShift(by=timedelta(weeks=1), starts=at(MONDAY))
    )

    assert [each.name for each in (tmp_path / "copy").rglob("*")] == ["odd.csv"]


@pytest.mark.parametrize("name", ["weekly", "weekly-zh"])
def test_the_copied_agenda_is_valid_and_begins_now_in_the_local_time_zone(tmp_path, name):
    now = at(date(2027, 5, 7), 16, 3)

    home = tmp_path / "agendas" / name

    copy_with_dates_shifted(sample_agendas_folder() / name, home, date_shift_to(now, sample()))

    agenda, _problems = read_agenda(home / "agenda.toml")
    assert agenda is not None
    assert agenda.starts == datetime(2027, 5, 7, 16, 0, tzinfo=BERLIN)
    assert agenda.timezone == "Europe/Berlin"
    assert agenda.data.timezone == "America/Los_Angeles"


def test_the_time_zone_is_that_of_the_computer(monkeypatch):
    monkeypatch.setenv("TZ", "America/New_York")
    assert local_timezone() == ZoneInfo("America/New_York")


@pytest.mark.parametrize("odd", ["Nowhere/Land", "../etc/passwd", "EST5EDT,M3.2.0,M11.1.0"])
def test_an_invalid_time_zone_setting_is_ignored(monkeypatch, tmp_path, odd):
    monkeypatch.setenv("TZ", odd)
    monkeypatch.setattr("facilitator.cli.local_timezone.LOCALTIME_FILE", tmp_path / "localtime")
    assert local_timezone() is None
