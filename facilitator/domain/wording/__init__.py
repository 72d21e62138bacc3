"""Wording checks: vague action items, external causes, relevance to the focus."""
