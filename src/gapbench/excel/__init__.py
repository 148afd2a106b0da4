"""Workbooks: the deliverable as sheets, one module per sheet; the only room that knows Excel."""
