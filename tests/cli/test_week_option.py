"""The options `--week` of `kpi`, `check` and `inspect`, and `--export` of `kpi`."""

import json
import os
from datetime import date, datetime
from pathlib import Path

import pytest

from facilitator.domain.kpis.kpi import Week, week_of

AGENDA = """title = "Weekly"
series = "weekly"
starts = 2026-11-23T17:00:00
timezone = "Asia/Shanghai"
minutes = 60
language = "en"
currency = "CNY"
notice_hours = 0

[[people]]
id = "boss"
name = "Boss"
role = "owner"
department = "management"
hourly_rate = 80
duties = ["decider", "facilitator", "recorder", "timekeeper"]

[[items]]
id = "focus"
title = "Focus"
kind = "opening"
minutes = 10
lead = "boss"

[data]
folder = "data"
week_ends_on = "{weekday}"
timezone = "America/Los_Angeles"
marketplaces = ["US"]
"""

HEAD = (
    "Date,Currency,Campaign Name,Ad Group Name,Targeting,Match Type,Customer Search Term,"
    "Impressions,Clicks,Spend,7 Day Total Sales,7 Day Total Orders (#)"
)


def ads(*days: tuple[str, float]) -> str:
    rows = (f"{day},USD,C,G,kw,EXACT,mug,1000,50,{spend:.2f},100.00,4" for day, spend in days)
    return "\n".join([HEAD, *rows, ""])


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    home = tmp_path / "agendas" / "weekly"
    (home / "data" / "US").mkdir(parents=True)
    (home / "agenda.toml").write_text(AGENDA.format(weekday="sunday"), encoding="utf-8")
    text = ads(("2026-11-13", 10), ("2026-11-18", 20), ("2026-11-25", 30))
    (home / "data" / "US" / "search-terms.csv").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("day", "spend"), [("2026-11-15", 10), ("2026-11-22", 20), ("2026-11-29", 30)]
)
def test_kpi_shows_the_week_that_ends_on_a_day(run, workspace, day, spend):
    told = json.loads(run("kpi", "weekly", "--week", day, "--json", at=workspace).out)

    assert told["week_end"] == day
    acos = next(
        each for each in told["kpis"] if (each["kpi"], each["marketplace"]) == ("acos", "ALL")
    )
    assert acos["numerator"] == spend


def test_the_year_is_told_as_of_that_week(run, workspace):
    told = json.loads(run("kpi", "weekly", "--year", "--week", "2026-11-15", "--json").out)

    assert {each["weeks"][-1]["last_day"] for each in told["kpis"]} == {"2026-11-15"}


@pytest.mark.parametrize("command", ["kpi", "check"])
def test_a_day_within_a_week_is_refused_with_the_week_that_it_lies_in(run, workspace, command):
    printed = run(command, "weekly", "--week", "2026-11-18")

    assert printed.code == 1
    assert "It lies in the week 2026-11-16 – 2026-11-22: use --week 2026-11-22." in printed.err


def test_weeks_end_on_the_weekday_of_the_agenda(run, workspace):
    home = workspace / "agendas" / "weekly"
    (home / "agenda.toml").write_text(AGENDA.format(weekday="saturday"), encoding="utf-8")

    assert "15–21 Nov" in run("kpi", "weekly", "--week", "2026-11-21").out
    assert "use --week 2026-11-28" in run("kpi", "weekly", "--week", "2026-11-22").err
    file = home / "data" / "US" / "search-terms.csv"
    assert "use --week 2026-11-28" in run("inspect", file, "--week", "2026-11-22").err


def test_weeks_end_on_sunday_for_a_file_without_an_agenda(run, tmp_path):
    file = tmp_path / "search-terms_US.csv"
    file.write_text(ads(("2026-11-18", 20)), encoding="utf-8")

    assert run("inspect", file, "--week", "2026-11-22").code == 0
    assert "use --week 2026-11-22" in run("inspect", file, "--week", "2026-11-21").err


def test_text_that_is_not_a_day_is_refused(run, workspace):
    printed = run("kpi", "weekly", "--week", "last")

    assert printed.code == 2
    assert "--week: “last” is not a day such as 2026-11-22" in printed.err


@pytest.mark.parametrize("ends_on", range(7))
def test_every_day_lies_in_one_week(ends_on):
    for day in (date(2026, 11, number) for number in range(1, 15)):
        week = week_of(day, ends_on)
        assert day in week
        assert week.end.weekday() == ends_on
    assert week_of(date(2026, 11, 22)) == Week(end=date(2026, 11, 22))


def test_the_weeks_are_exported_beside_the_answer(run, workspace):
    file = workspace / "weeks.csv"

    printed = run("kpi", "weekly", "--week", "2026-11-22", "--export", file, "--json")

    assert json.loads(printed.out)["week_end"] == "2026-11-22"
    assert f"The weeks are in {file}." in printed.err
    assert "2026-11-16,2026-11-22,acos,ACoS,US," in file.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("name", ["weeks.ods", "agendas/weekly/agenda.toml"])
def test_a_file_that_cannot_be_exported_to_is_refused_first(run, workspace, name):
    file = workspace / name
    before = file.read_bytes() if file.exists() else None

    printed = run("kpi", "weekly", "--export", file)

    assert (printed.code, printed.out) == (1, "")
    assert (file.read_bytes() if file.exists() else None) == before


@pytest.mark.parametrize(("written", "code"), [("2026-11-26", 0), ("2026-11-24", 1)])
def test_days_after_the_week_are_wrong_only_if_the_file_was_written_before(
    run, workspace, written, code
):
    file = workspace / "agendas" / "weekly" / "data" / "US" / "search-terms.csv"
    moment = datetime.fromisoformat(f"{written}T12:00:00+00:00").timestamp()
    os.utime(file, (moment, moment))

    printed = run("kpi", "weekly", "--week", "2026-11-22")

    assert "Rows are dated after 2026-11-23, up to 2026-11-25" in printed.err
    assert (printed.code, "may be swapped" in printed.err) == (code, bool(code))
