"""Compiles the catalogs of the languages when the package is built or installed."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


def compile_catalogs(root: Path) -> None:
    """Put a `.mo` beside every `.po`."""
    for po in sorted((root / "facilitator" / "locale").glob("*/LC_MESSAGES/*.po")):
        with po.open("rb") as source, po.with_suffix(".mo").open("wb") as goal:
            write_mo(goal, read_po(source, locale=po.parent.parent.name))


class CatalogHook(BuildHookInterface[Any]):
    """Compiles the catalogs before the files of the package are gathered."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        compile_catalogs(Path(self.root))


if __name__ == "__main__":
    compile_catalogs(Path(__file__).parent)
