"""Reading: a select becomes rows or frozen dataclasses; nothing here adds or commits."""
