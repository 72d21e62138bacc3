"""The readiness line about usual times of items."""

from datetime import timedelta

from facilitator.domain.agenda import ItemId
from facilitator.domain.carry_over import CarryOver
from facilitator.domain.usual_times import UsualTime
from facilitator.session.readiness import readiness_checks
from facilitator.session.readiness_check import Readiness
from tests.factories import ON, agenda


def test_an_unusual_timebox_is_a_remark_and_no_warning() -> None:
    usual = UsualTime(item=ItemId("ads"), time=timedelta(minutes=13), meetings=6)
    lines = readiness_checks(agenda(), (), None, CarryOver(usual=(usual,)), ON)
    timeboxes = [line for line in lines if str(line.title) == "Timeboxes"]

    assert [line.readiness for line in timeboxes] == [Readiness.READY]
    assert (
        timeboxes[0].translate()
        == "Advertising usually takes 13 min (last 6 meetings) but the agenda gives it 10 min"
    )


def test_usual_timeboxes_have_no_line() -> None:
    lines = readiness_checks(agenda(), (), None, CarryOver(), ON)
    assert all(str(line.title) != "Timeboxes" for line in lines)
