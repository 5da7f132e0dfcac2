"""The protocol from outside: a real server, its socket and its HTTP, and whatever people send them."""
