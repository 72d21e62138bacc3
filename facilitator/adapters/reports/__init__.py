"""Read the reports of Amazon and of the team: recognised by their header, summed to daily facts.

A file passes through these modules: `sniff` finds its encoding and header, `headers` its report
type (`report_types`), `filename_metadata` what its name says of all rows; `text_rows` or
`workbooks` read its rows in chunks (`tables`), and `open_quotes` finds rows lost in a cell.
`aggregate` sums them: `validate` refuses wrong rows, `classify_rows` finds day, marketplace, ad
product (`ad_products`) and currency, `number_parsing` the numbers, `row_measures` the measures,
`sums` the sums; `reading` calls these steps in turn. For a whole `folder`, `cache` keeps what was
read, `deduplicate` counts each row once, and `source_precedence` chooses between sources and
reports where they disagree.

pandas and calamine are imported where a file is read, never with this package.
"""

from facilitator.adapters.reports.breakdown import read_breakdown
from facilitator.adapters.reports.custom_reports import CUSTOM_REPORTS_FILE, read_custom_reports
from facilitator.adapters.reports.file_reading import FileReading, Total
from facilitator.adapters.reports.folder import read_folder
from facilitator.adapters.reports.reading import read_tables

__all__ = [
    "CUSTOM_REPORTS_FILE",
    "FileReading",
    "Total",
    "read_breakdown",
    "read_custom_reports",
    "read_folder",
    "read_tables",
]
