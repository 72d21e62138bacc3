"""Windows over a screen: each edits one value and hands it to whoever opened it."""
