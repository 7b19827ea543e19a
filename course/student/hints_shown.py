"""How many hints of each exercise a student has seen: `work/.hints.json`, {lesson: {slug: n}}."""

from course.student.kept import Kept

NAME = ".hints.json"

_kept: Kept[int] = Kept(NAME, lambda count: type(count) is int)
read, record, forget = _kept.read, _kept.record, _kept.forget
