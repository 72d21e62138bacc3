"""The Textual front end: screens run commands and pass values to widgets."""
