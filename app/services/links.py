"""The secrets of links: invitations and personal links."""

import hmac
import secrets
from base64 import urlsafe_b64encode

from flask import current_app

from app.services.events import By


def secret_for(kind: str, by: By) -> str:
    """Make the secret of a link of some kind, of 256 bits; stored is only its digest.

    It is made from the request's key, so that a repeated request tells the same secret again.
    """
    if by.actor is None or not by.request_key:
        return secrets.token_urlsafe(32)
    key = str(current_app.secret_key).encode()
    asked = f"{kind}/{by.actor.account_id}/{by.request_key}"
    return urlsafe_b64encode(hmac.digest(key, asked.encode(), "sha256")).decode().rstrip("=")
