"""The minutes of the sample's week, and of a busier one, for a reader with one minute."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from facilitator.domain.meeting import Meeting
from facilitator.render.language import Language
from facilitator.render.minutes import SUMMARY_LINES, render_minutes
from tests.render.sample_week import SampleWeek

LONGEST_BODY = 150
LONGEST_APPENDIX = 100
LONG_ENOUGH = 20
"""The length from which a text between two marks counts as a sentence, in terminal columns."""


class Minutes:
    """The minutes of a meeting, in the parts that are tested."""

    def __init__(self, meeting: Meeting, language: Language) -> None:
        self.meeting = meeting
        text = render_minutes(meeting, language).replace("\N{NO-BREAK SPACE}", " ")
        self.text = text.split("---\n", 2)[2]
        title = f"\n## {language.gettext('Appendix')}\n"
        self.body, _title, self.appendix = self.text.partition(title)
        self.first_lines = "\n".join(self.text.splitlines()[:SUMMARY_LINES])
        self.tokens = MarkdownIt("commonmark").enable("table").parse(self.text)


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> SampleWeek:
    return SampleWeek(tmp_path_factory.mktemp("sample") / "demo")


@pytest.fixture(scope="module", params=["en", "zh_CN", "en busy", "zh_CN busy"])
def minutes(
    request: pytest.FixtureRequest, week: SampleWeek, english: Language, chinese: Language
) -> Minutes:
    tag, _blank, is_busy = request.param.partition(" ")
    meeting = week.hold_busy(tag) if is_busy else week.hold(tag)
    return Minutes(meeting, english if tag == "en" else chinese)


def test_a_normal_week_is_short(minutes: Minutes) -> None:
    assert len(minutes.body.splitlines()) <= LONGEST_BODY
    assert 1 < len(minutes.appendix.splitlines()) <= LONGEST_APPENDIX


def test_the_first_lines_say_what_was_decided_and_why_with_who_does_what(minutes: Minutes) -> None:
    meeting, first = minutes.meeting, minutes.first_lines
    for decision in meeting.decisions:
        assert decision.chosen is not None
        assert f"**{decision.id}** {decision.question} → **{decision.chosen.id}**" in first
    for action in meeting.open_actions:
        assert action.title in first
        assert meeting.name_of(action.owner) in first
    for answer in meeting.answers:
        series = [] if meeting.scorecard is None else meeting.scorecard.of(answer.kpi)
        if any(each.status.value == "off_target" for each in series):
            assert all(cause in first for cause in answer.causes)
    for risk in meeting.risks:
        assert (risk.text in first) == (risk.state.value in ("out_of_control", "watched"))


def test_no_sentence_stands_twice(minutes: Minutes) -> None:
    sentences = Counter(_sentences(minutes.text))

    assert [each for each, count in sentences.items() if count > 1] == []


def _sentences(markdown: str) -> Iterator[str]:
    """Yield the texts between marks that are long enough to be a sentence."""
    for line in markdown.splitlines():
        if line.startswith("|"):
            continue
        for text in re.split(r" · |(?<=[.?!]) |[。？！；]|\*\*", line):
            cleaned = text.strip(" -[]x")
            width = sum(1 if each.isascii() else 2 for each in cleaned)
            if width >= LONG_ENOUGH:
                yield cleaned


def test_the_markdown_is_valid(minutes: Minutes) -> None:
    tables = [each for each in minutes.tokens if each.type == "table_open"]
    lines = [each for each in minutes.text.splitlines() if each.startswith("|")]
    rows = [each for each in minutes.tokens if each.type == "tr_open"]
    assert len(rows) + len(tables) == len(lines)  # the second line of a table is no row
    words = [text for token in minutes.tokens for text in _texts(token)]
    assert [each for each in words if "**" in each or "|" in each] == []


def _texts(token: Token) -> Iterator[str]:
    yield from (each.content for each in token.children or [] if each.type == "text")


def test_no_section_is_empty(minutes: Minutes) -> None:
    kinds = [(each.type, each.tag) for each in minutes.tokens]
    for place, (kind, tag) in enumerate(kinds):
        if kind == "heading_close":
            follower = kinds[place + 1] if place + 1 < len(kinds) else ("", "")
            is_parent = follower[0] == "heading_open" and follower[1] > tag
            assert follower[0] in ("paragraph_open", "bullet_list_open", "table_open") or is_parent


def test_what_is_missing_is_named_and_what_is_fine_is_not(
    week: SampleWeek, english: Language
) -> None:
    text = Minutes(week.hold("en"), english).text
    gaps = text.partition("## What is missing\n\n")[2].partition("\n\n")[0]

    assert set(gaps.splitlines()) >= {
        "- **Unclear wording:** A7",
        "- **Decided, no action item yet:** D4",
        "- **Cause without evidence:** Conversion",
        "- **Done, nothing shown:** A4",
        "- **Not yet confirmed by the owner:** Sun Hao (A6)",
        "- **Left open:** A7 · reason: Wang Lei splits it up on Tuesday",
    }
