"""Open a workbook in a process of its own: `python workbook_trial.py FILE` fails if calamine does.

Calamine stops the whole process at some damaged files, or asks for gigabytes.
"""

import sys

_MEGABYTES = 256
"""The most that a small workbook may reserve."""


def _limit_memory() -> None:
    if sys.platform != "win32":
        import resource

        kind = resource.RLIMIT_DATA if sys.platform == "linux" else resource.RLIMIT_AS
        resource.setrlimit(kind, (_MEGABYTES << 20, _MEGABYTES << 20))


def _open(path: str) -> None:
    from python_calamine import CalamineWorkbook

    with open(path, "rb") as file, CalamineWorkbook.from_filelike(file) as book:  # noqa: PTH123
        for name in book.sheet_names:
            for _ in book.get_sheet_by_name(name).iter_rows():
                pass


if __name__ == "__main__":
    _limit_memory()
    _open(sys.argv[1])
