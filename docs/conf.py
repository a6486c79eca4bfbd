"""The course's site: ``make site`` writes it below ``build/site``. Nothing in it is loaded from elsewhere."""

import sys
from importlib.util import find_spec
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

project = "How neural networks work"
author = copyright = "the authors of How neural networks work"
language = "en"

extensions = [
    "course",
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "sphinx.ext.napoleon",
    "sphinx.ext.mathjax",
]
exclude_patterns = ["_ext", "_templates"]
templates_path = ["_templates"]
html_extra_path = ["class-report.html"]

# Markdown and notebooks. What a unit's cells gave is recorded, so nothing runs here.
nb_execution_mode = "off"
nb_ipywidgets_js = {}
nb_code_prompt_show = "Show the code of this picture"
nb_code_prompt_hide = "Hide the code of this picture"
myst_enable_extensions = ["dollarmath"]
myst_heading_anchors = 4

# nnlib: its docstrings name shapes, which say more than annotations.
autodoc_typehints = "none"
autodoc_member_order = "bysource"
default_role = "literal"

html_theme = "furo"
html_title = project
html_copy_source = False
html_show_sphinx = False
html_css_files = ["course.css"]
html_js_files = ["keyboard.js"]
html_favicon = "_static/icon.svg"
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"

# Sphinx would load MathJax from elsewhere. This is MathJax in one file, fonts included.
mathjax_folder = Path(find_spec("sphinx-mathjax-offline").origin).parent / "static" / "mathjax"
mathjax_path = "tex-svg.js"
html_static_path = ["_static", str(mathjax_folder / mathjax_path)]
