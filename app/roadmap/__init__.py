"""The roadmap: which stages and steps the team is in, and the aim it works towards."""
