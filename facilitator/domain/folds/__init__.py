"""What each fact makes of the meeting, a module a subject."""
