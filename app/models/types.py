"""Column types: text that is encrypted at rest."""

import json
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from flask import current_app
from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator


@lru_cache(maxsize=4)
def _cipher(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def field_cipher() -> MultiFernet:
    """Return the cipher of ``FIELD_KEY``; the first key encrypts, all of them decrypt."""
    return _cipher(current_app.config["SETTINGS"].field_key)


class EncryptedText(TypeDecorator[str]):
    """Text the database holds only as ciphertext (Law 91/2025/QH15: sensitive data)."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Encrypt on the way in."""
        return None if value is None else field_cipher().encrypt(value.encode()).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Decrypt on the way out."""
        return None if value is None else field_cipher().decrypt(value.encode()).decode()


class EncryptedJson(TypeDecorator[Any]):
    """A JSON value the database holds only as ciphertext."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ANN401, ARG002
        """Encrypt on the way in."""
        if value is None:
            return None
        return field_cipher().encrypt(json.dumps(value).encode()).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ANN401, ARG002
        """Decrypt on the way out."""
        return None if value is None else json.loads(field_cipher().decrypt(value.encode()))
