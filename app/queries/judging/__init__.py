"""Reading what judging needs: rounds, panels, sheets, ties of judges."""
