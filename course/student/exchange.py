"""nbgrader's exchange: the folder of a shared machine through which lessons change hands."""

import filecmp
import logging
import os
import tempfile
from pathlib import Path
from typing import Any

from course.door.environment import ROOT
from course.errors import CourseError

CONFIG = "nbgrader_config.py"


def configured(root: str = ROOT) -> Any:
    """Return nbgrader's configuration of the course, as traitlets has it; empty without a file.

    Raises CourseError where a folder that it names can neither be found nor made.
    """
    from traitlets.config import Config, ConfigFileNotFound, PyFileConfigLoader

    try:
        return PyFileConfigLoader(CONFIG, path=root).load_config()
    except ConfigFileNotFound:
        return Config()
    except OSError as error:  # the file makes the folders that it names
        raise CourseError(
            f"{error.filename}: {error.strerror}; {CONFIG} names it for nbgrader: "
            "hand in the file, and tell your instructor."
        ) from error


def releases(config: Any, lesson: str) -> bool:
    """Tell whether the instructor has released a lesson in the exchange of this configuration."""
    root, course = config.Exchange.get("root"), config.CourseDirectory.get("course_id")
    if not (isinstance(root, str) and isinstance(course, str)) or os.name == "nt":
        return False  # nbgrader itself: "the exchange is not available on Windows"
    return Path(root, course, "outbound", lesson).is_dir()


def hand_in(config: Any, lesson: str, notebook: bytes) -> str:
    """Submit a notebook as `nbgrader submit` does; return what there is to tell.

    It goes in under the login name, by which nbgrader knows whose files are whose. What is there
    already is not submitted twice. Raises CourseError where nbgrader refuses.
    """
    from nbgrader.auth import Authenticator
    from nbgrader.coursedir import CourseDirectory
    from nbgrader.exchange import ExchangeError, ExchangeFactory

    where = f"the exchange of {config.CourseDirectory.course_id}"
    course = CourseDirectory(config=config)
    course.assignment_id = lesson
    quiet = logging.getLogger("course.student.exchange")
    quiet.addHandler(logging.NullHandler())
    quiet.propagate = False
    with tempfile.TemporaryDirectory(prefix="onion-submit-") as folder:
        copy = Path(folder, lesson, f"{lesson}.ipynb")
        copy.parent.mkdir()
        copy.write_bytes(notebook)
        submit = ExchangeFactory(config=config).Submit(
            coursedir=course,
            authenticator=Authenticator(config=config),
            config=config,
            assignment_dir=folder,
            log=quiet,
        )
        if is_there(Path(submit.cache), course.course_id, copy):
            return f"It is in {where} already."
        try:
            submit.start()
        except (ExchangeError, OSError) as error:
            raise CourseError(
                f"nbgrader did not take it into {where} ({error}): "
                "hand in the file instead, and tell your instructor."
            ) from error
    return f"It is also in {where}, as nbgrader submit puts it there."


def is_there(cache: Path, course: str, notebook: Path) -> bool:
    """Tell whether the last submission of a lesson, of which nbgrader keeps a copy, is the same."""
    from nbgrader.utils import get_username

    lesson = notebook.parent.name
    before = sorted((cache / course).glob(f"{get_username()}+{lesson}+*"))
    last = before[-1] / notebook.name if before else None
    return last is not None and last.exists() and filecmp.cmp(last, notebook, shallow=False)
