"""The pre-read of a whole meeting."""

from pathlib import Path

from msgspec.structs import replace

from facilitator.domain.decision import DecisionId, PositionKind
from facilitator.domain.errors import message
from facilitator.domain.event_history import replay
from facilitator.domain.events.kpis import KpisLoaded
from facilitator.domain.events.meeting import MeetingEvent
from facilitator.domain.people import PersonId
from facilitator.domain.rules import approval
from facilitator.render.language import Language
from facilitator.render.pre_read import render_pre_read
from tests.factories import MeetingHarness, agenda, carried

GOLDEN = Path(__file__).parent / "pre_read.en.md"


def test_the_english_pre_read(story: tuple[MeetingEvent, ...], english: Language) -> None:
    meeting = replay(story[:1])
    figures = next(each.scorecard for each in story if isinstance(each, KpisLoaded))
    reports = ((message("Search Term Report"), message("missing: put it | there")),)

    text = render_pre_read(replace(meeting, scorecard=figures), english, reports)

    assert text == GOLDEN.read_text(encoding="utf-8")


def test_the_pre_read_says_what_to_prepare_and_what_to_vet(english: Language) -> None:
    harness = MeetingHarness(agenda(), carried())
    text = render_pre_read(harness.meeting, english, ())
    assert "- **陈梅** · presents D2, D3, D4 · reports on A4\n" in text
    assert "- **Tom Hale** · reviews D2, D3, D4\n" in text
    assert "**overdue** · done when: Seven pictures are live" in text

    harness.step(approval.take_position, DecisionId("D3"), PersonId("tom"), PositionKind.VETTED)
    assert "- **Tom Hale** · reviews D2, D4\n" in render_pre_read(harness.meeting, english, ())


def test_the_chinese_pre_read_keeps_to_chinese_punctuation(chinese: Language) -> None:
    text = render_pre_read(MeetingHarness(agenda(), carried()).meeting, chinese, ())
    assert " 计划 |" in text
    assert "纪要" not in text  # the same English word as that for minutes of time
    assert "提案 D2、D3、D4" in text
