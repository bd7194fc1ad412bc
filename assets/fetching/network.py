"""The Network brings files from where they are published: https, http, and packages through npm. What was begun goes on
where it stopped; each source is tried in its turn; when none works, each says why."""
import http.client
import json
import os
import shutil
import socket
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

from fetching.complaint import Complaint, Mismatch
from fetching.manifest import MOST_BYTES, File
from fetching.sums import check
from fetching.unpack import copy

TIMEOUT = 30  # seconds without a byte: longer than a slow room's worst pause, shorter than patience
ATTEMPTS = 3  # on one source, each of which brought something
CHUNK = 64 << 10


class _Reason(Exception):
    """Why a source did not give a file; the next one is asked."""


class _SameSafety(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, request, fp, code, msg, headers, newurl):
        if request.full_url.startswith("https:") and not newurl.startswith("https:"):
            raise _Reason("it passes on to an address without encryption")
        return super().redirect_request(request, fp, code, msg, headers, newurl)


class Network:
    def __init__(self, store, report):
        self._store, self._report = store, report
        self._open = urllib.request.build_opener(_SameSafety).open
        self._archives = []

    def archive(self, id, archive: File):
        """Archives are kept until the end: several assets may come out of one."""
        path = self._store.partial / archive.path
        if path not in self._archives:
            if not self._left_over(path, archive):
                self._bring(id, archive, path)
            self._archives.append(path)
        return path, archive.sources[0]

    def _left_over(self, path, archive):
        """Whether an earlier call left this very archive; one that no sum speaks for may be what it failed at."""
        try:
            if archive.has_sum and path.exists():
                check(path, archive, path.name)
                return True
        except Mismatch:
            pass
        path.unlink(missing_ok=True)
        return False

    def file(self, id, file: File, target: Path):
        kept = self._store.partial / f"{id}~{file.path.replace('/', '~')}"
        source = self._bring(id, file, kept)
        target.parent.mkdir(parents=True, exist_ok=True)
        os.rename(kept, target)
        return source

    def tolerates(self, id, path):
        return False

    def done(self):
        for path in self._archives:
            path.unlink(missing_ok=True)

    def _bring(self, id, file: File, target: Path):
        """Writes `target` when all bytes are there and checked; until then they gather in a .part beside it."""
        reasons = []
        part = target.with_name(target.name + ".part")
        for source in file.sources:
            try:
                if source.startswith("npm:"):
                    self._pack(id, file, source.removeprefix("npm:"), part)
                else:
                    self._download(id, file, source, part)
                check(part, file, f"{id}, {file.name}")
                os.rename(part, target)
                _mark(part).unlink(missing_ok=True)
                return source
            except _Reason as reason:
                reasons.append(f"{source}: {reason}")
            except Mismatch as mismatch:
                _drop(part)
                reasons.append(f"{source}: {mismatch}")
            except OSError:
                _drop(part)  # a full disk is not to stay full
                raise
        raise Complaint(f"{id}, {file.name}", "could not be brought from any source", "", "",
                        "\n  " + "\n  ".join(reasons or ["the manifest lists no source"]) +
                        "\nCheck the connection, or take it from a folder or a pack with --from.")

    def _download(self, id, file: File, source, part: Path):
        for attempt in range(ATTEMPTS):
            before = _have(part)
            try:
                self._stream(id, file, source, part)
                return
            except urllib.error.HTTPError as error:
                raise _Reason(f"it answers {error.code} {error.reason}") from None
            except (urllib.error.URLError, http.client.HTTPException, socket.timeout, ConnectionError, EOFError) as error:
                if attempt + 1 == ATTEMPTS or _have(part) <= before:
                    reason = getattr(error, "reason", error)
                    raise _Reason(f"the connection failed ({reason})") from None

    def _stream(self, id, file: File, source, part: Path):
        have, mark = _have(part), _read_mark(part)
        headers = {"User-Agent": "vitrine-assets", "Accept-Encoding": "identity"}
        # Without a sum only the source itself can say that the rest belongs to the beginning.
        go_on = have > 0 and (file.has_sum or (mark.get("source") == source and mark.get("tag")))
        if go_on:
            headers["Range"] = f"bytes={have}-"
            if mark.get("source") == source and mark.get("tag"):
                headers["If-Range"] = mark["tag"]
        try:
            answer = self._open(urllib.request.Request(source, headers=headers), timeout=TIMEOUT)
        except urllib.error.HTTPError as error:
            if error.code == 416 and go_on:  # there is no rest: the beginning was of something else, or is all
                if file.bytes is not None and have == file.bytes:
                    return
                _drop(part)
                return self._stream(id, file, source, part)
            raise
        with answer:
            start = have if answer.status == 206 and _starts_at(answer, have) else 0
            length = answer.headers.get("Content-Length")
            total = start + int(length) if length and length.isdigit() else file.bytes
            limit = file.bytes if file.bytes is not None else MOST_BYTES
            if total is not None and total > limit:
                raise _Reason(f"it offers {total} bytes where {limit} are published")
            tag = answer.headers.get("ETag", "")
            _mark(part).write_text(json.dumps({"source": source, "tag": "" if tag.startswith("W/") else tag}))
            self._store.require_room(id, (total or limit if file.bytes else total or 0) - start)
            with open(part, "r+b" if start else "wb") as out:
                out.seek(start)
                out.truncate()
                done = start
                while chunk := answer.read(CHUNK):
                    done += len(chunk)
                    if done > limit:
                        raise _Reason(f"it sends more than the {limit} bytes that are published")
                    out.write(chunk)
                    self._report.progress(id, file.name, done, total)
            if total is not None and done < total:
                raise EOFError(f"it ended at byte {done} of {total}")

    def _pack(self, id, file: File, package, part: Path):
        npm = shutil.which("npm")
        if npm is None:
            raise _Reason("npm is not installed")
        folder = part.with_name(part.name + ".npm")
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        try:
            self._report.progress(id, f"npm pack {package}", 0, file.bytes)
            ended = subprocess.run([npm, "pack", package, "--silent", "--pack-destination", str(folder)],
                                   stdin=subprocess.DEVNULL, capture_output=True, text=True, cwd=folder, timeout=900)
            packed = list(folder.glob("*.tgz"))
            if ended.returncode != 0 or len(packed) != 1:
                lines = [line for line in ended.stderr.splitlines() if line.strip()]
                raise _Reason(f"npm failed ({lines[0][:160] if lines else 'without a word'})")
            with open(packed[0], "rb") as source:
                _drop(part)
                copy(source, part, file.bytes or MOST_BYTES, f"{id}, {file.name}")
        except subprocess.TimeoutExpired:
            raise _Reason("npm did not end within 15 minutes") from None
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _have(part: Path):
    return part.stat().st_size if part.exists() else 0


def _mark(part: Path):
    return part.with_name(part.name + ".source")


def _read_mark(part: Path):
    try:
        mark = json.loads(_mark(part).read_text())
        return mark if isinstance(mark, dict) else {}
    except (OSError, ValueError):
        return {}


def _drop(part: Path):
    part.unlink(missing_ok=True)
    _mark(part).unlink(missing_ok=True)


def _starts_at(answer, place):
    return answer.headers.get("Content-Range", "").startswith(f"bytes {place}-")
