"""The student whom names and manifests mean, and what says so.

A school's system knows who handed in; a manifest only says so. What they say must agree: where two
students are meant, or none, nobody is guessed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from autograder.grading.collect.manifests import Manifest
from autograder.grading.collect.names import Said, plain
from autograder.grading.collect.people import Student


class Doubt(Exception):
    """Why a notebook is left alone: one sentence."""


class People:
    """The class, as it is asked whose a notebook is.

    Where `strangers` is true, somebody who is not in the gradebook is who the manifest, or
    nbgrader's exchange, says.
    """

    def __init__(self, students: Iterable[Student], strangers: bool = False) -> None:
        self._students = {student.id: student for student in students}
        self._strangers = strangers
        self._numbers = self._by(lambda student: {student.lms})
        self._emails = self._by(lambda student: {student.email.casefold()})
        self._letters = self._by(lambda student: {student.id.casefold()})
        self._names = self._by(lambda student: student.names)

    def __len__(self) -> int:
        return len(self._students)

    def whose(self, said: Said, manifest: Manifest | None) -> tuple[str, str]:
        """The id of the student who handed in, and the rule by which that is known.

        Raises Doubt where nobody is meant, or more than one.
        """
        witnesses = [(rule, ids) for rule, ids in self._witnesses(said, manifest) if ids]
        if not witnesses:
            return self._stranger(said, manifest)
        agreed = set.intersection(*(ids for _, ids in witnesses))
        if not agreed:
            each = ", but ".join(f"{rule} means {_either(ids)}" for rule, ids in witnesses)
            raise Doubt(each)
        fitting = {one for one in agreed if not self._contradicted(self._students[one], said)}
        if not fitting:
            raise Doubt(f"{witnesses[0][0]} means {_either(agreed)}, but {self._other(said)}")
        if len(fitting) > 1:
            raise Doubt(f"may be of {_either(fitting)}: {witnesses[0][0]} fits them all")
        return _named(fitting.pop()), " and ".join(rule for rule, _ in witnesses)

    def _witnesses(self, said: Said, manifest: Manifest | None) -> Iterator[tuple[str, set[str]]]:
        """What speaks of a student, and whom of the class it fits."""
        if said.user:
            yield f"{said.system}'s number {said.user}", self._numbers[said.user]
        if said.name:
            yield f"{said.system}'s name {said.name}", self._names[plain(said.name)]
        if manifest:
            yield "its manifest", self._called(manifest.student)
        if said.exchanged:
            yield "the exchange", self._called(said.exchanged[0])
        if not said.system:  # what is inside a school's download, a student has named
            for word in said.ids:
                yield f"the name {word}", {word} & self._students.keys()

    def _called(self, word: str) -> set[str]:
        """Whom somebody means who wrote this of themselves."""
        exact = {word} & self._students.keys()
        folded = word.strip().casefold()
        return exact or self._letters[folded] or self._emails[folded] or self._names[plain(word)]

    def _contradicted(self, student: Student, said: Said) -> bool:
        """Whether the school's system speaks of somebody else than this row of the gradebook."""
        if said.user and student.lms:
            return student.lms != said.user
        return bool(said.name and student.names) and plain(said.name) not in student.names

    def _other(self, said: Said) -> str:
        return f"{said.system} says that {said.name} handed it in ({said.account})"

    def _stranger(self, said: Said, manifest: Manifest | None) -> tuple[str, str]:
        claims = [("its manifest", manifest.student)] if manifest else []
        claims += [("the exchange", said.exchanged[0])] if said.exchanged else []
        if self._strangers and claims:
            rule, student = claims[0]
            return _named(student), f"{rule}, a new student"
        known = [f'"{said.name}" ({said.account}), as {said.system} says'] if said.system else []
        known += [f'"{student}", as {rule} says' for rule, student in claims]
        if not known:
            raise Doubt("nothing says whose it is; put it into a folder named by the student's id")
        mend = "add the student to the gradebook" + (", or say --new" if claims else "")
        raise Doubt(f"nobody in the gradebook is {', or '.join(known)}; {mend}")

    def _by(self, words: Callable[[Student], set[str]]) -> dict[str, set[str]]:
        """The class by what is known of each; nothing that is not known."""
        found: dict[str, set[str]] = defaultdict(set)
        for student in self._students.values():
            for word in words(student) - {""}:
                found[word].add(student.id)
        return found


def _either(ids: set[str]) -> str:
    return " or ".join(sorted(ids))


def _named(student: str) -> str:
    """An id that can name a folder; raises Doubt for one that would lead elsewhere."""
    if not student.strip(". ") or set(student) & set("/\\\0+") or not student.isprintable():
        raise Doubt(f'"{student}" cannot name a student\'s folder')
    return student
