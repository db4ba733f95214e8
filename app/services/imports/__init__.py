"""Lists of members out of spreadsheets: read in slices, judged row by row, taken at once."""
