"""Where a person stands towards the Union (domain §6.4), and who counts as a member."""

from enum import StrEnum


class PersonStatus(StrEnum):
    """Where a person stands towards the Union (domain §6.4)."""

    CANDIDATE = "candidate"
    MEMBER = "member"
    TEMPORARILY_OUT = "temporarily_out"
    TEMPORARILY_IN = "temporarily_in"
    RESIDENCE_GUEST = "residence_guest"
    WORKING_AWAY = "working_away"
    DEFERRED = "deferred"
    AWAITING_TRANSFER = "awaiting_transfer"
    TRANSFERRED = "transferred"
    SUSPENDED = "suspended"
    DELETED = "deleted"
    RESIGNED = "resigned"
    EXPELLED = "expelled"
    MATURED = "matured"
    HONORARY = "honorary"
    DECEASED = "deceased"


MEMBER_STATUSES = frozenset(
    {
        PersonStatus.MEMBER,
        PersonStatus.TEMPORARILY_OUT,
        PersonStatus.WORKING_AWAY,
        PersonStatus.DEFERRED,
        PersonStatus.AWAITING_TRANSFER,
        PersonStatus.SUSPENDED,
    }
)


class Holding(StrEnum):
    """Whether a member has the book, the card or the badge (domain §2.7)."""

    HAS = "has"
    LACKS = "lacks"
    LOST = "lost"
    REISSUED = "reissued"


class Sex(StrEnum):
    """As the member book records it."""

    MALE = "male"
    FEMALE = "female"
