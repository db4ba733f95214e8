"""Who holds what: accounts, posts, substitutes, and offices handed over."""
