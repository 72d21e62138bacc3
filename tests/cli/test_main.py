"""The program as a whole: help, exit codes, pipes and encodings."""

import json
import subprocess
import sys

import pytest

from facilitator import __version__
from facilitator.adapters.agenda_file import read_agenda
from facilitator.cli.arguments import find_language_option

COMMANDS = (
    "run",
    "demo",
    "new",
    "check",
    "kpi",
    "inspect",
    "minutes",
    "clock",
    "actions",
    "close",
    "reopen",
    "reindex",
)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_its_help_with_the_exit_codes(run, command):
    printed = run(command, "--help")

    assert (printed.code, printed.err) == (0, "")
    assert f"facilitator {command}" in printed.out
    assert "--lang" in printed.out
    assert "Exit codes: 0" in printed.out


def test_the_help_lists_every_command(run):
    printed = run("--help")

    assert all(f"\n    {command} " in printed.out for command in COMMANDS)


@pytest.mark.parametrize("words", [("--lang", "zh_CN", "kpi"), ("kpi", "--lang=zh_CN")])
def test_the_help_is_chinese_when_asked_before_or_after_the_command(run, words):
    printed = run(*words, "--help")

    assert printed.code == 0
    assert printed.out.startswith("用法：facilitator kpi")
    assert "Exit codes" not in printed.out


def test_the_help_is_in_the_language_of_the_system(run, monkeypatch):
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")

    assert run("--help").out.startswith("用法：")


def test_the_language_option_is_not_searched_among_positional_arguments():
    assert find_language_option(["check", "--", "--lang", "zh_CN"]) is None
    assert find_language_option(["check", "--lang", "fr"]) is None
    assert find_language_option(["--lang"]) is None


def test_the_version_is_printed(run):
    assert run("--version").out == f"facilitator {__version__}\n"


@pytest.mark.parametrize(
    "words", [("fly",), ("check",), ("kpi", "weekly", "--jsn"), ("--lang", "fr", "reindex")]
)
def test_a_usage_error_exits_with_2_and_points_to_the_help(run, words):
    printed = run(*words)

    assert (printed.code, printed.out) == (2, "")
    assert printed.err.startswith("Usage: facilitator")
    assert "--help` for help" in printed.err


@pytest.mark.parametrize("words", [(), ("demo",), ("clock",)])
def test_screens_without_a_terminal_are_a_readable_error(shell, tmp_path, words):
    printed = shell(*words)

    assert (printed.code, printed.out) == (1, "")
    assert printed.err.startswith("This command needs a terminal.")
    assert printed.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_running_an_agenda_without_a_terminal_is_refused(shell, demo):
    printed = shell("run", "weekly", at=demo)

    assert (printed.code, printed.out) == (1, "")
    assert printed.err.startswith("This command needs a terminal.")


def test_a_new_agenda_is_created_with_a_data_folder(run, tmp_path):
    printed = run("new", "spring")

    file = tmp_path / "agendas" / "spring" / "agenda.toml"
    assert (printed.code, printed.err) == (0, "")
    assert "facilitator check spring" in printed.out
    assert (file.parent / "data").is_dir()
    agenda, _problems = read_agenda(file)
    assert agenda is not None
    assert agenda.series == "spring"
    assert agenda.starts.weekday() == 0
    assert run("check", "spring").code == 1, "the exports are still missing"


def test_a_new_agenda_is_for_the_marketplaces_of_the_team(run, tmp_path):
    printed = run("new", "spring", "--marketplaces", "us, GB,us")

    agenda, problems = read_agenda(tmp_path / "agendas" / "spring" / "agenda.toml")
    assert (printed.code, problems) == (0, ())
    assert agenda is not None
    assert agenda.data.marketplaces == ("US", "UK")


def test_a_new_agenda_is_not_created_for_an_unknown_marketplace(run, tmp_path):
    printed = run("new", "spring", "--marketplaces", "US,ZZ")

    assert printed.code == 1
    assert "Unknown marketplace “ZZ”" in printed.err
    assert list(tmp_path.iterdir()) == []


def test_a_new_agenda_is_chinese_for_chinese_people(run, tmp_path):
    run("new", "spring", "--lang", "zh_CN")

    agenda, _problems = read_agenda(tmp_path / "agendas" / "spring" / "agenda.toml")
    assert agenda is not None
    assert agenda.language == "zh_CN"


def test_a_new_agenda_never_overwrites_an_existing_one(run, tmp_path):
    run("new", "spring")
    file = tmp_path / "agendas" / "spring" / "agenda.toml"
    file.write_text("# mine\n")

    printed = run("new", "spring")

    assert (printed.code, printed.out) == (1, "")
    assert file.read_text() == "# mine\n"


@pytest.mark.parametrize(
    "name", ["../out", "a b", "", "/x", "春", "con", "NUL", "com1.txt", "a.", "a:b", "a" * 300]
)
def test_an_agenda_name_that_cannot_be_a_folder_is_refused(run, tmp_path, name):
    printed = run("new", name)

    assert printed.code == 1
    assert list(tmp_path.iterdir()) == []


def test_an_agenda_name_that_the_shell_takes_for_an_option_is_refused(run, tmp_path):
    assert run("new", "-x").code == 2
    printed = run("new", "--", "-x")

    assert printed.code == 1
    assert "do not begin with -" in printed.err
    assert list(tmp_path.iterdir()) == []


def test_a_new_agenda_differs_from_others_by_more_than_case(run, tmp_path):
    run("new", "spring")
    agenda = tmp_path / "agendas" / "spring" / "agenda.toml"
    agenda.write_text(agenda.read_text("utf-8").replace('"spring"', '"Season"'), "utf-8")
    meeting = tmp_path / "meetings" / "2026-11-23-Monthly-2"
    meeting.mkdir(parents=True)
    (meeting / "journal.jsonl").write_text("{}\n")

    for name, other in (("Spring", "spring"), ("SEASON", "Season"), ("monthly", "Monthly")):
        printed = run("new", name)
        assert (printed.code, printed.out) == (1, "")
        assert f"There is “{other}” already" in printed.err
    assert [each.name for each in (tmp_path / "agendas").iterdir()] == ["spring"]


def test_a_new_agenda_is_created_in_the_named_workspace(run, tmp_path):
    printed = run("new", "spring", "--folder", tmp_path / "team")

    file = tmp_path / "team" / "agendas" / "spring" / "agenda.toml"
    assert file.is_file()
    assert f"facilitator check {file}" in printed.out


def test_results_go_to_stdout_and_messages_to_stderr(shell, demo):
    (demo / "agendas/weekly/data/broken.csv").write_bytes(b"no,report\n1,2\n")

    printed = shell("kpi", "weekly", "--json", at=demo)

    assert printed.code == 1
    assert json.loads(printed.out)["series"] == "weekly"
    assert "broken.csv" in printed.err


def test_a_terminal_encoding_without_chinese_does_not_raise(shell, demo):
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}

    table = shell("kpi", "weekly-zh", at=demo, **plain)
    listed = shell("actions", "--json", at=demo, PYTHONIOENCODING="ascii", **plain)

    assert (table.code, table.err) == (0, "")
    assert "ACoS" in table.out
    titles = [each["title"] for each in json.loads(listed.out)]
    assert any("德国站" in title for title in titles)


def test_an_interrupt_ends_the_program_silently(run, monkeypatch):
    def stopped(_options: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("facilitator.cli.lifecycle.run_reindex", stopped)

    printed = run("reindex")

    assert (printed.code, printed.out, printed.err) == (130, "", "")


def test_a_closed_pipe_ends_the_program_silently(demo):
    writer = subprocess.Popen(
        [sys.executable, "-m", "facilitator", "minutes"],
        cwd=demo,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={"PYTHONPATH": ":".join(sys.path), "LC_ALL": "C.UTF-8"},
    )
    assert writer.stdout is not None
    assert writer.stderr is not None
    writer.stdout.close()
    said = writer.stderr.read()
    writer.stderr.close()

    assert writer.wait(60) == 1
    assert said == b""


@pytest.mark.parametrize(
    "program",
    [
        "from facilitator.cli.main import main\ntry: main(['--help'])\nexcept SystemExit: pass",
        "import facilitator.cli.interactive, facilitator.tui.app",
    ],
    ids=["the help", "the way to the first screen"],
)
def test_printing_the_help_loads_no_pandas(program):
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            f"import sys\n{program}\nprint(*sys.modules, file=sys.stderr)",
        ],
        env={"PYTHONPATH": ":".join(sys.path), "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=True,
    )

    loaded = set(done.stderr.split())
    assert "facilitator.cli.main" in loaded or "facilitator.cli.interactive" in loaded
    assert not loaded & {"pandas", "numpy", "python_calamine"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("chain",), "缺少：D3"),
        (("actions", "--foo"), "无法理解：--foo"),
        (("actions", "--done"), "--done 后面需要一个值"),
        (("incident", "new", "--kind", "fire"), "--kind 不能是 'fire'。可选：'out-of-stock'"),
        (("kpi", "weekly", "--year", "--causes"), "--causes 与 --year 不能同时使用"),
    ],
)
def test_usage_errors_are_in_the_current_language(run, words, said):
    printed = run("--lang", "zh_CN", *words)

    assert (printed.code, printed.out) == (2, "")
    assert said in printed.err
