"""Who is behind a browser: coaches' accounts, browser sessions, memberships, and the ways back to oneself."""
