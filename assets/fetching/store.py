"""The Store is the folder of what is installed: ID/ for each asset with its receipt, and .partial/ for what is on its
way. An asset appears by one rename when all of its files are there, checked and written to the disk.
"""
import contextlib
import errno
import fcntl
import json
import os
import shutil
from pathlib import Path

from fetching.complaint import Complaint
from fetching.manifest import safe_path

RECEIPT = "receipt.json"
OTHER_EDITION = "another edition"  # how a receipt calls a file that differs from the published one
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def data_home(environment) -> Path:
    given = environment.get("XDG_DATA_HOME", "")
    if os.path.isabs(given):
        return Path(given)
    home = environment.get("HOME", "")
    if not os.path.isabs(home):
        raise Complaint("HOME", "names no folder", "an absolute path", home, "Set HOME or XDG_DATA_HOME.")
    return Path(home) / ".local" / "share"


class Store:
    def __init__(self, home: Path):
        self.root = home / "vitrine" / "assets"
        self.partial = self.root / ".partial"

    def folder(self, id) -> Path:
        return self.root / id

    def receipt(self, id):
        """What was installed, or None. One that cannot be read counts as absent: fetching again replaces it."""
        try:
            receipt = json.loads((self.folder(id) / RECEIPT).read_text("utf-8"))
            for file in receipt["files"]:
                safe_path(file["path"], id)
                if not isinstance(file["bytes"], int) or not isinstance(file["sha256"], str):
                    return None
            return receipt
        except (OSError, ValueError, KeyError, TypeError, Complaint):
            return None

    def state(self, id):
        receipt = self.receipt(id)
        if receipt is None:
            return "damaged" if self.folder(id).exists() else "missing"
        sizes = [_size(self.folder(id) / file["path"]) == file["bytes"] for file in receipt["files"]]
        return "present" if all(sizes) else "damaged"

    @contextlib.contextmanager
    def writing(self, subject):
        """Turns what a disk can say into a sentence."""
        try:
            self.partial.mkdir(parents=True, exist_ok=True)
            yield
        except OSError as error:
            if error.errno in _FULL:
                raise Complaint(subject, f"the disk of {self.root} is full", "", "",
                                "Nothing was put there. Free some space, or set XDG_DATA_HOME to another disk.") from None
            raise Complaint(subject, f"{error.filename or self.root} cannot be written", "", error.strerror or str(error),
                            "Check the folder's rights, or set XDG_DATA_HOME to another one.") from None

    @contextlib.contextmanager
    def locked(self, id):
        """Two programs that fetch the same thing would write into the same files."""
        with open(self.partial / f"{id}.lock", "w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise Complaint(id, "is being fetched by another program", "", "", "Wait until that one is done.") from None
            yield

    def require_room(self, subject, needed):
        free = shutil.disk_usage(self.partial).free
        if needed > free:
            raise Complaint(subject, f"the disk of {self.root} has too little room", f"{needed} bytes free",
                            f"{free} bytes", "Free some space, or set XDG_DATA_HOME to another disk.")

    @contextlib.contextmanager
    def stage(self, id):
        """An empty folder in which an asset comes together; gone afterwards unless it was placed."""
        stage = self.partial / f"{id}.stage"
        shutil.rmtree(stage, ignore_errors=True)  # of a program that was killed
        try:
            stage.mkdir()
            yield stage
        finally:
            shutil.rmtree(stage, ignore_errors=True)

    def place(self, id, stage: Path, receipt):
        with open(stage / RECEIPT, "w", encoding="utf-8") as file:
            json.dump(receipt, file, indent=1)
            file.write("\n")
        for path in sorted(stage.rglob("*"), reverse=True):
            _sync(path)
        _sync(stage)
        before = self.partial / f"{id}.before"
        shutil.rmtree(before, ignore_errors=True)
        if self.folder(id).exists():
            os.rename(self.folder(id), before)
        os.rename(stage, self.folder(id))
        _sync(self.root)
        shutil.rmtree(before, ignore_errors=True)


def _size(path):
    try:
        return -1 if path.is_symlink() else path.stat().st_size
    except OSError:
        return -1


def _sync(path):
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
