"""What is most private: the workflows that no general list tells of, and who knows of them."""

from collections.abc import Mapping

from workflows.levels import ACTING_POSTS, Level, Post
from workflows.recommendation import RECOMMENDATION

_HEADS = frozenset({Post.SECRETARY, Post.DEPUTY})

# Political conduct is sensitive data of its own kind (Law 91/2025/QH15; domain §9).
CONFIDENTIAL = frozenset({RECOMMENDATION.name})
SEEN_BY: Mapping[Level, frozenset[Post]] = {
    Level.BRANCH: _HEADS,
    Level.COMMUNE: frozenset(ACTING_POSTS),
    Level.DISTRICT: _HEADS,
    Level.PROVINCE: _HEADS,
}
