"""The sections of the minutes: each a function from a meeting to Markdown, empty for nothing."""
