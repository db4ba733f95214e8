"""What is stored of the secret that opens a link, be it an invitation or a personal link."""

import hashlib


def digest_of(secret: str) -> str:
    """Return what is kept of a secret; it is long and random, so a plain hash does."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
