"""Why a file cannot be read as a list of people."""


class UnfitTable(Exception):  # noqa: N818  (a refusal with a reason, not a fault of the program)
    """A file that is not taken: ``code`` says why, ``values`` fill the sentence for its sender."""

    def __init__(self, code: str, **values: int | str) -> None:
        super().__init__(code)
        self.code, self.values = code, values
