import json
import subprocess
import urllib.request
import uuid

import pytest


@pytest.fixture(scope="session")
def mock():
    """Starts a mock for all tests and returns its address."""
    command = ["thingspace-callbacks-mock", "--port", "0", "--json", "--quiet", "--exit-with-parent"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        yield json.loads(process.stdout.readline())["origin"]
        process.terminate()


@pytest.fixture
def call(mock):
    """Returns a function that sends a request to a space of the mock that only this test uses."""
    space = f"test-{uuid.uuid4().hex}"
    headers = {
        "Authorization": "Bearer any",
        "VZ-M2M-Token": "any",
        "Content-Type": "application/json",
        "X-Mock-Space": space,
    }

    def send(method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(mock + path, data, headers, method=method)
        with urllib.request.urlopen(request) as response:
            return json.load(response)

    yield send
    send("DELETE", f"/mock/spaces/{space}")
