import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

ACCOUNT = "0000123456-00001"


@pytest.fixture
def listener():
    """Starts a listener and returns its URL and the messages that it receives."""
    messages = []

    class Listener(BaseHTTPRequestHandler):
        def do_POST(self):
            messages.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

    with HTTPServer(("127.0.0.1", 0), Listener) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/fota", messages
        server.shutdown()


def test_receives_an_upgrade(call, listener):
    url, messages = listener
    call("POST", f"/api/fota/v2/callbacks/{ACCOUNT}", {"url": url})
    call("POST", "/mock/upgrades", {"api": "v2", "account": ACCOUNT, "devices": 1})
    # The mock responds as soon as five messages are delivered, so the test does not sleep.
    delivered = call("GET", f"/mock/deliveries?account={ACCOUNT}&status=delivered&atLeast=5&wait=5s")
    assert delivered["total"] == 5
    assert messages[-1]["status"] == "CampaignEnded"


def test_registers_once(call):
    call("POST", f"/api/fota/v2/callbacks/{ACCOUNT}", {"url": "https://example.com/fota"})
    expected = {"operationId": "registerCallback", "account": ACCOUNT, "count": 1}
    assert call("POST", "/mock/verify", {"expected": [expected]})["verified"]
