"""Registers a V2 callback over http, asks the mock for a message, and prints what arrives. Run in a network of its own.

python3 partner.py MOCK_ORIGIN LISTENER_HOST CONTROL_TOKEN
"""

import http.server
import json
import queue
import sys
import urllib.request

origin, host, control_token = sys.argv[1:]
account = "0242078689-00001"
arrived = queue.Queue()


class Listener(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(204)
        self.end_headers()
        arrived.put({"path": self.path, "message": json.loads(body)})

    def log_message(self, *args):
        pass


def call(method, path, body, headers):
    data = json.dumps(body).encode()
    request = urllib.request.Request(origin + path, data=data, method=method)
    for name, value in {"Content-Type": "application/json", **headers}.items():
        request.add_header(name, value)
    with urllib.request.urlopen(request, timeout=10) as response:
        return response.status


server = http.server.ThreadingHTTPServer(("0.0.0.0", 0), Listener)
import threading

threading.Thread(target=server.serve_forever, daemon=True).start()

tokens = {"Authorization": "Bearer any", "VZ-M2M-Token": "any"}
url = f"http://{host}:{server.server_port}/fota"
registered = call("POST", f"/api/fota/v2/callbacks/{account}", {"url": url}, tokens)
event = {"api": "v2", "account": account, "message": {"tour": True}}
sent = call("POST", "/mock/events", event, {"Mock-Control-Token": control_token})
print(json.dumps({"registered": registered, "sent": sent, "arrived": arrived.get(timeout=10)}))
