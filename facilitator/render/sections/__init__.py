"""Sections of the minutes: functions from a meeting to Markdown, empty if nothing to say."""
