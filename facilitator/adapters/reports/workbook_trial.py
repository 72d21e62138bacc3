"""Open a workbook in a process of its own: `python workbook_trial.py FILE` fails if calamine does.

Calamine stops the whole process at some damaged xls and xlsb files, or asks for gigabytes.
"""

import sys

_MEMORY = 1 << 31


def _limit_memory() -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def _open(path: str) -> None:
    from python_calamine import CalamineWorkbook

    with open(path, "rb") as file, CalamineWorkbook.from_filelike(file) as book:  # noqa: PTH123
        for name in book.sheet_names:
            for _ in book.get_sheet_by_name(name).iter_rows():
                pass


if __name__ == "__main__":
    _limit_memory()
    _open(sys.argv[1])
