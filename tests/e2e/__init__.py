"""Stories of people in real browsers, told by the words on their screens."""
