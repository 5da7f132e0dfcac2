"""What people keep when servers, databases and lines fail."""
