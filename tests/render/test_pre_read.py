"""The pre-read of a whole meeting, as people get it."""

from dataclasses import replace
from pathlib import Path

from facilitator.domain.course import replay
from facilitator.domain.errors import message
from facilitator.domain.events.kpis import KpisLoaded
from facilitator.domain.events.meeting import MeetingEvent
from facilitator.render.language import Language
from facilitator.render.pre_read import render_pre_read

GOLDEN = Path(__file__).parent / "pre_read.en.md"


def test_the_english_pre_read(story: tuple[MeetingEvent, ...], english: Language) -> None:
    meeting = replay(story[:1])
    figures = next(each.scorecard for each in story if isinstance(each, KpisLoaded))
    reports = ((message("Search Term Report"), message("missing: put it | there")),)

    text = render_pre_read(replace(meeting, scorecard=figures), english, reports)

    assert text == GOLDEN.read_text(encoding="utf-8")
