"""Who acts: every verb takes permission, log entry and the name in revisions from this one
value."""

from __future__ import annotations

from dataclasses import dataclass

from khabarayn.store.queries.people import Person

LONGEST_NAME, LONGEST_ADDRESS = 120, 45


@dataclass(frozen=True)
class By:
    """A person of the newsroom with ``role`` and network ``address``; or, without ``id``, the
    system itself by name (a command, an importer, the worker), which may do everything."""

    name: str
    id: int | None = None
    role: str = ""
    address: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", self.name[:LONGEST_NAME])
        object.__setattr__(self, "address", self.address[:LONGEST_ADDRESS])

    @classmethod
    def of(cls, person: Person, address: str = "") -> By:
        """Return who acts: the person, from the network address ``address``."""
        return cls(person.by, person.id, person.role, address)

    @property
    def is_system(self) -> bool:
        """Whether the system itself acts (a command, the worker) and not a person."""
        return self.id is None

    @property
    def own_id(self) -> int:
        """The person's number, for what is theirs alone. Raises ``LookupError`` for the system."""
        if self.id is None:
            raise LookupError(f"«{self.name}» is no person and has nothing of its own")
        return self.id


OPERATOR = By("operator")
IMPORT = By("import")
DEMO = By("demo")
WORKER = By("khabarayn worker")
