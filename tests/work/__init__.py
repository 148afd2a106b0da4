"""What the activities hand to screens, workbook and command line."""
