"""Wording: vague action items, causes outside the team, relevance to the focus."""
