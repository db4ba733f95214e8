"""The training programme as it is read: what is asked, who registered, how it went."""
