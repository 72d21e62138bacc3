"""Read the reports of Amazon and of the team: recognised by their header, summed to facts.

A file passes through these modules. `open_report` opens it: `containers` unpacks it, `sniff` finds
its encoding and header, `headers` its report type (`report_types`), `filename_metadata` and
`place_evidence` what its name says of all rows. `read` makes a lazy frame of polars of its rows
(those of a workbook come from `workbooks`), `open_quotes` and `shifted_cells` find rows that were
split in the wrong places, `number_columns` parses the numbers, and `validate` gives a reason to
each row that does not count. `aggregate` sums the rows by the cells that say when and where, and
`locate` finds what those cells mean (`days`, `marketplaces`, `ad_products`). `report_facts` and
`report_problems` say it in words of the domain, which `reading` puts together.

For a whole `folder`, `cache` keeps what was read, `deduplicate` counts each row once (`recency`,
`same_rows`, `row_windows`), `coverage` settles which days a file tells, and `source_precedence`
chooses between sources and tells where they disagree.

A file whose reading may take much time or memory, or end the process, is read by
`bounded_reading` in a process of its own with limits (`bounded_process`).

polars and calamine are imported where a file is read, never with this package.
"""

from facilitator.adapters.reports.bounded_reading import read_tables
from facilitator.adapters.reports.breakdown import read_breakdown
from facilitator.adapters.reports.custom_reports import CUSTOM_REPORTS_FILE, read_custom_reports
from facilitator.adapters.reports.file_reading import FileReading, Total
from facilitator.adapters.reports.folder import read_folder

__all__ = [
    "CUSTOM_REPORTS_FILE",
    "FileReading",
    "Total",
    "read_breakdown",
    "read_custom_reports",
    "read_folder",
    "read_tables",
]
