"""No command passes on what would steer the terminal, wherever it comes from."""

import json
from pathlib import Path

import pytest

from facilitator.adapters.library_file import LibraryFile
from facilitator.cli.main import main
from tests.hostile_workspace import HOSTILE, hostile_workspace
from tests.unsafe_text import unsafe_characters

LISTS = (
    ("actions", "--all"),
    ("actions", "--series", HOSTILE.replace("\0", "")),
    ("decisions",),
    ("risks", "--all"),
    ("history",),
    ("search", "e"),
    ("search", HOSTILE.replace("\0", "")),
    ("chain", "acos"),
    ("chain", "D1"),
    ("chain", "A1"),
    ("chain", "P1"),
    ("chain", "R1"),
    ("chain", "N1"),
    ("chain", "I1"),
    ("stats",),
    ("incident",),
)
"""Commands that can answer in JSON, and without what is sensitive."""
OTHERS = (
    ("check", "weekly"),
    ("check", "nothing"),
    ("kpi", "weekly"),
    ("kpi", "weekly", "--json"),
    ("kpi", "weekly", "--year"),
    ("kpi", "weekly", "--causes"),
    ("kpi", "weekly", "--causes", "--json"),
    ("inspect", "agendas/weekly/agenda.toml"),
    ("publish", "weekly"),
    ("publish", "weekly", "--force"),
    ("minutes", "2026-11-30-weekly"),
    ("minutes", "2026-12-07-weekly", "--complete", "--language", "zh_CN"),
    ("minutes", "2026-12-14-weekly"),
    ("minutes", "2026-12-21-weekly", "--output", "agendas"),
    ("minutes", "2020-01-01-none"),
    ("clock",),
    ("run", "weekly"),
    ("actions", "--done", "A14", "--series", "weekly"),
    ("actions", "--done", "A14", "--series", "weekly", "--evidence", "Receipt 4"),
    ("incident", "told", "I1", "boss"),
    ("incident", "close", "I1"),
    ("incident", "new", "--series", "weekly", "--kind=other", "--phenomenon", HOSTILE[:20]),
    ("close",),
    ("close", "2026-12-21-weekly"),
    ("reopen", "2026-11-30-weekly", "--reason", "A wrong date"),
    ("new", "Weekly"),
    ("reindex",),
)


@pytest.fixture(scope="module", params=[False, True], ids=["texts", "texts and ids"])
def workspace(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hostile_workspace(tmp_path_factory.mktemp("hostile"), with_ids=request.param)


@pytest.mark.usefixtures("_reset_language")
def test_no_command_passes_on_what_would_steer_the_terminal(
    workspace: Path, run, monkeypatch: pytest.MonkeyPatch
) -> None:
    lists = [(*each, *more) for each in LISTS for more in ((), ("--json",))]
    complete = [(*each, "--complete") for each in LISTS if each[0] not in ("stats", "incident")]
    answers = ""
    for words in (*lists, *complete, *OTHERS):
        printed = run(*words, at=workspace)
        answers += printed.out
        assert not unsafe_characters(printed.out + printed.err), words
        assert "52;c" not in printed.out + printed.err, words
        assert "Traceback" not in printed.err
        if "--json" in words and printed.out:
            json.loads(printed.out)
    assert answers.count("owned") > 200


def test_the_library_is_read_cleaned_and_not_set_aside(tmp_path: Path) -> None:
    root = hostile_workspace(tmp_path) / "meetings"

    library = LibraryFile(root / "library.json")
    past = library.past()

    assert HOSTILE[:8] in json.loads((root / "library.json").read_text())["meetings"]["1"]["title"]
    assert "owned" in past.meetings[0].title
    assert not unsafe_characters(repr(past))
    assert not (root / "library.damaged.json").exists()


def test_help_and_wrong_arguments_are_printed_cleaned(capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["--help"], ["minutes", "--help"], [HOSTILE], ["kpi", "x", "--week", HOSTILE]):
        with pytest.raises(SystemExit):
            main(words)
        assert not unsafe_characters("".join(capsys.readouterr()))
