"""A new agenda is valid and has the defaults."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from facilitator.adapters.agenda_file import create_agenda, read_agenda
from facilitator.domain.agenda import Agenda, Module
from facilitator.domain.errors import FacilitatorError, StorageError

STARTS = datetime(2026, 12, 7, 14, 30, tzinfo=ZoneInfo("Asia/Tokyo"))


def create_and_read(tmp_path: Path, *, language: str = "en", starts: datetime = STARTS) -> Agenda:
    file = tmp_path / "agendas" / "new" / "agenda.toml"
    create_agenda(
        file, title='The "big" \\ one', series="big-one", starts=starts, language=language
    )
    agenda, problems = read_agenda(file)
    assert agenda is not None, problems
    assert problems == ()
    return agenda


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "What do you most want me to focus on right now?"),
        ("zh_CN", "当前最希望我聚焦解决的问题是什么?"),
    ],
)
def test_a_new_agenda_is_valid_and_has_the_opening_question(
    tmp_path: Path, language: str, question: str
) -> None:
    agenda = create_and_read(tmp_path, language=language)

    assert (agenda.title, agenda.series) == ('The "big" \\ one', "big-one")
    assert (agenda.language, agenda.items[0].question) == (language, question)
    assert (agenda.starts, agenda.timezone) == (STARTS, "Asia/Tokyo")
    assert agenda.planned == agenda.length == timedelta(hours=1)
    assert {item.module for item in agenda.items if item.module} == set(Module)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_a_new_agenda_has_the_default_targets(tmp_path: Path, language: str) -> None:
    agenda = create_and_read(tmp_path, language=language)
    targets = {plan.kpi: plan.target for plan in agenda.kpis if plan.target}
    fees = {
        own.marketplace: (own.target.at_least, own.target.at_most)
        for plan in agenda.kpis
        for own in plan.by_marketplace
    }

    limits = {kpi: (each.at_most, each.at_least, each.strict) for kpi, each in targets.items()}
    assert limits == {
        "acos": (25, None, False),
        "turnover": (None, 4, False),
        "bsr_top10_share": (None, 60, True),
    }
    assert fees == {"US": (12, 15), "UK": (None, 18), "DE": (None, 18)}


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_a_new_agenda_has_no_lines_for_marketplaces_that_the_team_does_not_have(
    tmp_path: Path, language: str
) -> None:
    file = tmp_path / "agendas" / "new" / "agenda.toml"

    create_agenda(
        file,
        title="T",
        series="t",
        starts=STARTS,
        language=language,
        marketplaces=("US", "ZA"),
    )

    agenda, problems = read_agenda(file)
    assert agenda is not None
    assert problems == ()
    assert agenda.data.marketplaces == ("US", "ZA")
    assert {each for slot in agenda.data.reports for each in slot.marketplaces} == {"US", "ZA"}
    assert {own.marketplace for plan in agenda.kpis for own in plan.by_marketplace} == {"US"}
    lines = file.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not line.startswith("#") and '"UK"' in line] == []


def test_lines_for_marketplaces_that_are_not_listed_do_not_count(tmp_path: Path) -> None:
    file = tmp_path / "agendas" / "new" / "agenda.toml"
    create_agenda(file, title="T", series="t", starts=STARTS, language="en")
    text = file.read_text(encoding="utf-8").replace(
        'marketplaces = ["US", "UK", "DE"]\nswing', 'marketplaces = ["US"]\nswing'
    )
    file.write_text(text, encoding="utf-8")

    agenda, problems = read_agenda(file)

    assert agenda is not None
    assert {each for slot in agenda.data.reports for each in slot.marketplaces} == {"US"}
    assert {own.marketplace for plan in agenda.kpis for own in plan.by_marketplace} == {"US"}
    told = [each.translate() for each in problems]
    assert len(told) == 4
    assert all("is not one of the marketplaces in [data]." in each for each in told)
    assert all(each.line and not each.is_error for each in problems)


def test_a_start_without_a_named_zone_is_written_in_utc(tmp_path: Path) -> None:
    starts = datetime.fromisoformat("2026-12-07T14:30:00+08:00")

    agenda = create_and_read(tmp_path, starts=starts)

    assert (agenda.starts, agenda.timezone) == (starts, "UTC")


def test_a_new_agenda_never_overwrites_one(tmp_path: Path) -> None:
    file = tmp_path / "agenda.toml"
    file.write_text("mine", encoding="utf-8")

    with pytest.raises(StorageError, match="not changed"):
        create_agenda(file, title="T", series="t", starts=STARTS, language="en")

    assert file.read_text(encoding="utf-8") == "mine"


def test_a_folder_that_cannot_be_created_is_reported(tmp_path: Path) -> None:
    file = tmp_path / "agenda.toml"
    file.write_text("mine", encoding="utf-8")

    with pytest.raises(StorageError, match="cannot be written"):
        create_agenda(
            file / "x" / "agenda.toml", title="T", series="t", starts=STARTS, language="en"
        )


@pytest.mark.parametrize("series", ["", "a b", "../a", "周会", "a/b"])
def test_a_series_that_cannot_be_a_folder_is_refused(tmp_path: Path, series: str) -> None:
    with pytest.raises(FacilitatorError, match="cannot be the name of a series"):
        create_agenda(tmp_path / "a.toml", title="T", series=series, starts=STARTS, language="en")

    assert not (tmp_path / "a.toml").exists()
