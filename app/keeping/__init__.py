"""What an operator keeps, takes along and takes away: backups, copies of a room, words and people that must go."""
