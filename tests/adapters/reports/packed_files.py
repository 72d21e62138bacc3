"""Make workbooks of formats for which no kept library writes files: xlsb and ods."""

import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path

Row = Sequence[str | float]


def write_xlsb(path: Path, rows: Sequence[Row], far: tuple[int, int] | None = None) -> Path:
    """Write a binary workbook; `far` is the row and column of one more cell, counted from 0."""
    last = struct.pack("<IIII", 0, len(rows) - 1, 0, len(rows[0]) - 1)
    sheet = _record(0x81) + _record(0x94, last) + _record(0x91)
    for at, row in enumerate(rows):
        sheet += _row(at) + b"".join(_cell(column, cell) for column, cell in enumerate(row))
    if far:
        sheet += _row(far[0]) + _cell(far[1], 1.0)
    book = _record(0x83) + _record(0x8F)
    book += _record(0x9C, struct.pack("<II", 0, 1) + _text("rId1") + _text("Report"))
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr(
            "xl/_rels/workbook.bin.rels",
            f'<Relationships xmlns="{relations}"><Relationship Id="rId1" Type="{kind}" '
            'Target="worksheets/sheet1.bin"/></Relationships>',
        )
        package.writestr("xl/workbook.bin", book + _record(0x90) + _record(0x84))
        package.writestr("xl/worksheets/sheet1.bin", sheet + _record(0x92) + _record(0x82))
    return path


def _record(kind: int, data: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size = len(data)
    while size > 0x7F:
        head += bytes([size & 0x7F | 0x80])
        size >>= 7
    return head + bytes([size]) + data


def _row(at: int) -> bytes:
    return _record(0, struct.pack("<I", at) + bytes(21))


def _cell(column: int, cell: str | float) -> bytes:
    head = struct.pack("<II", column, 0)
    if isinstance(cell, str):
        return _record(6, head + _text(cell))
    return _record(5, head + struct.pack("<d", cell))


def _text(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def write_ods(path: Path, rows: Sequence[Row], *, is_hidden: bool = False) -> Path:
    """Write a workbook of LibreOffice with one sheet."""
    spaces = "".join(
        f' xmlns:{each}="urn:oasis:names:tc:opendocument:xmlns:{each}:1.0"'
        for each in ("office", "style", "table", "text")
    )
    style = (
        '<style:style style:name="s" style:family="table">'
        f'<style:table-properties table:display="{str(not is_hidden).lower()}"/></style:style>'
    )
    lines = "".join(
        f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows
    )
    content = (
        f"<office:document-content{spaces}>"
        f"<office:automatic-styles>{style}</office:automatic-styles>"
        f'<office:body><office:spreadsheet><table:table table:name="Report" table:style-name="s">'
        f"{lines}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", content)
        package.writestr("META-INF/manifest.xml", "<manifest/>")
    return path


def _ods_cell(cell: str | float) -> str:
    if isinstance(cell, str):
        text = f"<text:p>{cell}</text:p>"
        return f'<table:table-cell office:value-type="string">{text}</table:table-cell>'
    return f'<table:table-cell office:value-type="float" office:value="{cell}"/>'
