"""Who acts: an account with the posts it holds today."""

from dataclasses import dataclass

from workflows.levels import Level, Post


@dataclass(frozen=True, slots=True)
class HeldPost:
    """A post held today, with what the rights need to know about its unit.

    ``on_behalf_of`` names whom a substitute stands in for.
    """

    post: Post
    unit_id: int
    unit_name: str
    level: Level
    path: str
    district_id: int | None
    is_grassroots: bool
    on_behalf_of: str = ""

    def reaches(self, path: str) -> bool:
        """Whether a unit, named by its path, is the post's own or below it."""
        return path.startswith(self.path)


@dataclass(frozen=True, slots=True)
class Actor:
    """The person behind a request or a command; rights come from ``posts`` alone."""

    account_id: int
    name: str
    person_id: int | None
    posts: tuple[HeldPost, ...]

    def post_at(self, unit_id: int | None, among: frozenset[Post]) -> HeldPost | None:
        """Return the first of some posts that is held at precisely this unit."""
        held = (each for each in self.posts if each.unit_id == unit_id and each.post in among)
        return next(held, None)
