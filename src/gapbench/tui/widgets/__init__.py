"""What screens are made of; each widget is told what to show and asks nothing."""
