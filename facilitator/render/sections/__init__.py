"""Sections of the minutes: each returns Markdown, or an empty string if it has no content."""
