"""Writing what judging needs: panels, shares of entries, sheets, conflicts, the end of a round."""
