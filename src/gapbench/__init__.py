"""A terminal workbench for ISO 9001 and CMMI gap sessions."""

__version__ = "0.1.0"
