"""No control, bidi or invisible character gets through, whichever way a text comes in."""

import contextlib
import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from facilitator.adapters.agenda_file import read_agenda
from facilitator.adapters.event_codec import JournalLine, encode_line
from facilitator.adapters.journal_follower import JournalFollower
from facilitator.adapters.journal_reader import read_journal
from facilitator.adapters.kpi_file import read_definitions
from facilitator.adapters.reports import read_breakdown, read_folder
from facilitator.cli.main import main
from facilitator.domain.action import ActionId, ActionItem
from facilitator.domain.agenda import Agenda
from facilitator.domain.errors import RuleError
from facilitator.domain.event_history import replay
from facilitator.domain.events.meeting import MeetingEvent, MeetingOpened
from facilitator.domain.kpis.facts import Marketplace, Measure
from facilitator.domain.kpis.kpi import Week
from facilitator.domain.rules import actions as action_rules
from facilitator.domain.rules import notes as note_rules
from facilitator.domain.time_input import parse_minutes
from facilitator.render.incidents import incident_notice
from facilitator.render.language import Language
from facilitator.render.minutes import render_minutes
from facilitator.render.pre_read import render_pre_read
from tests.adapters.reports.report_reader import read_one_report
from tests.adapters.test_kpi_file import SUNDAY
from tests.adapters.valid_agenda import diagnostics_of, edited_agenda, write_agenda
from tests.environment import AppEnvironment
from tests.factories import MeetingHarness, agenda, incident_draft, meeting_events
from tests.tui.harness import MeetingUi
from tests.unsafe_text import UNSAFE, UNSAFE_IN_FILES, unsafe_characters

TYPED = f"start {' '.join(UNSAFE)} end"
REPORT = "Date,Customer Search Term,Campaign Name,Currency,Clicks,Spend,7 Day Total Sales"
US = (Marketplace("US"),)


def toml_string(text: str) -> str:
    """A text as TOML writes it, each unusual character escaped."""
    return '"' + "".join(f"\\U{ord(each):08x}" for each in text) + '"'


def older_journal(folder: Path, events: tuple[MeetingEvent, ...]) -> Path:
    """Write a journal of a time before the policy, with every character in its texts."""

    def spoilt(value: object) -> object:
        if isinstance(value, dict):
            return {name: spoilt(each) for name, each in value.items()}
        if isinstance(value, list):
            return [spoilt(each) for each in value]
        is_sentence = isinstance(value, str) and " " in value
        return f"{value} {UNSAFE_IN_FILES}" if is_sentence else value

    lines = [encode_line(JournalLine(number=n, event=each)) for n, each in enumerate(events, 1)]
    file = folder / "journal.jsonl"
    file.write_text("".join(json.dumps(spoilt(json.loads(each))) + "\n" for each in lines))
    return file


def older_agenda(folder: Path) -> Agenda:
    """The agenda of such a meeting."""
    opened = read_journal(older_journal(folder, meeting_events()[:1])).events[0]
    assert isinstance(opened, MeetingOpened)
    return opened.agenda


def test_a_typed_note_and_a_typed_line_are_cleaned() -> None:
    meeting = MeetingHarness(agenda())

    (note,) = meeting.step(note_rules.take_note, TYPED).notes
    meeting.step(action_rules.add_action, ActionItem(id=ActionId(""), title=UNSAFE_IN_FILES))

    assert (note.text[:5], note.text[-3:]) == ("start", "end")
    assert not unsafe_characters(note.text)
    assert not unsafe_characters(meeting.meeting.actions[-1].title, kept="")


def test_typed_text_is_quoted_after_cleaning() -> None:
    with pytest.raises(RuleError, match="start") as refused:
        parse_minutes(TYPED)

    assert not unsafe_characters(str(refused.value), kept="")


def test_the_texts_of_an_agenda_are_cleaned(tmp_path: Path) -> None:
    dirty = toml_string(UNSAFE_IN_FILES)
    text = edited_agenda('"Weekly review"', dirty).replace('"The evenings sell best."', dirty)
    read, _problems = read_agenda(write_agenda(tmp_path, text))

    assert read is not None
    assert not unsafe_characters(read.title, kept="")
    assert not unsafe_characters(read.decisions[0].why)
    assert read.decisions[0].why.endswith("end")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('series = "weekly"', "series = {dirty}"),
        ('timezone = "Europe/Berlin"', "timezone = {dirty}"),
        ('title = "Weekly review"', 'title = "Weekly review"\n{dirty} = 1'),
        ('lead = "lin"', "lead = {dirty}"),
    ],
)
def test_a_fault_of_an_agenda_quotes_it_cleaned(tmp_path: Path, old: str, new: str) -> None:
    text = edited_agenda(old, new.format(dirty=toml_string(UNSAFE_IN_FILES)))

    problems = diagnostics_of(tmp_path, text)

    assert problems
    assert not unsafe_characters("".join(each.translate() for each in problems), kept="")


def test_the_texts_of_kpi_definitions_are_cleaned(tmp_path: Path) -> None:
    dirty = toml_string(UNSAFE_IN_FILES)
    (tmp_path / "kpis.toml").write_text(
        f'[[kpis]]\nid = "own"\nname = {dirty}\nnote = {dirty}\ngroup = "Advertising"\n'
        f'numerator = ["ad_spend"]\nowner = {dirty}\n'
    )

    definitions, problems = read_definitions(tmp_path, ("mei",))

    own = next((each for each in definitions if each.id == "own"), None)
    assert own is None or not unsafe_characters(own.name + own.note, kept="")
    assert problems
    assert not unsafe_characters("".join(each.translate() for each in problems), kept="")


def test_the_headers_and_cells_of_a_report_are_shown_cleaned(tmp_path: Path) -> None:
    dirty = f'"{UNSAFE_IN_FILES}"'.replace("\0", "")
    file = tmp_path / "search_US.csv"
    rows = f"2026-11-22,{dirty},A,USD,1,5,9,1\n2026-11-22,x,A,USD,1,{dirty},9,1\n"
    file.write_bytes(f"{REPORT},{dirty}\n{rows}".encode())

    reading = read_one_report(file)
    moved = read_breakdown(tmp_path, US, (Measure("ad_spend"),), (Week(end=SUNDAY),))

    names = {each.name for each in moved.contributions if each.dimension == "search_term"}
    assert len(names) == 1
    assert reading.unrecognised
    assert reading.problems
    for text in (*names, *reading.unrecognised, *(each.translate() for each in reading.problems)):
        assert not unsafe_characters(text, kept="")


def test_the_name_of_a_file_is_shown_cleaned(tmp_path: Path) -> None:
    name = "".join(each for each in UNSAFE_IN_FILES if each not in "\0/ ")
    for start in range(0, len(name), 40):
        (tmp_path / f"{start} {name[start : start + 40]}.csv").write_text("no report\n")

    data = read_folder(tmp_path)

    assert data.problems
    assert not unsafe_characters("".join(each.translate() for each in data.problems), kept="")


@pytest.mark.parametrize("words", [("search", TYPED), ("decisions", f"--series={TYPED}"), (TYPED,)])
def test_a_word_of_the_command_line_is_printed_cleaned(
    tmp_path: Path,
    words: tuple[str, ...],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    with contextlib.suppress(SystemExit):
        main(list(words))
    printed = "".join(capsys.readouterr())

    assert "start" in printed
    assert not unsafe_characters(printed)


def test_an_older_journal_is_read_cleaned_and_not_rewritten(tmp_path: Path) -> None:
    file = older_journal(tmp_path, meeting_events())
    written = file.read_bytes()

    events = read_journal(file).events

    assert events == JournalFollower(file).poll()
    minutes = render_minutes(replay(events), Language())
    assert minutes.count("start") > 40
    assert not unsafe_characters(minutes)
    assert file.read_bytes() == written


def test_a_notice_and_a_pre_read_are_cleaned(tmp_path: Path) -> None:
    incident = incident_draft(phenomenon=TYPED, scope=TYPED, measures=TYPED)
    notice = incident_notice(incident, Language(), None)
    prepared = replace(older_agenda(tmp_path), sent_at=None)

    assert "start" in notice
    assert not unsafe_characters(notice)
    assert not unsafe_characters(render_pre_read(MeetingHarness(prepared).meeting, Language(), ()))


async def test_a_screen_shows_an_older_meeting_cleaned(tmp_path: Path) -> None:
    ui = MeetingUi(AppEnvironment(tmp_path / "meetings"), prepared=older_agenda(tmp_path))
    async with ui.open():
        ui.session.step(note_rules.take_note, TYPED)
        await ui.press("n")
        await ui.pilot.pause()
        screen = ui.app.export_screenshot()

    assert "start" in screen
    assert not unsafe_characters(screen)
