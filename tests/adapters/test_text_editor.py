"""A text comes back from an editor as it was saved, whatever becomes of the editor."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from facilitator.adapters.text_editor import edit_text
from facilitator.domain.errors import StorageError
from facilitator.session.ports import EditedText

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the editors are shell scripts")

UseEditor = Callable[[str], None]


def never() -> bool:
    return False


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> UseEditor:
    """Set a shell script as the editor; its file is `$1`."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()

    def use(script: str) -> None:
        file = tmp_path / "editor"
        file.write_text(f"#!/bin/sh\n{script}\n")
        file.chmod(0o755)
        monkeypatch.setenv("VISUAL", str(file))

    return use


def kept(tmp_path: Path) -> list[str]:
    """Return the files that are left in the temporary folder."""
    return [path.name for path in sorted((tmp_path / "temporary").glob("*/*"))]


def test_a_text_comes_back_as_it_was_saved(editor: UseEditor, tmp_path: Path) -> None:
    editor("printf ' and more\\n' >> $1")
    assert edit_text("竞品降价", never) == EditedText("竞品降价 and more\n")
    assert not list((tmp_path / "temporary").iterdir())


def test_an_emptied_file_is_an_empty_text(editor: UseEditor) -> None:
    editor(": > $1")
    assert edit_text("typed before", never) == EditedText("")


@pytest.mark.parametrize(
    ("script", "text", "problem"),
    [
        ("printf saved > $1; exit 2", "saved", "ended with error 2"),
        ("exit 1", "typed before", "ended with error 1"),
        (": > $1; exit 1", "typed before", "ended with error 1"),
        ("printf saved > $1; kill -TERM $$", "saved", "stopped by signal 15"),
        ("printf '\\276\\272' > $1", "typed before", "no text that can be read as UTF-8"),
        ("rm $1", "typed before", "no text that can be read as UTF-8"),
    ],
)
def test_an_editor_that_fails_loses_no_text(
    editor: UseEditor, tmp_path: Path, script: str, text: str, problem: str
) -> None:
    editor(f": > ${{1%/*}}/note.md.swp; {script}")
    edited = edit_text("typed before", never)

    assert edited.text == text
    assert problem in str(edited.problem)
    assert str(tmp_path / "temporary") in str(edited.problem)
    assert "note.md.swp" in kept(tmp_path)  # from which an editor recovers


def test_an_editor_is_stopped_when_the_program_ends(editor: UseEditor) -> None:
    editor("printf saved > $1; : > $1.ready; exec sleep 60")
    looks = iter([False, False, True])

    edited = edit_text("typed before", lambda: next(looks))

    assert edited.text in ("saved", "typed before")
    assert "signal 15" in str(edited.problem)


def test_an_editor_that_does_not_start_leaves_nothing(
    editor: UseEditor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", str(tmp_path / "nowhere"))
    with pytest.raises(StorageError, match="Set \\$EDITOR"):
        edit_text("typed before", never)
    assert not kept(tmp_path)
