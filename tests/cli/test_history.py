"""The commands `decisions`, `history`, `search`, `chain` and `stats`."""

import json
from pathlib import Path

import pytest

from facilitator.adapters.library_file import LibraryFile
from facilitator.adapters.meetings_folder import MeetingsFolder
from facilitator.domain.decision import OptionId
from facilitator.domain.rules import decisions
from facilitator.domain.rules import focus as focus_rules
from tests.factories import ON
from tests.library_meetings import WEEK, begin_meeting, library_of_meetings, propose_decision

COMMANDS = (("decisions",), ("risks",), ("history",), ("search", "Order"), ("stats",))


@pytest.fixture
def team(tmp_path: Path) -> Path:
    """Return a workspace with three meetings; a decision was settled in the last."""
    root = tmp_path / "meetings"
    library = library_of_meetings(root, weeks=2)
    _id, journal, _ = MeetingsFolder(root, library).start("weekly", ON + 2 * WEEK)
    harness = begin_meeting(library, ON + 2 * WEEK)
    harness.step(
        decisions.choose_option,
        propose_decision(harness, "去日本站？"),
        OptionId("A"),
        "Rank 3 there",
    )
    harness.close()
    for event in harness.events:
        journal.append(event)
    journal.close()
    return tmp_path


@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: words[0])
def test_commands_on_past_meetings_say_that_there_are_none(run, command):
    printed = run(*command)
    assert (printed.code, printed.err) == (0, "")
    assert printed.out.count("\n") == 1
    printed = run(*command, "--json")
    assert printed.code == 0
    assert json.loads(printed.out) is not None


def test_decisions_are_listed_with_outcome_decider_and_days(run, team):
    printed = run("decisions", at=team)
    assert (printed.code, printed.err) == (0, "")
    assert all(each in printed.out for each in ("D1", "去日本站？", "✓ Yes", "Lin Tao"))
    (printed_json,) = json.loads(run("decisions", "--json", at=team).out)
    assert (printed_json["id"], printed_json["outcome"], printed_json["days_to_ruling"]) == (
        "D1",
        "chosen",
        0,
    )
    assert json.loads(run("decisions", "--open", "--json", at=team).out) == []


def test_risks_are_listed_worst_first_and_closed_ones_only_on_request(run, demo):
    assert [each["id"] for each in json.loads(run("risks", "--json", at=demo).out)] == [
        "R1", "R1", "R2", "R3", "R2", "R3"
    ]  # fmt: skip
    printed = run("risks", "--series", "weekly", at=demo)
    assert (printed.code, printed.err) == (0, "")
    assert all(each in printed.out for each in ("▲ out of control", "Zhao Min", "B0FAC00104"))
    first, *_others = json.loads(run("risks", "--all", "--json", at=demo).out)
    assert (first["state"], first["meetings"], first["asins"]) == (
        "out_of_control", 1, ["B0FAC00102"]
    )  # fmt: skip
    assert "Problems named" in run("stats", at=demo).out


def test_history_lists_every_meeting_the_newest_first(run, team):
    printed_json = json.loads(run("history", "--json", at=team).out)
    assert [each["date"] for each in printed_json] == ["2026-12-07", "2026-11-30", "2026-11-23"]
    assert [each["decided"] for each in printed_json] == [1, 0, 0]
    assert "2026-11-30" in run("history", at=team).out
    assert json.loads(run("history", "--series", "monthly", "--json", at=team).out) == []


def test_history_counts_dropped_decisions_as_settled_like_minutes_and_stats(run, team):
    root = team / "meetings"
    library = LibraryFile(root / "library.json")
    folder = MeetingsFolder(root, library)
    folder.meetings()  # takes in the one that ruled
    _id, journal, _ = folder.start("weekly", ON + 3 * WEEK)
    harness = begin_meeting(library, ON + 3 * WEEK)
    harness.step(decisions.drop_decision, propose_decision(harness, "Sell in Brazil?"), "Too far")
    harness.close()
    for event in harness.events:
        journal.append(event)
    journal.close()
    printed_json = json.loads(run("history", "--json", at=team).out)
    assert [each["decided"] for each in printed_json] == [1, 1, 0, 0]
    assert json.loads(run("stats", "--json", at=team).out)["rulings"]["ruled"] == 2


def test_actions_have_a_column_carried_and_none_called_meetings(run, demo):
    printed = run("actions", "--series", "weekly", at=demo)
    assert "Carried" in printed.out
    assert "Meetings" not in printed.out


def test_history_lists_the_focus_week_by_week_with_what_it_replaced(run, team):
    root = team / "meetings"
    for weeks, text in ((3, "Launch"), (4, "清仓")):
        library = LibraryFile(root / "library.json")
        _id, journal, _ = MeetingsFolder(root, library).start("weekly", ON + weeks * WEEK)
        harness = begin_meeting(library, ON + weeks * WEEK)
        harness.step(focus_rules.answer_focus, text)
        harness.close()
        for event in harness.events:
            journal.append(event)
        journal.close()
    printed_json = json.loads(run("history", "--json", at=team).out)
    assert [(each["focus"], each["focus_before"]) for each in printed_json[:3]] == [
        ("清仓", "Launch"),
        ("Launch", ""),
        ("", ""),
    ]
    printed = run("history", at=team).out
    assert "Launch" in printed.partition("Focus, week by week")[2]


def test_search_finds_chinese_text_and_its_meeting(run, team):
    (hit,) = json.loads(run("search", "日本", "--json", at=team).out)
    assert (hit["kind"], hit["id"], hit["meeting"]) == ("decision", "D1", "2026-12-07-weekly")
    assert "去日本站？" in run("search", "日本", at=team).out


def test_search_does_not_read_journals_again(run, team, monkeypatch):
    run("search", "Order", at=team)

    def refuse(*_: object) -> None:
        raise AssertionError("A journal was replayed.")

    monkeypatch.setattr("facilitator.adapters.library_file.read_journal", refuse)
    assert "Order 1" in run("search", "order 1", at=team).out


def test_a_lost_library_is_rebuilt_with_the_same_contents(run, team):
    before = run("search", "Order", "--json", at=team).out
    (team / "meetings" / "library.json").unlink()
    assert run("search", "Order", "--json", at=team).out == before


def test_a_chain_is_printed_for_an_id(run, team):
    printed = run("chain", "a1", at=team)
    assert printed.code == 0
    assert "Action A1: Order 0" in printed.out
    (printed_json,) = json.loads(run("chain", "acos", "--json", at=team).out)
    assert [each["on"] for each in printed_json["causes"]] == ["2026-11-23", "2026-11-30"]


def test_an_unknown_id_is_a_readable_error(run, team):
    printed = run("chain", "D77", at=team)
    assert (printed.code, printed.out) == (1, "")
    assert "“D77”" in printed.err


def test_stats_are_printed_with_small_charts(run, team):
    printed = run("stats", at=team)
    assert printed.code == 0
    assert "Action items completed" in printed.out
    printed_json = json.loads(run("stats", "--json", at=team).out)
    assert printed_json["meetings"] == 3
    assert printed_json["promises"]["made"] == 2
    assert printed_json["rulings"]["ruled"] == 1


def test_markup_in_a_question_is_text(run, tmp_path):
    library = LibraryFile(tmp_path / "meetings" / "library.json")
    _id, journal, _ = MeetingsFolder(tmp_path / "meetings", library).start("weekly", ON)
    harness = begin_meeting(library)
    propose_decision(harness, "Sell [bold]more[/] now?")
    for event in harness.events:
        journal.append(event)
    journal.close()
    assert "Sell [bold]more[/] now?" in run("decisions").out


@pytest.mark.parametrize("command", ["decisions", "history", "stats"])
def test_an_unknown_series_is_reported_with_those_that_exist(run, team, command):
    printed = run(command, "--series", "monthly", at=team)
    assert printed.code == 0
    assert "“monthly”" in printed.err
    assert "weekly" in printed.err
    assert printed.out == "There are none.\n"


def test_actions_and_decisions_in_json_have_every_field(run, team):
    (action, *_others) = json.loads(run("actions", "--json", at=team).out)
    assert {
        "status", "blocked_by", "evidence", "first_due", "age_in_meetings", "accepted", "kpi",
        "asins", "marketplace", "decision", "given_by", "ruling",
    } <= action.keys()  # fmt: skip
    (decision,) = json.loads(run("decisions", "--json", at=team).out)
    assert {
        "kind", "days_to_ruling", "decider", "rationale", "comes_back_on", "vetted_by",
        "promise_kept", "waiting",
    } <= decision.keys()  # fmt: skip
    assert (decision["rationale"], decision["waiting"]) == ("Rank 3 there", False)
    printed_json = json.loads(run("stats", "--json", at=team).out)
    assert [(each["name"], each["approved"]) for each in printed_json["proposers"]] == [("陈梅", 1)]
    assert printed_json["incidents"]["count"] == 0
