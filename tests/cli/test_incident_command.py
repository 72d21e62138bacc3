"""`facilitator incident`: reporting, informing and recovery, without a meeting."""

import json
import shutil
from pathlib import Path

import pytest

from facilitator.cli.demo.sample import sample_agendas_folder

REPORT = (
    "incident",
    "new",
    "--series=weekly",
    "--kind=out-of-stock",
    "--phenomenon=B0TEST0001 shows “unavailable”\x1b[31m",
    "--scope=US",
    "--measures=Ads paused",
)


@pytest.fixture(autouse=True)
def workspace(tmp_path: Path) -> Path:
    """A folder with the sample's agendas and no meeting."""
    shutil.copytree(sample_agendas_folder() / "weekly", tmp_path / "agendas" / "weekly")
    return tmp_path


def test_reporting_an_incident_prints_and_writes_its_notice_and_starts_its_clock(run, tmp_path):
    done = run(*REPORT, "--at=2026-01-05 09:00")
    assert done.code == 0
    assert done.out.startswith("[Incident I1] Out of stock\nFound: Mon 5 Jan 09:00\n")
    assert "\x1b" not in done.out
    notice = (tmp_path / "meetings" / "incident-I1.txt").read_text(encoding="utf-8")
    assert notice == done.out.rstrip("\n")
    assert "! I1 +" in done.err
    assert "tell: supervisor, boss" in done.err


def test_a_series_without_an_agenda_is_refused(run, tmp_path):
    mistaken = run(*REPORT, "--series=weekyl")
    assert (mistaken.code, mistaken.out) == (1, "")
    assert "Series: weekly." in mistaken.err
    (tmp_path / "agendas" / "weekly" / "agenda.toml").write_text("broken", encoding="utf-8")
    assert run(*REPORT, "--series=weekyl").code == 0  # it may be the one that cannot be read


def test_informing_both_stops_the_clock(run):
    run(*REPORT)
    assert "tell: boss" in run("incident", "told", "i1", "supervisor").out
    assert run("incident", "told", "I1", "boss").out == "I1: supervisor and boss have been told.\n"
    assert "everyone told" in run("incident").out


def test_a_recovered_incident_still_waits_for_its_review(run):
    run(*REPORT)
    over = run("incident", "close", "I1", "--by-itself")
    assert "next agenda of weekly" in over.err
    assert "recovered by itself, to be reviewed" in run("incident", "list").out


def test_the_json_of_incidents_has_every_time_and_the_delay(run):
    run(*REPORT, "--at=2026-01-05 09:00")
    informed = run("incident", "told", "I1", "boss", "--at=2026-01-05 10:30", "--json")
    assert json.loads(informed.out)["gap_minutes"] == {"boss": 90}
    (found,) = json.loads(run("incident", "--json").out)
    assert found["told"]["supervisor"] is None
    assert found["late"] == ["supervisor", "boss"]
    assert json.loads(run(*REPORT, "--json").out)["notice"].startswith("[Incident I2]")


def test_an_empty_list_of_incidents_says_so(run):
    assert run("incident").out == "There are none.\n"
    assert json.loads(run("incident", "--json").out) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("new",), "--kind"),
        (("new", "--kind=other"), "Write what was seen"),
        (("new", "--kind=other", "--at=soon"), "not a time"),
        (("told",), "Incidents: –"),
        (("close", "I4"), "Incidents: –"),
    ],
)
def test_missing_arguments_are_readable_errors(run, tmp_path, words, said):
    done = run("incident", *words)
    assert done.code == 1
    assert said in done.err
    assert not (tmp_path / "meetings" / "incidents.jsonl").exists() or words[0] == "new"


def test_the_informed_recipient_must_be_named(run):
    run(*REPORT)
    for who in ((), ("warehouse",)):
        done = run("incident", "told", "I1", *who)
        assert done.code == 1
        assert "supervisor boss" in done.err


def test_one_of_several_series_must_be_named(run, tmp_path):
    other = tmp_path / "agendas" / "monthly"
    shutil.copytree(tmp_path / "agendas" / "weekly", other)
    agenda = other / "agenda.toml"
    text = agenda.read_text(encoding="utf-8")
    agenda.write_text(text.replace('series = "weekly"', 'series = "monthly"'), encoding="utf-8")
    done = run("incident", "new", "--kind=other")
    assert done.code == 1
    assert "monthly, weekly" in done.err
