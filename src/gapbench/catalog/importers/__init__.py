"""Frameworks that others wrote, brought in as a draft of a catalog; each importer says what it did with what it met."""
