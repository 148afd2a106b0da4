"""Programs that the bench starts as children: the floors, and the workbench without saving."""
