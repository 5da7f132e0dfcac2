"""The trail: who came in, what was given, copied, taken away. Entries are added and never changed."""
