# A listener with faults: it refuses unknown types, and fails when the password is wrong.
import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Listener(BaseHTTPRequestHandler):
    def do_GET(self):
        self.respond(405)

    def do_POST(self):
        text = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        try:
            message = json.loads(text)
        except ValueError:
            return self.respond(400)
        if message.get("password") != "correct-password":
            return self.respond(500)
        known = ["firmwareList", "upgradeScheduled", "upgradeProgress", "upgradeFinished"]
        return self.respond(204 if message.get("type") in known else 422)

    def respond(self, status):
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Listener)
print(server.server_port, flush=True)
server.serve_forever()
