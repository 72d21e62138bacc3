"""Agendas as people write them: what is read from a file."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from facilitator.adapters.agenda_file import read_agenda
from facilitator.domain.agenda import Agenda, ItemKind, Module
from facilitator.domain.kpis.facts import Currency
from facilitator.domain.kpis.kpi import last_full_week
from facilitator.domain.people import Duty
from tests.adapters.valid_agenda import VALID_AGENDA, diagnostics_of, edited_agenda, write_agenda


def read(tmp_path: Path, text: str | bytes = VALID_AGENDA) -> Agenda:
    agenda, problems = read_agenda(write_agenda(tmp_path, text))
    assert agenda is not None, [str(each.translate()) for each in problems]
    return agenda


def test_a_valid_agenda_has_no_problems(tmp_path: Path) -> None:
    assert diagnostics_of(tmp_path, VALID_AGENDA) == ()


def test_it_starts_at_its_local_time(tmp_path: Path) -> None:
    agenda = read(tmp_path)

    assert agenda.starts == datetime(2026, 11, 23, 9, tzinfo=UTC)
    assert agenda.starts.hour == 10
    assert agenda.length == timedelta(hours=1)


def test_people_keep_their_duties(tmp_path: Path) -> None:
    agenda = read(tmp_path)

    timekeeper, decider = agenda.with_duty(Duty.TIMEKEEPER), agenda.with_duty(Duty.DECIDER)

    assert timekeeper is not None
    assert decider is not None
    assert (timekeeper.name, decider.name, agenda.hourly_cost) == ("Han Mei", "Lin", 80.0)


def test_a_duty_named_twice_is_one_duty(tmp_path: Path) -> None:
    text = edited_agenda('["recorder", "decider"]', '["recorder", "decider", "recorder"]')

    assert read(tmp_path, text).people[1].duties == (Duty.RECORDER, Duty.DECIDER)


def test_items_are_read_in_their_order(tmp_path: Path) -> None:
    ads, pages, stock = read(tmp_path).items

    assert (ads.lead, ads.module, ads.may_be_cut) == ("lin", Module.ADVERTISING, True)
    assert (pages.kind, pages.question, pages.is_protected) == (
        ItemKind.DECISIONS,
        "What next?",
        True,
    )
    assert stock.timebox == timedelta(minutes=15)


def test_kpi_plans_hold_general_and_own_targets(tmp_path: Path) -> None:
    (plan,) = read(tmp_path).kpis

    assert plan.target is not None
    assert (plan.target.at_most, plan.target.strict, plan.owner) == (25.0, True, "mei")
    assert [(own.marketplace, own.target.at_most) for own in plan.by_marketplace] == [("DE", 28.5)]


DECISIONS = VALID_AGENDA[VALID_AGENDA.index("[[decisions]]") : VALID_AGENDA.index("[data]")]


def test_prepared_decisions_are_numbered_in_their_order(tmp_path: Path) -> None:
    first, second = read(tmp_path, VALID_AGENDA.replace(DECISIONS, DECISIONS * 2)).decisions

    assert (first.id, second.id) == ("P1", "P2")
    assert (first.proposer, first.decider, first.recommended) == ("mei", "lin", "A")
    assert first.background == "Out of budget by noon.\nOn five days."
    assert first.proposed_on == date(2026, 11, 20)
    assert [option.cost for option in first.options] == ["USD 70 a week", ""]


def test_the_data_plan_is_read(tmp_path: Path) -> None:
    data = read(tmp_path).data

    assert (data.folder, data.week_ends_on, data.history_weeks) == ("../weekly/data", 5, 8)
    assert (data.reports[0].kind, data.reports[0].is_required) == ("search-term", False)
    assert data.rates is not None
    assert data.rates.of(Currency("EUR")) == 1.15


@pytest.mark.parametrize("prefix", [b"\xef\xbb\xbf", b""])
def test_a_file_with_byte_order_mark_and_windows_line_ends_is_read(
    tmp_path: Path, prefix: bytes
) -> None:
    text = prefix + VALID_AGENDA.replace("\n", "\r\n").encode()

    assert read(tmp_path, text).decisions[0].background.splitlines()[1] == "On five days."


def test_control_characters_are_removed(tmp_path: Path) -> None:
    text = edited_agenda('"Weekly review"', '"We\\u001b[31mek\\u0000ly\\nre\\u202eview"')

    assert read(tmp_path, text).title == "Weekly review"


def test_a_missing_file_is_reported(tmp_path: Path) -> None:
    agenda, (problem,) = read_agenda(tmp_path / "none.toml")

    assert agenda is None
    assert "does not exist" in problem.translate()


def test_a_folder_is_not_an_agenda(tmp_path: Path) -> None:
    agenda, (problem,) = read_agenda(tmp_path)

    assert agenda is None
    assert "cannot be read" in problem.translate()


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    (problem,) = diagnostics_of(tmp_path, VALID_AGENDA + "#" * 1_000_000)

    assert "larger than 1 MB" in problem.translate()


@pytest.mark.parametrize("target", ["../../..", "data"])
def test_a_link_cannot_put_the_data_outside_the_workspace_or_in_a_loop(
    tmp_path: Path, target: str
) -> None:
    file = write_agenda(tmp_path / "workspace", edited_agenda('"../weekly/data"', '"data"'))
    (file.parent / "data").symlink_to(target)

    agenda, problems = read_agenda(file)

    assert agenda is None
    assert "outside the workspace" in problems[0].translate()


def test_an_agenda_outside_a_workspace_keeps_its_data_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "agenda.toml"
    file.write_text(VALID_AGENDA, encoding="utf-8")
    beside = edited_agenda('"../weekly/data"', '"data"')

    assert read_agenda(file)[0] is None
    file.write_text(beside, encoding="utf-8")
    assert read_agenda(file)[0] is not None


OCCASIONS = """
[[data.occasions]]
first_day = 2026-10-06
last_day = 2026-10-07
what = "促销"
marketplaces = ["US"]
"""


def test_an_agenda_sets_signal_rules_occasions_and_the_business_year(tmp_path: Path) -> None:
    settings = "history_weeks = 8\nswing = 20\ndisagreement = 10\nyear_starts_in = 4\n"
    text = edited_agenda("history_weeks = 8\n", settings) + OCCASIONS

    data = read(tmp_path, text).data

    assert (data.signals.swing, data.disagreement, data.year_starts_in) == (0.2, 0.1, 4)
    (occasion,) = data.occasions
    assert (occasion.first_day, occasion.last_day) == (date(2026, 10, 6), date(2026, 10, 7))
    assert (occasion.what, occasion.marketplaces) == ("促销", ("US",))


def test_a_swing_of_fifteen_percent_is_the_default(tmp_path: Path) -> None:
    data = read(tmp_path).data

    assert (data.signals.swing, data.disagreement, data.year_starts_in) == (0.15, 0.05, 1)


def test_the_day_is_in_the_teams_time_zone_unless_its_data_have_another(tmp_path: Path) -> None:
    monday_in_shanghai = datetime(2026, 11, 23, 2, tzinfo=UTC)
    shanghai = edited_agenda("Europe/Berlin", "Asia/Shanghai")
    elsewhere = shanghai.replace(
        "history_weeks = 8", 'history_weeks = 8\ntimezone = "America/Los_Angeles"'
    )

    here, there = (
        read(tmp_path, text).data_day_of(monday_in_shanghai) for text in (shanghai, elsewhere)
    )

    assert (here, there) == (date(2026, 11, 23), date(2026, 11, 22))
    assert [last_full_week(day).end for day in (here, there)] == [
        date(2026, 11, 22),
        date(2026, 11, 15),
    ]
