"""What holds for all tests."""

import inspect

import pytest

from tests.temporary_folders import keep_in_memory
from tests.time_limits import limited, seconds_for

# These wait more than they compute. A worker gets whole files: with the short ones last, none waits for the other.
LONG_FILES = ("tests/end_to_end/", "tests/model/", "tests/demo/test_page.py", "tests/doctor/")


def pytest_configure() -> None:
    keep_in_memory()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not item.nodeid.startswith(LONG_FILES))
    for item in items:
        if isinstance(item, pytest.Function) and inspect.iscoroutinefunction(item.obj):
            item.obj = limited(item.obj, seconds_for(item.nodeid))
