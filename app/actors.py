"""Who acts: an account with the posts it holds today."""

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
