"""Papers: received, proved to be what they claim, kept and attached."""
