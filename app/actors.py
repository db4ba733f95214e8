"""Who acts: an account with the posts it holds today."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from workflows.levels import Level, Post


@dataclass(frozen=True, slots=True)
class HeldPost:
    """A post held today, with what the rights need to know about its unit.

    ``on_behalf_of`` names whom a substitute stands in for, by account and person in the next two.
    """

    post: Post
    unit_id: int
    unit_name: str
    level: Level
    path: str
    district_id: int | None
    is_grassroots: bool
    on_behalf_of: str = ""
    principal_id: int | None = None
    principal_person_id: int | None = None

    def reaches(self, path: str) -> bool:
        """Whether a unit, named by its path, is the post's own or below it."""
        return path.startswith(self.path)

    def is_among(self, posts: Mapping[Level, Collection[Post]]) -> bool:
        """Whether the post is one of those named for its level.

        A chi đoàn cơ sở has the powers of a grass-roots union besides its own (§11.2b).
        """
        levels = {self.level, Level.COMMUNE} if self.is_grassroots else {self.level}
        return any(self.post in posts.get(level, ()) for level in levels)


@dataclass(frozen=True, slots=True)
class Actor:
    """The person behind a request or a command; rights come from ``posts`` alone."""

    account_id: int
    name: str
    person_id: int | None
    posts: tuple[HeldPost, ...]

    def posts_at(self, unit_id: int | None, among: frozenset[Post]) -> list[HeldPost]:
        """List which of some posts are held at precisely this unit, those of a substitute first."""
        return [each for each in self.posts if each.unit_id == unit_id and each.post in among]
