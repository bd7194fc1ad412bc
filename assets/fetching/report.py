"""A Report tells how far things are: lines for a person, JSON objects for a program, one a line."""
import json
import sys
import time


def size_text(bytes):
    if bytes is None:
        return "size unknown"
    for unit, scale in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if bytes >= scale:
            return f"{bytes / scale:.1f} {unit}"
    return f"{bytes} bytes"


class Report:
    EVERY = 0.1  # seconds between two lines of progress: what an eye follows

    def __init__(self, as_json, quiet=False):
        self._json, self._quiet, self._last, self._line = as_json, quiet, 0.0, ""

    def progress(self, id, what, done, total):
        now = time.monotonic()
        if self._quiet or (now - self._last < self.EVERY and done != total):
            return
        self._last = now
        if self._json:
            self._print({"event": "progress", "id": id, "what": what, "done": done, "total": total})
        elif sys.stdout.isatty():
            share = f"{100 * done // total:3d} %  " if total else ""
            line = f"{id}: {what}  {share}{size_text(done)}" + (f" of {size_text(total)}" if total else "")
            print("\r" + line.ljust(len(self._line)), end="", flush=True)
            self._line = line

    def say(self, event, id, sentence, **more):
        """Something happened: a sentence to a person."""
        if self._json:
            self._print({"event": event, "id": id, "sentence": sentence, **more})
        elif not self._quiet or event in ("failed", "listed"):
            self._end_line()
            stream = sys.stderr if event in ("failed", "note") else sys.stdout
            print(sentence, file=stream, flush=True)

    def _print(self, record):
        print(json.dumps(record), flush=True)

    def _end_line(self):
        if self._line:
            print()
            self._line = ""
