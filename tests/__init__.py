"""The same folders as the source, plus journeys and bench."""
