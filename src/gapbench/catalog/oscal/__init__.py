"""OSCAL, the exchange format of NIST: what our catalogs look like in it, and what a sound document is."""
