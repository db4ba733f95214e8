"""Units: the tree, its figures, and how it changed."""
