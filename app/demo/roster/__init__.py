"""The life of the roster in the demo district: who moves, leaves, pays, and who holds an office."""
