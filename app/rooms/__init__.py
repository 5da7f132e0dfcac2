"""The kernel of a room (commands in, changed rows out, one log) and the room itself as the first tool."""
