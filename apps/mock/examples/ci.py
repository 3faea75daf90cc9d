"""A test run in CI, with Python's standard library only: two runs at once share one mock, in a space each.

Start the mock with --sender documented (three retries, five minutes apart), then: python3 ci.py http://127.0.0.1:4010
"""

import json
import sys
import threading
import time
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ORIGIN = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:4010"
ACCOUNT = "0242078689-00001"


class Listener(BaseHTTPRequestHandler):
    """Fails three times for each path, then takes the message."""

    seen = {}

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        count = Listener.seen[self.path] = Listener.seen.get(self.path, 0) + 1
        self.send_response(503 if count <= 3 else 204)
        self.end_headers()

    def log_message(self, *_):
        pass


class Space:
    """The control operations of one space."""

    def __init__(self, name):
        self.name = name

    def call(self, method, path, body=None):
        request = urllib.request.Request(
            ORIGIN + path,
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json", "X-Mock-Space": self.name},
        )
        with urllib.request.urlopen(request, timeout=30) as response:
            return json.load(response)


def run(space, url):
    # Seed: what your application would have registered.
    registration = {"api": "v1", "account": ACCOUNT, "url": url}
    space.call("PUT", "/mock/state", {"registrations": [registration]})

    # Act, and wait for the first attempt.
    space.call("POST", "/mock/events", {"api": "v1", "account": ACCOUNT, "type": "upgradeScheduled"})
    space.call("GET", "/mock/deliveries?wait=10s")
    first = space.call("GET", "/mock/requests?direction=out&status=503&wait=10s")
    assert first["total"] == 1, first
    space.call("POST", "/mock/snapshots", {"name": "first-attempt"})

    # Travel: the other three attempts are due within 15 minutes.
    begin = time.monotonic()
    space.call("POST", "/mock/clock", {"advanceMs": 15 * 60 * 1000})
    delivered = space.call("GET", "/mock/deliveries?status=delivered&wait=10s")
    seconds = time.monotonic() - begin
    statuses = [attempt["status"] for attempt in delivered["deliveries"][0]["attempts"]]
    assert statuses == [503, 503, 503, 204], statuses
    assert seconds < 1, f"four attempts took {seconds} s"

    # Verify, and see what a miss looks like.
    attempts = {"direction": "out", "account": ACCOUNT, "body": {"accountName": ACCOUNT}}
    assert space.call("POST", "/mock/verify", {"expected": [{**attempts, "count": 4}]})["verified"]
    missed = space.call("POST", "/mock/verify", {"expected": [{**attempts, "status": "500"}]})
    assert missed["results"][0]["nearest"][0]["differences"][0]["member"] == "status", missed

    # Restore: the delivery is pending again, after its first attempt.
    space.call("POST", "/mock/snapshots/first-attempt/restore")
    restored = space.call("GET", "/mock/deliveries")["deliveries"]
    assert [(delivery["status"], len(delivery["attempts"])) for delivery in restored] == [("pending", 1)], restored
    print(f"{space.name}: four attempts in {seconds:.3f} s", flush=True)


def main():
    listener = ThreadingHTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=listener.serve_forever, daemon=True).start()
    failures = []

    def guarded(name):
        try:
            run(Space(name), f"http://127.0.0.1:{listener.server_port}/{name}")
        except BaseException as error:
            failures.append(f"{name}: {error!r}")

    names = ["python-a", "python-b"]
    runs = [threading.Thread(target=guarded, args=(name,)) for name in names]
    for thread in runs:
        thread.start()
    for thread in runs:
        thread.join()
    for name in names:
        Space("default").call("DELETE", f"/mock/spaces/{name}")
    listener.shutdown()
    sys.exit("\n".join(failures) or 0)


main()
