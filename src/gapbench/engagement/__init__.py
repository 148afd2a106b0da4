"""The client file: one SQLite database, every change a named step that can be taken back."""
