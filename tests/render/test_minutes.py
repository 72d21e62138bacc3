"""The minutes of a whole meeting."""

import re
from collections.abc import Callable, Iterable
from datetime import timedelta
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from msgspec import Struct
from msgspec.structs import fields, replace

from facilitator.domain.agenda import ItemId
from facilitator.domain.errors import message
from facilitator.domain.event_history import replay
from facilitator.domain.events.meeting import MeetingClosed, MeetingEvent, MeetingOpened
from facilitator.domain.kpi_answer import KpiAnswer, Verdict
from facilitator.domain.kpis.facts import Marketplace
from facilitator.domain.kpis.kpi import KpiId
from facilitator.domain.meeting import Meeting
from facilitator.domain.rules import clock as clock_rules
from facilitator.render.kpi_answers import question_background
from facilitator.render.language import Language
from facilitator.render.minutes import render_minutes, render_redacted_minutes
from facilitator.render.pre_read import render_pre_read
from tests.factories import MeetingHarness, agenda, full_meeting

HERE = Path(__file__).parent
Story = tuple[MeetingEvent, ...]


def test_the_english_minutes(story: Story, english: Language) -> None:
    assert render_minutes(replay(story), english) == _golden("minutes.en.md")


def test_the_chinese_minutes(story: Story, chinese: Language) -> None:
    assert render_minutes(replay(story), chinese) == _golden("minutes.zh_CN.md")


def test_a_meeting_under_way_is_marked_as_a_draft_and_its_running_item_counted(
    story: Story, english: Language
) -> None:
    until_ads = [event for event in story[:13] if not isinstance(event, MeetingClosed)]
    now = until_ads[-1].at + timedelta(minutes=3, seconds=5)

    minutes = render_minutes(replay(until_ads), english, now)

    assert "status: draft" in minutes
    assert "> **Meeting under way:** a draft, as of 10:23" in minutes
    row = r"\| Advertising +\| Han Mei +\| +10 min \| +3 min \| +\| running \|"
    assert re.search(row, minutes.replace("\N{NO-BREAK SPACE}", " "))


def test_an_empty_meeting_says_that_nothing_was_decided(story: Story, english: Language) -> None:
    opened = story[0]
    assert isinstance(opened, MeetingOpened)
    agenda = replace(opened.agenda, decisions=(), items=())
    closed = MeetingClosed(at=opened.at + timedelta(minutes=1))

    minutes = render_minutes(replay([MeetingOpened(at=opened.at, agenda=agenda), closed]), english)

    assert "- **Decisions:** none\n\n## Appendix\n" in minutes


def test_a_meeting_held_on_another_day_than_planned_says_so(
    story: Story, english: Language
) -> None:
    opened = story[0]
    late = replace(opened, at=opened.at + timedelta(days=1))

    minutes = render_minutes(replay([late]), english)

    assert "# Weekly Amazon operations review\n\nTue 24 Nov 2026" in minutes
    assert "- Planned Mon 23 Nov 2026 10:00, held since 10:01" in minutes


def test_only_the_first_problems_of_the_data_are_listed(story: Story, english: Language) -> None:
    meeting = replay(story)
    assert meeting.scorecard is not None
    (problem,) = meeting.scorecard.problems
    problems = tuple(replace(problem, message=message(f"Remark {n}.")) for n in range(20))
    card = replace(meeting.scorecard, problems=problems)

    minutes = render_minutes(replace(meeting, scorecard=card), english)

    assert "- and 12 more\n" in minutes


def test_a_remark_that_holds_for_several_files_is_said_once(
    story: Story, english: Language
) -> None:
    meeting = replay(story)
    assert meeting.scorecard is not None
    (problem,) = meeting.scorecard.problems
    problems = (problem, replace(problem, file="us.csv", row=None, amount=12.5, currency="EUR"))
    card = replace(meeting.scorecard, problems=problems)

    minutes = render_minutes(replace(meeting, scorecard=card), english)

    assert (
        "- search-term-de.csv: row 17, column Spend, us.csv: column Spend (12.50 EUR not counted): "
        "“n/a” is not a number"
    ) in minutes


def test_an_unusual_kpi_passed_as_normal_needs_no_word(story: Story, english: Language) -> None:
    meeting = replay(story)
    passed = KpiAnswer(kpi=KpiId("rating"), verdict=Verdict.NORMAL)
    others = tuple(each for each in meeting.answers if each.kpi != passed.kpi)

    minutes = render_minutes(replace(meeting, answers=(*others, passed)), english)

    assert "- **Review rating**" not in minutes


def test_the_background_of_a_decision_has_limits_and_earlier_causes(
    story: Story, english: Language
) -> None:
    meeting = replay(story)
    assert meeting.scorecard is not None
    series = meeting.scorecard.one(KpiId("acos"), Marketplace("DE"))
    assert series is not None

    background = question_background(meeting, series, english).replace("\N{NO-BREAK SPACE}", " ")

    assert background == (
        "weeks to Sun 22 Nov: 31.0 % → 35.1 % · target ≤ 25 % · usually 23.1–31.3 % · "
        "causes so far: Competitor cut the price (3×), "
        "Broad lid terms got dearer and convert worse (1×) · "
        "from search-term-de.csv (24 Aug – 22 Nov)"
    )


@settings(max_examples=60, deadline=None)
@given(
    texts=st.lists(
        st.text(st.sampled_from("#-+*_`~<>[]()!|\\&;:=.1 ax\n决"), min_size=1), min_size=1
    )
)
def test_no_typed_text_changes_the_structure_of_the_minutes(
    story: Story, english: Language, texts: list[str]
) -> None:
    def typed(original: str, place: int) -> str:
        return f"{original} {texts[place % len(texts)]}"

    def harmless(original: str, place: int) -> str:
        return re.sub(r"\S+", "x", typed(original, place))

    for meeting in (replay(story), FULL):
        for render in (render_minutes, render_redacted_minutes, _pre_read):
            assert _structure(render(_retyped(meeting, typed), english)) == _structure(
                render(_retyped(meeting, harmless), english)
            )


FULL = full_meeting(lives_on=True).meeting


def _pre_read(meeting: Meeting, language: Language) -> str:
    return f"---\n---\n{render_pre_read(meeting, language, ())}"


PEOPLES_TEXT = {
    "about",
    "amendment",
    "background",
    "blocked_by",
    "cause",
    "causes",
    "cost",
    "criterion",
    "department",
    "during",
    "ended_by",
    "evidence",
    "expected",
    "file",
    "focus",
    "lesson",
    "loss",
    "measures",
    "metric",
    "name",
    "note",
    "past_focus",
    "phenomenon",
    "place",
    "proposal",
    "question",
    "rationale",
    "reason",
    "review_note",
    "role",
    "scope",
    "shortcut_reason",
    "solution",
    "text",
    "threat",
    "title",
    "variant",
    "what",
    "why",
    "words",
}


def _retyped(value: Any, typed: Callable[[str, int], str], name: str = "") -> Any:
    """Return the value with every typed text replaced."""
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return typed(value, len(name)) if name in PEOPLES_TEXT and value else value
    if isinstance(value, tuple):
        return tuple(_retyped(each, typed, name) for each in value)
    if isinstance(value, Struct):
        if "values" in {field.name for field in fields(value)}:  # a message of the program
            return value
        new = {
            field.name: _retyped(getattr(value, field.name), typed, field.name)
            for field in fields(value)
        }
        return replace(value, **new)
    return value


def _structure(markdown: str) -> list[tuple[object, ...]]:
    body = markdown.split("---\n", 2)[2]
    return _shape(MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(body))


def _shape(tokens: Iterable[Token]) -> list[tuple[object, ...]]:
    return [
        (token.type, token.tag, token.nesting, token.level, _shape(token.children or []))
        for token in tokens
        if token.type != "text"
    ]


@pytest.mark.parametrize("language", ["english", "chinese"])
def test_every_heading_and_bold_text_is_parsed_as_such(
    story: Story, language: str, request: pytest.FixtureRequest
) -> None:
    """Chinese punctuation beside asterisks can keep them from being bold."""
    minutes = render_minutes(replay(story), request.getfixturevalue(language))
    tokens = MarkdownIt("commonmark").enable("table").parse(minutes.split("---\n", 2)[2])

    words = [
        child.content for token in tokens for child in token.children or [] if child.type == "text"
    ]

    assert [each for each in words if "**" in each] == []


def test_minutes_of_two_hundred_items_are_complete(story: Story, english: Language) -> None:
    minutes = render_minutes(_large(replay(story)), english)

    assert len(re.findall(r"^\| +\d+ \| KPIs vs target", minutes, re.MULTILINE)) == 200


def _large(meeting: Meeting) -> Meeting:
    progress = meeting.items[1]
    return replace(
        meeting,
        items=tuple(
            replace(progress, item=replace(progress.item, id=ItemId(f"i{place}")))
            for place in range(200)
        ),
    )


def _golden(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


def test_planned_adapted_and_actual_time_are_shown_separately(english: Language) -> None:
    items = tuple(
        replace(each, timebox=timedelta(minutes=4), may_be_cut=each.id == "kpis")
        for each in agenda().items[:2]
    )
    harness = MeetingHarness(replace(agenda(), items=items, length=timedelta(minutes=8)))
    harness.step(clock_rules.start_next_item)
    harness.clock.advance(minutes=5, seconds=40)
    harness.step(clock_rules.start_next_item)
    harness.clock.advance(minutes=2)
    meeting = harness.close()

    rows = [
        line
        for line in render_minutes(meeting, english).splitlines()
        if "The week in numbers" in line
    ]
    cells = [cell.strip().replace("\N{NO-BREAK SPACE}", " ") for cell in rows[0].split("|")]
    assert "4 min → 2 min" in cells
    assert meeting.items[1].item.timebox == timedelta(minutes=4)
