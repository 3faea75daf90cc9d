import json
import subprocess

import pytest


@pytest.fixture(scope="session")
def mock():
    """Starts a mock for the whole test session and returns its address."""
    command = ["thingspace-callbacks-mock", "--port", "0", "--json", "--quiet", "--exit-with-parent"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        yield json.loads(process.stdout.readline())["origin"]
        process.terminate()
