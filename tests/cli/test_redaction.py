"""The command `minutes`: redacted, or with `--complete` in full."""

import stat

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
