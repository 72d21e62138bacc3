"""Agreed definitions of KPIs are kept until another one is agreed."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from facilitator.adapters.library_file import LibraryFile
from facilitator.domain.errors import RuleError
from facilitator.domain.kpis.kpi import AgreedDefinition, KpiId
from facilitator.domain.rules import kpi_answers
from facilitator.domain.rules import meeting as meeting_rules
from facilitator.render.language import Language
from facilitator.render.minutes import render_minutes
from facilitator.session.stored_meetings import MeetingId
from tests.factories import ACOS, ON, STARTS, MeetingHarness, agenda, scorecard

WEEK = timedelta(days=7)
AGREED = AgreedDefinition(kpi=ACOS, text="Counted by the day of the click", agreed_on=ON)


def begun_meeting() -> MeetingHarness:
    begun = MeetingHarness(agenda())
    begun.step(meeting_rules.load_kpis, scorecard())
    return begun


def test_the_latest_definition_of_a_kpi_counts_and_undo_restores_the_previous_one():
    begun = begun_meeting()
    begun.step(kpi_answers.agree_definition, ACOS, "By the day of the  order")
    assert begun.step(kpi_answers.agree_definition, ACOS, AGREED.text).definitions == (AGREED,)
    assert begun.undo().definitions[0].text == "By the day of the order"


def test_a_definition_of_an_unknown_kpi_an_empty_or_an_unchanged_one_is_refused():
    begun = begun_meeting()
    begun.step(kpi_answers.agree_definition, ACOS, AGREED.text)
    for kpi, text in ((KpiId("tea"), "Hot"), (ACOS, " "), (ACOS, AGREED.text)):
        with pytest.raises(RuleError):
            begun.step(kpi_answers.agree_definition, kpi, text)


def test_a_definition_is_carried_over_but_only_in_the_minutes_of_its_meeting(tmp_path):
    library = LibraryFile(tmp_path / "library.json")
    begun = begun_meeting()
    begun.step(kpi_answers.agree_definition, ACOS, "Net of *VAT*")
    begun.close()
    library.record(MeetingId(f"{ON}-weekly"), begun.meeting)
    told = "**agreed today:** Net of \\*VAT\\*"
    assert told in render_minutes(begun.meeting, Language())

    again = LibraryFile(tmp_path / "library.json").carried("weekly", ON + WEEK)
    later = MeetingHarness(replace(agenda(), starts=STARTS + WEEK), again)
    assert [each.text for each in later.meeting.definitions] == ["Net of *VAT*"]
    assert "agreed today" not in render_minutes(later.meeting, Language())
    later.close()
    library.record(MeetingId(f"{ON + WEEK}-weekly"), later.meeting)
    assert library.carried("weekly", ON + 2 * WEEK).definitions == again.definitions
