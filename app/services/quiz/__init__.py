"""The online quiz at work: its bank of questions, and attempts that lose no answer."""
