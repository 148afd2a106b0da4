"""What the standards ask: read-only catalogs of clauses and practices, in our own words."""
