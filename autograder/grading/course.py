"""A course of nbgrader's: where its folders and its gradebook are, and what it was told.

Its own traits say so, in `nbgrader_config.py`, and are read here with their own loader; importing
nbgrader for them takes longer than grading a hundred submissions. A test asks nbgrader whether the
names and the defaults are still the same.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from autograder.grading.errors import GradingError

FOLDERS: Mapping[str, str] = MappingProxyType(
    {
        "source": "source",
        "release": "release",
        "submitted": "submitted",
        "autograded": "autograded",
        "feedback": "feedback",
    }
)
"""The steps that have a folder, and what nbgrader calls it unless told otherwise."""

COURSE_DIRECTORY: Mapping[str, Any] = MappingProxyType(
    {
        "course_id": "",
        "root": "",
        "db_url": "",
        "directory_structure": os.path.join("{nbgrader_step}", "{student_id}", "{assignment_id}"),
        "student_id_exclude": "",
        "groupshared": False,
        "ignore": [".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback"],
        **{f"{step}_directory": name for step, name in FOLDERS.items()},
    }
)
AUTOGRADE: Mapping[str, Any] = MappingProxyType(
    {"create_student": True, "exclude_overwriting": {}, "permissions": 0}
)
EXECUTE: Mapping[str, Any] = MappingProxyType({"timeout": 30})


@dataclass(frozen=True, slots=True)
class Course:
    """An nbgrader course, as its configuration describes it.

    `folders` names the folder of each step (`FOLDERS`); `structure` is nbgrader's format string for
    a path in it. `timeout` is how many seconds a cell may take, 0 for as long as it likes;
    `permissions` the mode of what is written. `config` is the whole configuration, for plug-ins.
    """

    root: Path
    course_id: str
    db_url: str
    structure: str
    folders: Mapping[str, str]
    ignore: tuple[str, ...]
    excluded: frozenset[str]
    create_student: bool
    exclude_overwriting: Mapping[str, list[str]]
    permissions: int
    groupshared: bool
    timeout: int
    config: Any

    def folder(self, step: str, student: str, assignment: str) -> Path:
        """Where that step keeps an assignment of that student, as nbgrader forms the path.

        `student` is "." for what belongs to no student.
        """
        step = self.folders.get(step, step)
        path = self.structure.format(
            nbgrader_step=step, student_id=student, assignment_id=assignment
        )
        return self.root / path


def read_course(directory: Path, db_url: str = "") -> Course:
    """The course in that folder, as nbgrader would find it if it were started there.

    `db_url` names another gradebook than the course's own. Raises GradingError where there is no
    such folder, or its configuration cannot be read.
    """
    if not directory.is_dir():
        raise GradingError(f"{directory}: there is no such folder; name a course with --course")
    with contextlib.chdir(directory):
        config = _config(Path.cwd())
        traits = _traits(config, COURSE_DIRECTORY, "CourseDirectory")
        root = Path(traits["root"] or ".").absolute()
        of_the_course = _from_here(traits["db_url"]) or f"sqlite:///{root / 'gradebook.db'}"
    autograde = _traits(config, AUTOGRADE, "BaseConverter", "Autograde")
    execute = _traits(config, EXECUTE, "NotebookClient", "ExecutePreprocessor", "Execute")
    mode = autograde["permissions"] or (664 if traits["groupshared"] else 444)
    return Course(
        root=root,
        course_id=traits["course_id"].strip(),
        db_url=db_url or of_the_course,
        structure=traits["directory_structure"],
        folders={step: traits[f"{step}_directory"] for step in FOLDERS},
        ignore=tuple(traits["ignore"]),
        excluded=frozenset(filter(None, traits["student_id_exclude"].split(","))),
        create_student=autograde["create_student"],
        exclude_overwriting=autograde["exclude_overwriting"],
        permissions=int(str(mode), 8),  # nbgrader's trait is a number that is read as octal
        groupshared=traits["groupshared"],
        timeout=execute["timeout"] or 0,
        config=config,
    )


def _from_here(db_url: str) -> str:
    """The same gradebook for whoever is elsewhere: a file may be named from this folder."""
    file = db_url.removeprefix("sqlite:///")
    if file in (db_url, "", ":memory:") or file.startswith("file:"):
        return db_url
    return f"sqlite:///{Path(file).absolute()}"


def _config(directory: Path) -> Any:
    """What all configuration files say together, in the order in which nbgrader reads them."""
    from jupyter_core.paths import jupyter_config_path
    from traitlets.config import Application

    application = Application(raise_config_file_errors=True)
    paths = jupyter_config_path()
    files = [("jupyter_config", paths), ("nbgrader_config", paths), ("nbgrader_config", [])]
    try:
        for name, where in files:
            application.load_config_file(name, path=where or [str(directory)])
        root = application.config.CourseDirectory.get("root", "")
        if isinstance(root, str) and root and Path(root).resolve() != directory.resolve():
            application.load_config_file("nbgrader_config", path=[str(root)])
    except Exception as error:
        raise GradingError(
            f"{directory}: nbgrader_config cannot be read ({type(error).__name__}: {error})"
        ) from error
    return application.config


def _traits(config: Any, defaults: Mapping[str, Any], *sections: str) -> dict[str, Any]:
    """Those traits as configured; a later section is a more special class, and outdoes others."""
    found = dict(defaults)
    for section in sections:
        for name, default in defaults.items():
            if name not in config[section]:
                continue
            value = config[section][name]
            if hasattr(value, "get_value"):  # c.CourseDirectory.ignore.append(...)
                value = value.get_value(default)
            if not isinstance(value, type(default)) and value is not None:
                kind = type(default).__name__
                raise GradingError(f"nbgrader_config: {section}.{name} is no {kind}: {value!r}")
            found[name] = value
    return found


def unheeded(course: Course) -> list[str]:
    """What the configuration asks of `nbgrader autograde` and only that does, in words."""
    found = []
    for name in ("sanitize_preprocessors", "autograde_preprocessors"):
        steps = course.config["Autograde"].get(name, [])
        for step in steps if isinstance(steps, list) else []:
            path = step if isinstance(step, str) else f"{step.__module__}.{step.__qualname__}"
            if path.partition(".")[0] not in ("autograder", "nbgrader", "nbconvert"):
                found.append(path)
    for section, trait in (("IgnorePattern", "enabled"), ("OverwriteCells", "add_missing_cells")):
        if course.config[section].get(trait):
            found.append(f"{section}.{trait}")
    return found
