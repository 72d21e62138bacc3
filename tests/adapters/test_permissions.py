"""People's words are for the owner of the files alone, whatever the umask says."""

import os
import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from facilitator.adapters.journal_file import JournalFile
from facilitator.domain.action import ActionStatus
from facilitator.domain.rules import actions, incidents
from facilitator.domain.rules.entries import toggle_sensitivity
from tests.environment import AppEnvironment
from tests.factories import action_draft, incident_draft

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
FOR_OTHERS = 0o077


@pytest.fixture(autouse=True)
def _open_umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def hold_everything(folder: Path) -> AppEnvironment:
    """Hold a meeting with something sensitive, reopen it, close an action item, and report."""
    at = AppEnvironment(folder)
    session = at.begin()
    made = session.step(actions.add_action, action_draft()).actions[-1]
    session.step(toggle_sensitivity, made.id)
    at.close(session)
    at.clock.advance(minutes=1)
    (held,) = at.services.archive.meetings()
    reopened = at.services.reopen(held.id, "A name was wrong")
    at.close(reopened)
    at.library.close_action(
        made.id, "weekly", ActionStatus.DONE, "Receipt", at.clock.now() + timedelta(days=1)
    )
    log = at.services.incidents
    found = log.step(incidents.report_incident, at.clock.now(), incident_draft()).incident
    log.write_notice(found.id, "Stock is out")
    return at


def open_to_others(folder: Path) -> set[str]:
    """Return what others may read, of a folder and all in it."""
    return {
        each.relative_to(folder).as_posix()
        for each in (folder, *folder.rglob("*"))
        if stat.S_IMODE(each.stat().st_mode) & FOR_OTHERS
    }


def test_only_minutes_to_be_sent_follow_the_umask(tmp_path: Path) -> None:
    folder = tmp_path / "meetings"
    hold_everything(folder)

    names = {each.name for each in folder.rglob("*")}
    assert names >= {
        "2026-11-23-weekly", "journal.jsonl", "journal.lock", "minutes-recorder.md",
        "minutes-recorder-v1.md", "library.json", "between-weekly.jsonl", "incidents.jsonl",
        "incident-I1.txt",
    }  # fmt: skip
    assert {Path(each).name for each in open_to_others(folder)} == {"minutes.md", "minutes-v1.md"}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_what_an_earlier_version_left_open_is_closed_where_it_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "meetings"
    at = hold_everything(folder)
    (folder / "2026-11-23-weekly" / "journal.torn").write_text("torn")
    for each in (folder, *folder.rglob("*")):
        each.chmod(0o755 if each.is_dir() else 0o644)

    journal, _minutes = at.services.archive.open(at.services.archive.meetings()[0].id)
    journal.close()
    at.services.incidents.step(incidents.report_incident, at.clock.now(), incident_draft())
    at.library.rebuild(folder)

    left = open_to_others(folder)
    assert "." not in left
    assert not {"library.json", "incidents.jsonl", "2026-11-23-weekly"} & left
    assert "2026-11-23-weekly/journal.jsonl" not in left


def test_a_line_that_was_cut_off_is_set_aside_for_the_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "journal.jsonl"
    file.write_text('{"n":1,"type":"Note')
    JournalFile(file).close()
    assert (tmp_path / "journal.torn").read_text() == '{"n":1,"type":"Note\n'
    assert open_to_others(tmp_path) <= {"."}


def test_a_damaged_library_is_set_aside_for_the_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "meetings"
    at = hold_everything(folder)
    (folder / "library.json").write_text("{")
    (folder / "library.json").chmod(0o644)
    at.library.sync(folder)
    assert not {"library.json", "library.damaged.json"} & open_to_others(folder)
