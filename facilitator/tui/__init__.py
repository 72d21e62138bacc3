"""The Textual front end: screens take steps and hand out slices, widgets show them."""
