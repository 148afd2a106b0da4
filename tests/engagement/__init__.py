"""What the client file promises."""
