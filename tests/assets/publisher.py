"""A Publisher serves bytes on the loopback, as well or as badly as a test wants: it counts what it was asked for."""
import http.server
import threading


class Publisher:
    def __init__(self):
        self.files = {}  # path: bytes
        self.cut_after = {}  # path: bytes sent before the connection breaks, once
        self.stall_after = {}  # path: bytes sent before nothing more comes
        self.ranges = []  # what was asked for, None where all was
        self.released = threading.Event()
        publisher = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                publisher._answer(self)

            def log_message(self, *_):
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def address(self, path):
        return f"http://127.0.0.1:{self._server.server_port}{path}"

    def close(self):
        self.released.set()
        self._server.shutdown()
        self._server.server_close()

    def _answer(self, handler):
        body = self.files.get(handler.path)
        if body is None:
            handler.send_error(404)
            return
        wanted = handler.headers.get("Range")
        self.ranges.append(wanted)
        start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted else 0
        if start >= len(body):
            handler.send_error(416)
            return
        handler.send_response(206 if wanted else 200)
        if wanted:
            handler.send_header("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}")
        handler.send_header("Content-Length", str(len(body) - start))
        handler.send_header("ETag", '"one"')
        handler.end_headers()
        rest = body[start:]
        if handler.path in self.cut_after:
            rest = rest[: self.cut_after.pop(handler.path)]
        if handler.path in self.stall_after:
            handler.wfile.write(rest[: self.stall_after[handler.path]])
            handler.wfile.flush()
            self.released.wait(30)
            return
        handler.wfile.write(rest)
