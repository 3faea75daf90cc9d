"""Receives callback messages, with Python's standard library only (Python 3.9 or newer).

V1 and legacy, with the username and password that you registered:
    CALLBACK_USERNAME=listener CALLBACK_PASSWORD=... python3 listener.py
V2 and V3, with the secret that is the last segment of the registered URL's path:
    CALLBACK_SECRET=... python3 listener.py
"""

import hashlib
import hmac
import json
import os
import sqlite3
import threading
import time
import traceback
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit

USERNAME = os.environ.get("CALLBACK_USERNAME", "")
PASSWORD = os.environ.get("CALLBACK_PASSWORD", "")
SECRET = os.environ.get("CALLBACK_SECRET", "")
FILE = os.environ.get("CALLBACK_STORE", "messages.db")
MAX_BODY_BYTES = 2 * 1024 * 1024
REPEAT_SECONDS = 3600  # How long a message with the same content counts as a repeat.
MAX_ATTEMPTS = 10
PAUSE_SECONDS = 30  # Pause before a message is handled again.
KEPT_SECONDS = 7 * 24 * 3600  # How long a handled message is kept.


def handle(message):
    """Does your work. The message has no password. It is handled again later if this raises an exception."""
    print(f"message {json.dumps(message)}", flush=True)


class Listener(BaseHTTPRequestHandler):
    timeout = 3  # Seconds without a byte after which the connection is closed.

    def do_POST(self):
        self.respond(self.receive())

    def __getattr__(self, name):
        # http.server responds with 501 to every method that has no function, and senders may check a URL with GET.
        if name.startswith("do_"):
            return lambda: self.respond(405)
        raise AttributeError(name)

    def receive(self):
        """Verifies and stores a message. Returns the status to respond with."""
        if SECRET and not is_equal(last_segment(self.path), SECRET):
            return 401
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal():
            return 411
        if len(length) > 9 or int(length) > MAX_BODY_BYTES:
            return 413
        body = self.rfile.read(int(length))
        try:
            message = json.loads(body)
        except (ValueError, RecursionError):
            return 400
        if not isinstance(message, dict):
            return 400
        if PASSWORD:
            given = [is_equal(message.get("username"), USERNAME), is_equal(message.get("password"), PASSWORD)]
            if not all(given):
                return 401
            del message["password"]  # A database is no place for it.
        try:
            store(message)
        except (sqlite3.Error, RecursionError):
            traceback.print_exc()
            return 503
        return 204

    def respond(self, status):
        self.send_response(status)
        if status == 405:
            self.send_header("Allow", "POST")
        if status != 204:
            self.send_header("Content-Length", "0")
        self.end_headers()
        print(f"{self.command} {status}", flush=True)

    def log_message(self, *args):
        pass  # The default writes the path, which may contain the secret.


def is_equal(given, expected):
    """Compares in a time that does not depend on where the texts differ."""
    return isinstance(given, str) and hmac.compare_digest(encode(given), encode(expected))


def encode(text):
    return text.encode("utf-8", "surrogatepass")


def last_segment(path):
    return unquote(urlsplit(path).path).rstrip("/").split("/")[-1]


def connect():
    return closing(sqlite3.connect(FILE, timeout=2, isolation_level=None))


def store(message):
    """Stores a message, unless the same one was stored within the last hour. A retry differs in callbackCount."""
    compared = {name: value for name, value in message.items() if name != "callbackCount"}
    key = hashlib.sha256(json.dumps(compared, sort_keys=True).encode()).hexdigest()
    with connect() as database:
        database.execute(
            "INSERT INTO messages (key, body, at) SELECT ?, ?, ?"
            " WHERE NOT EXISTS (SELECT 1 FROM messages WHERE key = ? AND at > ?)",
            (key, json.dumps(message), time.time(), key, time.time() - REPEAT_SECONDS),
        )
    arrived.set()


def handle_stored():
    """Handles the stored messages, the oldest first, also those that were stored before the last restart."""
    while True:
        arrived.clear()
        try:
            with connect() as database:
                handle_due(database)
        except sqlite3.Error:
            traceback.print_exc()
        arrived.wait(timeout=10)


def handle_due(database):
    database.execute("DELETE FROM messages WHERE handled = 1 AND at < ?", (time.time() - KEPT_SECONDS,))
    waiting = "SELECT id, body FROM messages WHERE handled = 0 AND attempts < ? AND due <= ? ORDER BY id"
    for number, body in database.execute(waiting, (MAX_ATTEMPTS, time.time())).fetchall():
        again = time.time() + PAUSE_SECONDS
        database.execute("UPDATE messages SET attempts = attempts + 1, due = ? WHERE id = ?", (again, number))
        try:
            handle(json.loads(body))
        except Exception:
            traceback.print_exc()
        else:
            database.execute("UPDATE messages SET handled = 1 WHERE id = ?", (number,))


if not SECRET and not (USERNAME and PASSWORD):
    raise SystemExit("Set CALLBACK_SECRET, or CALLBACK_USERNAME and CALLBACK_PASSWORD.")
if SECRET and len(SECRET) < 22:
    raise SystemExit("CALLBACK_SECRET must have at least 22 characters, as from uuid.uuid4().")
arrived = threading.Event()
with connect() as database:
    database.execute(
        "CREATE TABLE IF NOT EXISTS messages (id INTEGER PRIMARY KEY, key TEXT, body TEXT, at REAL,"
        " handled INTEGER DEFAULT 0, attempts INTEGER DEFAULT 0, due REAL DEFAULT 0)"
    )
    database.execute("CREATE INDEX IF NOT EXISTS message_keys ON messages (key, at)")
    database.execute("CREATE INDEX IF NOT EXISTS handled_messages ON messages (at) WHERE handled = 1")
    database.execute("CREATE INDEX IF NOT EXISTS waiting_messages ON messages (due) WHERE handled = 0")
threading.Thread(target=handle_stored, daemon=True).start()
server = ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", "8080"))), Listener)
print(f"listening on http://127.0.0.1:{server.server_port}", flush=True)
server.serve_forever()
