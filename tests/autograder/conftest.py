import pytest

from autograder import panel


@pytest.fixture
def shown():
    """Panels, caught instead of printed."""
    bundles: list[dict[str, str]] = []
    panel.redirect(bundles.append)
    yield bundles
    panel.redirect(None)
