"""Load gettext catalogs; choose the language from options and environment."""

import struct
from collections.abc import Mapping
from gettext import GNUTranslations
from pathlib import Path

from facilitator.domain.errors import N_, StorageError
from facilitator.render.language import Language

LANGUAGES = ("en", "zh_CN")
"""The languages of the interface; English is the source and needs no catalog."""
LOCALE_FOLDER = Path(__file__).parent.parent / "locale"


def load_language(tag: str, folder: Path = LOCALE_FOLDER) -> Language:
    """Return a language with its catalog loaded; raises StorageError if that fails."""
    if tag == "en":
        return Language()
    try:
        with (folder / tag / "LC_MESSAGES" / "facilitator.mo").open("rb") as file:
            return Language(tag=tag, translations=GNUTranslations(file))
    except (OSError, struct.error) as error:
        raise StorageError(
            N_(
                "The texts for {tag} are missing or damaged. "
                "Run `make catalogs`, or install Facilitator again."
            ),
            tag=tag,
        ) from error


def choose_language(wanted: str | None, environ: Mapping[str, str]) -> str:
    """Return the tag of the language asked for, or else of the environment's locale."""
    names = (environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    tag = wanted or next(filter(None, names), "")
    return "zh_CN" if tag.lower().startswith("zh") else "en"
