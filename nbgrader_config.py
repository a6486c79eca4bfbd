"""nbgrader's settings, read by its commands and its pages when they are started in this folder."""

from nbgrader.converters import Autograde, GenerateAssignment, GenerateFeedback
from nbgrader.preprocessors import ClearHiddenTests, ClearMarkScheme

from autograder.release import CleanNotebook

c = get_config()  # noqa: F821

c.CourseDirectory.course_id = "neural-networks"
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "notebooks"
# This list replaces nbgrader's own, so those four come first. Without *.py the release would hold the source.
c.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback", "*.py"]

# First in line, so that nothing after it sees widget state or outputs.
c.GenerateAssignment.preprocessors = [CleanNotebook, *GenerateAssignment.preprocessors.default()]

c.ClearSolutions.code_stub = {"python": "raise NotImplementedError  # replace this line by your own code"}
c.ClearSolutions.text_stub = "*Your answer here.*"

# A rubric stands in a read-only Markdown cell below its written answer, between BEGIN and END MARK SCHEME (in
# HTML comments, which are not displayed).
# nbgrader takes it out of the release, and `nbgrader autograde` puts it back from the gradebook, so that the
# marker sees it below the answer. By default nbgrader allows such a region in task cells only, and a task that
# nobody answered is not marked 0 by itself.
c.ClearMarkScheme.enforce_metadata = False

# Neither hidden tests nor rubrics go into the pages of `nbgrader generate_feedback` and of the formgrader's button.
c.GenerateFeedback.preprocessors = [
    ClearHiddenTests,
    ClearMarkScheme,
    *GenerateFeedback.preprocessors.default(),
]

# In the formgrader, and in the pages of `nbgrader generate_feedback`, nothing that a student wrote runs.
c.HTMLExporter.sanitize_html = True
c.HTMLExporter.filters = {
    "markdown2html": "autograder.grader.pages.cell_markdown",
    "clean_html": "autograder.grader.pages.clean",
}

# Student code runs in a sandbox and tests in a process of their own, in place of one kernel for both.
# The secret seed of the hidden inputs stays out of this file: set the environment's AUTOGRADER_SEED, or
# c.IsolatedExecute.seed in a nbgrader_config.py of your home's .jupyter folder.
ours = {
    "Execute": "autograder.grader.plugin.IsolatedExecute",
    "SaveAutoGrades": "autograder.grader.plugin.SaveVerdicts",
}
c.Autograde.autograde_preprocessors = [
    ours.get(step.__name__, step) for step in Autograde.autograde_preprocessors.default()
]
