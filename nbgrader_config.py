"""nbgrader's own names for the folders of this repository; nbgrader reads this from its root.

One assignment for each lesson, named as its folder. `solutions/` and `notebooks/` are built by
`python3 -m course build` and committed; everything under `grading/` is a class's own.
"""

import os
import sys
from importlib.util import find_spec
from pathlib import Path

import zmq

ROOT = Path(__file__).resolve().parent
GRADING = ROOT / "grading"

# Where released lessons and submissions change hands. A class that shares a machine sets
# NBGRADER_EXCHANGE to a folder that everyone may write.
EXCHANGE = Path(os.environ.get("NBGRADER_EXCHANGE", GRADING / "exchange"))

# nbgrader starts alembic by its name, and would find none where `.venv` has not been activated: it
# would then fail halfway, with the release already taken away.
os.environ["PATH"] = os.pathsep.join([os.path.dirname(sys.executable), os.environ.get("PATH", "")])

# nbgrader makes neither, and says "Unwritable directory" or "unable to open database file".
GRADING.mkdir(exist_ok=True)
EXCHANGE.mkdir(parents=True, exist_ok=True)

# traitlets hands this name to a config file; the one that can be imported gets another config.
c = get_config()  # noqa: F821

c.CourseDirectory.course_id = "inside-the-onion"
c.CourseDirectory.root = str(ROOT)
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "notebooks"
c.CourseDirectory.submitted_directory = os.path.join("grading", "submitted")
c.CourseDirectory.autograded_directory = os.path.join("grading", "autograded")
c.CourseDirectory.feedback_directory = os.path.join("grading", "feedback")
c.CourseDirectory.solution_directory = os.path.join("grading", "solution")
c.CourseDirectory.db_url = f"sqlite:///{GRADING / 'gradebook.db'}"
c.Exchange.root = str(EXCHANGE)

# `nbgrader autograde` and formgrader's button judge as `python -m autograder grade` does: in a
# sandbox. Without this list, nbgrader's own Execute and SaveAutoGrades stand in the first and the
# fifth place, and a notebook runs as whoever grades.
c.Autograde.autograde_preprocessors = [
    "autograder.grading.plugin.Judge",
    "nbgrader.preprocessors.IgnorePattern",
    "nbconvert.preprocessors.ClearMetadataPreprocessor",
    "nbgrader.preprocessors.LimitOutput",
    "autograder.grading.plugin.SaveMarks",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
]

# The kernels that nbgrader starts would each warn that others on the machine could listen.
c.KernelManager.transport_encryption = "auto" if zmq.has("curve") else "disabled"

# A feedback page says what a check found, and not how it asks: hidden parts stay hidden.
c.GenerateFeedback.preprocessors.append("autograder.grading.feedback.without_sources")

# No script of a student's runs in a page of formgrader, which may write marks, or of feedback.
c.HTMLExporter.preprocessors = ["autograder.grading.harmless.harmless_outputs"]
c.HTMLExporter.filters = {"markdown2html": "autograder.grading.harmless.markdown2html"}

# Pages of formgrader and of feedback fetch nothing from elsewhere, and work without a network.
NBGRADER = Path(find_spec("nbgrader").origin).parent
c.HTMLExporter.extra_template_basedirs = [
    str(ROOT / "autograder" / "grading" / "templates"),
    str(NBGRADER / "server_extensions" / "formgrader" / "templates"),
]
