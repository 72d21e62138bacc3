"""`kpi`: marks, explanations, and the year against the previous year."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from facilitator.adapters.library_file import LibraryFile
from facilitator.adapters.meetings_folder import MeetingsFolder
from facilitator.domain.rules import kpi_answers
from facilitator.domain.rules import meeting as meeting_rules
from tests.factories import ACOS, MeetingHarness, agenda, scorecard


def kpi_of(printed: Any, kpi: str, shop: str) -> Any:
    (found,) = (
        each
        for each in json.loads(printed.out)["kpis"]
        if (each["kpi"], each["marketplace"]) == (kpi, shop)
    )
    return found


def line_of(printed: Any, start: str) -> Any:
    return next(line for line in printed.out.splitlines() if line.startswith(start))


def test_off_target_and_unusual_stand_side_by_side_with_the_sentence_why(run, demo):
    printed = run("kpi", "weekly", at=demo)

    german = printed.out.splitlines()[printed.out.splitlines().index(line_of(printed, "ACoS")) + 1]
    assert "▲ off target" in german
    assert "high" in german
    assert "16.6–26.9" in line_of(printed, "ACoS, DE: ")


def test_json_has_the_sums_behind_a_value(run, demo):
    acos = kpi_of(run("kpi", "weekly", "--json", at=demo), "acos", "DE")

    assert (acos["numerator"], acos["denominator"]) == (745.97, 2414.62)
    assert (acos["currency"], acos["is_partial"], acos["is_red"]) == ("EUR", False, True)
    signal = acos["signal"]
    assert (signal["outside"], signal["is_good"], signal["weeks"]) == ("high", False, 12)
    assert signal["limits"] == pytest.approx([16.60, 21.75, 26.91], abs=0.02)
    assert signal["rule"] == "median ± 3.145 × median moving range"
    assert signal["is_provisional"]
    assert not any(week["is_remembered"] for week in acos["history"])


def test_agreed_definitions_are_printed_under_the_table(run, demo):
    library = LibraryFile(demo / "meetings" / "library.json")
    now = datetime.now(UTC)
    _id, journal, _ = MeetingsFolder(demo / "meetings", library).start("weekly", now.date())
    harness = MeetingHarness(agenda(starts=now))
    harness.step(meeting_rules.load_kpis, scorecard())
    harness.step(kpi_answers.agree_definition, ACOS, "By the day of the click")
    for event in harness.events:
        journal.append(event)
    journal.close()

    assert line_of(run("kpi", "weekly", at=demo), "ACoS: Agreed ").endswith("day of the click")
    (definition,) = json.loads(run("kpi", "weekly", "--json", at=demo).out)["definitions"]
    assert (definition["kpi"], definition["text"]) == ("acos", "By the day of the click")


def test_without_a_rate_there_is_no_total_and_none_beside_the_one_shop_of_a_currency(run, demo):
    file = demo / "agendas/weekly/agenda.toml"
    text = file.read_text("utf-8")
    file.write_text(text[: text.index("[data.rates]")], encoding="utf-8")

    answer = json.loads(run("kpi", "weekly", "--json", at=demo).out)

    totals = [
        each for each in answer["kpis"] if (each["kpi"], each["marketplace"]) == ("acos", "ALL")
    ]
    assert [(each["of_currency"], each["value"]) for each in totals] == [(None, None)]


def test_weeks_missing_from_the_export_come_from_the_previous_meeting(run, demo):
    for file in demo.glob("agendas/weekly/data/*/search-term-*"):
        keep_last_week(file)

    history = kpi_of(run("kpi", "weekly", "--json", at=demo), "acos", "ALL")["history"]

    assert [week["is_remembered"] for week in history] == [True, False]


def keep_last_week(file: Path) -> None:
    head, *rows = file.read_text("utf-8-sig").splitlines()
    days = [row.split(",", 1)[0] for row in rows]
    last = sorted(set(days))[-7:]
    kept = [row for row, day in zip(rows, days, strict=True) if day in last]
    file.write_text("\n".join([head, *kept]) + "\n", encoding="utf-8")


def test_the_year_is_printed_in_tables(run, demo):
    printed = run("kpi", "weekly", "--year", at=demo)

    assert (printed.code, printed.err) == (0, "")
    assert "vs. last week" in printed.out
    assert "quarter so far" in printed.out
    assert line_of(printed, "Order growth: order items").split()[4] == "1,628"
    assert line_of(printed, "FBA fee share DE")  # its total is not told


def test_the_year_in_json_has_six_weeks_and_twelve_months(run, demo):
    acos = kpi_of(run("kpi", "weekly", "--year", "--json", at=demo), "acos", "DE")

    assert (len(acos["weeks"]), len(acos["months"])) == (6, 12)
    assert acos["weeks"][-1]["value"] == pytest.approx(30.9, abs=0.05)
    week_end = date.fromisoformat(acos["weeks"][-1]["last_day"])
    assert acos["year_to_date"]["first_day"] == f"{week_end.year}-01-01"
    assert acos["year_to_date"]["is_partial"]
    assert acos["months"][0]["missing"] == ["ad_spend", "ad_sales"]


def test_the_year_without_reports_says_so(run, demo):
    for file in demo.glob("agendas/weekly/data/**/*.*"):
        if file.is_file():
            file.unlink()

    assert "no report has data" in run("kpi", "weekly", "--year", at=demo).out


def test_definitions_of_the_team_are_checked_and_calculated(run, demo):
    own = demo / "agendas/weekly/kpis.toml"
    own.write_text("[[kpis]]\nid = 'acos'\nwieght = 3\n", encoding="utf-8")
    faulty = run("check", "weekly", at=demo)
    own.write_text("[[kpis]]\nid = 'acos'\nweeks = 2\n", encoding="utf-8")
    counted = kpi_of(run("kpi", "weekly", "--json", at=demo), "acos", "DE")

    assert faulty.code == 1
    assert "kpis.toml: kpis[0].wieght, line 3" in faulty.out
    assert counted["value"] == pytest.approx(28.49, abs=0.01)  # two weeks together
