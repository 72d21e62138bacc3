"""The readiness line about when the agenda was published."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from facilitator.domain.agenda import Agenda
from facilitator.session.readiness import readiness_checks
from facilitator.session.readiness_check import Readiness, ReadinessCheck
from tests.factories import ON, STARTS, agenda, carried, scorecard

DAY = timedelta(hours=24)


def sent_line(prepared: Agenda) -> ReadinessCheck | None:
    lines = readiness_checks(prepared, (), scorecard(), carried(), ON)
    return next((each for each in lines if str(each.title) == "Pre-read"), None)


@pytest.mark.parametrize(
    ("hours", "state"), [(26, Readiness.READY), (3, Readiness.WARNING), (-1, Readiness.WARNING)]
)
def test_an_agenda_sent_late_is_a_warning(hours: int, state: Readiness) -> None:
    line = sent_line(replace(agenda(), notice=DAY, sent_at=STARTS - timedelta(hours=hours)))

    assert line is not None
    assert line.readiness is state


@pytest.mark.parametrize(
    ("file", "named"),
    [("agendas/weekly/agenda.toml", "publish weekly`"), ("mine/a.toml", "publish mine/a.toml`")],
)
def test_an_unpublished_agenda_names_the_command(file: str, named: str) -> None:
    line = sent_line(replace(agenda(), notice=DAY, file=file))

    assert line is not None
    assert line.readiness is Readiness.WARNING
    assert named in line.translate()


def test_without_a_required_notice_there_is_no_line() -> None:
    assert sent_line(replace(agenda(), notice=timedelta())) is None
