"""What commands print and write: redacted, or with `--complete` in full."""

import shutil
import stat
from pathlib import Path

import pytest

from facilitator.cli.bootstrap import build_services
from facilitator.cli.demo.sample import load_sample_agenda
from facilitator.cli.workspace import Workspace
from facilitator.domain.rules.entries import toggle_sensitivity


@pytest.fixture
def question(demo):
    """Make a decision of an open meeting sensitive."""
    at = build_services(Workspace(demo))
    agenda = load_sample_agenda(demo / "agendas")
    session = at.begin(agenda, at.carried(agenda))
    asked = session.meeting.decisions[-1]
    session.step(toggle_sensitivity, asked.id)
    session.leave()
    return asked.question


def test_printed_minutes_are_redacted(run, demo, question):
    printed = run("minutes", at=demo)

    assert (printed.code, printed.err) == (0, "")
    assert question not in printed.out
    assert "(sensitive, not shown in this copy)" in printed.out


def test_complete_minutes_are_printed_on_request_with_a_warning(run, demo, question):
    printed = run("minutes", "--complete", "--output", demo / "mine.md", at=demo)

    assert printed.code == 0
    assert "Do not send it" in printed.err
    assert question in (demo / "mine.md").read_text("utf-8")
    assert stat.S_IMODE((demo / "mine.md").stat().st_mode) == 0o600


EARLIER = Path(__file__).parent.parent / "adapters" / "earlier_all_events"
SENSITIVE = ("盖子漏水", "人员调整", "New seal")
"""A risk, an agenda item, and what was proposed."""
LISTS = (
    ("risks", "--all"),
    ("search", "R2"),
    ("search", "盖子漏水"),
    ("search", "人员调整"),
    ("chain", "R2"),
    ("chain", "P7"),
    ("history",),
    ("decisions",),
    ("actions", "--all"),
    ("stats",),
)


@pytest.fixture
def earlier(tmp_path):
    """Copy meetings in which something is sensitive."""
    (tmp_path / "agendas").mkdir()
    shutil.copytree(EARLIER, tmp_path / "meetings")
    return tmp_path


@pytest.mark.parametrize("as_json", [False, True])
@pytest.mark.parametrize("words", LISTS, ids=" ".join)
def test_no_list_of_past_meetings_shows_sensitive_words(run, earlier, words, as_json):
    printed = run(*words, *(["--json"] if as_json else []), at=earlier)

    asked = " ".join(words)
    assert printed.code == 0
    assert not [each for each in SENSITIVE if each in printed.out.replace(f"“{asked[7:]}”", "")]


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (("risks", "--all"), "盖子漏水"),
        (("search", "盖子漏水"), "R2"),
        (("chain", "R2"), "盖子漏水"),
        (("actions", "--all"), "A7"),
        (("history", "--json"), "人员调整"),
    ],
)
def test_a_complete_list_comes_with_a_warning(run, earlier, words, shown):
    printed = run(*words, "--complete", at=earlier)

    assert shown in printed.out
    assert "(sensitive, not shown in this copy)" not in printed.out
    assert "Do not send it" in printed.err


def test_a_search_says_that_it_leaves_out_what_is_sensitive(run, earlier):
    printed = run("search", "盖子漏水", at=earlier)

    assert printed.out == "Nothing was found for “盖子漏水”.\n"
    assert "Search it with --complete" in printed.err


def test_closing_a_sensitive_action_item_does_not_print_it(run, demo):
    at = build_services(Workspace(demo))
    agenda = load_sample_agenda(demo / "agendas")
    session = at.begin(agenda, at.carried(agenda))
    action = session.meeting.actions[0]
    session.step(toggle_sensitivity, action.id)
    session.leave()

    closing = ("actions", "--done", action.id, "--series", agenda.series)
    printed = run(*closing, "--evidence", "Receipt 4", at=demo)

    assert f"{action.id} is done: (sensitive, not shown in this copy)" in printed.out
    assert action.title not in printed.out + printed.err
