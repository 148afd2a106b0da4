"""An engagement in OSCAL: the plan it rests on, its results, and what there is to do."""
