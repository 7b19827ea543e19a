"""nbgrader's own names for the folders of this repository; nbgrader reads this from its root.

One assignment for each lesson, named as its folder. `solutions/` and `notebooks/` are built by
`python3 -m course build` and committed; everything under `grading/` is a class's own.
"""

import os
import sys
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

# The kernels that nbgrader starts would each warn that others on the machine could listen.
c.KernelManager.transport_encryption = "auto" if zmq.has("curve") else "disabled"
