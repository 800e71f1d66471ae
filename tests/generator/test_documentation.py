"""What a newcomer is told: every public function of the generator has an example that runs."""

import inspect

import pytest

import generator

FUNCTIONS = [name for name in generator.__all__ if inspect.isfunction(getattr(generator, name))]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_public_function_has_an_example(name):
    """The examples themselves are run with the docstrings of the package."""
    document = inspect.getdoc(getattr(generator, name)) or ""
    assert ">>> " in document


@pytest.mark.parametrize("name", generator.__all__)
def test_every_public_name_is_explained(name):
    """Types and errors say what they are too; a constant speaks through its module."""
    value = getattr(generator, name)
    assert not inspect.isclass(value) or inspect.getdoc(value)
