"""The catalogs: complete, up to date with the sources, and loadable."""

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

import facilitator
from facilitator.adapters.catalogs import LANGUAGES, LOCALE_FOLDER, choose_language, load_language
from facilitator.domain.errors import Diagnostic, StorageError, message

PACKAGE = Path(facilitator.__file__).parent
MAKEFILE = PACKAGE.parent / "Makefile"
Sentence = str | list[str] | tuple[str, ...]
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "N_": None,
    "gettext": None,
    "ngettext": (1, 2),
}
"""What marks a sentence, and which of its arguments are one: as in the Makefile."""


@pytest.fixture(scope="module")
def chinese() -> Catalog:
    with (LOCALE_FOLDER / "zh_CN" / "LC_MESSAGES" / "facilitator.po").open("rb") as file:
        return read_po(file, locale="zh_CN")


@pytest.fixture(scope="module")
def sentences() -> set[Sentence]:
    """Return every sentence of the sources, extracted as by `make messages`."""
    found = extract_from_dir(PACKAGE, keywords=KEYWORDS)
    return {text for _, _, text, _, _ in found if text}


def test_every_sentence_has_a_translation(chinese: Catalog, sentences: set[Sentence]) -> None:
    translated = {entry.id for entry in chinese if all(_forms(entry.string)) and not entry.fuzzy}

    assert sorted(sentences - translated, key=str) == []


def test_no_catalog_entry_is_unused(chinese: Catalog, sentences: set[Sentence]) -> None:
    assert sorted({entry.id for entry in chinese if entry.id} - sentences, key=str) == []
    assert not chinese.obsolete


def test_every_translation_has_the_same_placeholders(chinese: Catalog) -> None:
    odd = [
        entry.id
        for entry in chinese
        if entry.id and len({frozenset(_names(form)) for form in _all_forms(entry)}) > 1
    ]

    assert odd == []


def test_the_makefile_extracts_by_the_same_keywords() -> None:
    marks = [
        f"-k {word}:{','.join(map(str, places))}" if places else f"-k {word}"
        for word, places in KEYWORDS.items()
    ]

    assert " ".join(marks) in MAKEFILE.read_text(encoding="utf-8")


def test_every_sentence_can_be_extracted() -> None:
    """Babel extracts plain strings only, and on Python 3.11 none inside f-strings."""
    assert [place for file in sorted(PACKAGE.rglob("*.py")) for place in _unreachable(file)] == []


def test_the_catalog_has_no_line_numbers() -> None:
    text = (LOCALE_FOLDER / "zh_CN" / "LC_MESSAGES" / "facilitator.po").read_text(encoding="utf-8")

    assert "\n#:" not in text


def test_a_compiled_catalog_is_loaded(chinese: Catalog, tmp_path: Path) -> None:
    folder = tmp_path / "zh_CN" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "facilitator.mo").open("wb") as file:
        write_mo(file, chinese)

    language = load_language("zh_CN", tmp_path)

    assert (language.tag, language.gettext("Decisions")) == ("zh_CN", "决议")


def test_english_needs_no_catalog(tmp_path: Path) -> None:
    assert load_language("en", tmp_path).gettext("Decisions") == "Decisions"


@pytest.mark.parametrize("content", [None, b"", b"no catalog at all"])
def test_a_missing_or_damaged_catalog_is_reported_with_a_hint(
    content: bytes | None, tmp_path: Path
) -> None:
    folder = tmp_path / "zh_CN" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    if content is not None:
        (folder / "facilitator.mo").write_bytes(content)

    with pytest.raises(StorageError, match="make catalogs"):
        load_language("zh_CN", tmp_path)


@pytest.mark.parametrize(
    ("wanted", "environ", "tag"),
    [
        (None, {}, "en"),
        (None, {"LANG": "zh_CN.UTF-8"}, "zh_CN"),
        (None, {"LANG": "de_DE.UTF-8"}, "en"),
        (None, {"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "en"),
        (None, {"LC_ALL": "", "LC_MESSAGES": "zh_TW", "LANG": "en_US"}, "zh_CN"),
        ("en", {"LANG": "zh_CN.UTF-8"}, "en"),
        ("zh", {"LANG": "en_US.UTF-8"}, "zh_CN"),
    ],
)
def test_the_language_is_the_chosen_one_or_that_of_the_system(
    wanted: str | None, environ: dict[str, str], tag: str
) -> None:
    assert choose_language(wanted, environ) == tag
    assert tag in LANGUAGES


def _forms(text: Sentence | None) -> tuple[str, ...]:
    """A sentence, or its forms for one thing and for many."""
    return tuple(text) if isinstance(text, list | tuple) else (text or "",)


def _all_forms(entry: Message) -> tuple[str, ...]:
    """The forms of an entry in both languages, as far as they are written."""
    return tuple(filter(None, (*_forms(entry.id), *_forms(entry.string))))


def _names(text: object) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(str(text))} - {None}


def _unreachable(file: Path) -> Iterator[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    hidden = {
        id(inner)
        for outer in ast.walk(tree)
        if isinstance(outer, ast.JoinedStr)
        for inner in ast.walk(outer)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _called(node) in KEYWORDS and node.args:
            is_plain = isinstance(node.args[0], ast.Constant)
            is_marked = isinstance(node.func, ast.Name) and node.func.id == "N_"
            if (id(node) in hidden and is_plain) or (is_marked and not is_plain):
                yield f"{file.relative_to(PACKAGE)}:{node.lineno}"


def _called(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def test_a_problem_in_chinese_has_no_blanks_between_its_sentences() -> None:
    problem = Diagnostic(
        file="US/ads.csv",
        row=3,
        message=message("Rename the file or its folder so that both name the same marketplace."),
        hint=message("Download the report again, exactly as it is."),
    )

    said = problem.translate(load_language("zh_CN").gettext)

    assert said == (
        "US/ads.csv：第 3 行：请重命名文件或文件夹，使两者指向同一站点。请重新下载报告，不要改动。"
    )
