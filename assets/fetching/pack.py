"""A pack is one tar file with installed assets and their receipts: one instructor makes it, a room is served from it."""
import json
import os
import tarfile
import tempfile
from pathlib import Path

from fetching.complaint import Complaint
from fetching.manifest import MOST_BYTES, File, safe_path
from fetching.store import OTHER_EDITION, RECEIPT
from fetching.sums import check_against
from fetching.unpack import MOST_MEMBERS, copy

RECEIPT_BYTES = 1 << 20
_REMEDY = "Make the pack again with --pack."


def make_pack(path: Path, ids, store, report):
    """Whole or not at all. Times and owners are left out: the same assets make the same bytes."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent or ".")
    os.close(handle)
    try:
        with tarfile.open(name, "w", format=tarfile.USTAR_FORMAT) as tar:
            for id in ids:
                folder, receipt = store.folder(id), store.receipt(id)
                for file in receipt["files"]:
                    check_against(folder / file["path"], file["bytes"], file["sha256"], f"{id}, {file['path']}")
                for inner in [RECEIPT, *(file["path"] for file in receipt["files"])]:
                    _add(tar, folder / inner, f"{id}/{inner}")
                report.progress(id, "packed", 1, 1)
        with open(name, "rb") as file:
            os.fsync(file.fileno())
        os.chmod(name, 0o644)
        os.rename(name, path)
    finally:
        Path(name).unlink(missing_ok=True)


def _add(tar, path, name):
    info = tarfile.TarInfo(name)
    info.size, info.mode = path.stat().st_size, 0o644
    with open(path, "rb") as file:
        tar.addfile(info, file)


class Pack:
    """Serves what is in a pack. Every file has the sum of its receipt, and that of the manifest where there is one."""

    def __init__(self, path: Path):
        self._path = path
        try:
            self._tar = tarfile.open(path, "r:")
            self._members = self._list()
        except (tarfile.TarError, EOFError) as error:
            raise Complaint(path, "is no pack, or a damaged one", "a tar file made with --pack", str(error), _REMEDY) \
                from None
        except OSError as error:
            raise Complaint(path, "cannot be read", "a pack", error.strerror or str(error), "Give another file.") \
                from None

    def _list(self):
        members = {}
        for info in self._tar:
            if len(members) >= MOST_MEMBERS:
                raise Complaint(self._path, "has too many members", f"at most {MOST_MEMBERS}", "more", _REMEDY)
            if info.isreg() and info.size <= MOST_BYTES:
                members[info.name] = info
        return members

    def ids(self):
        return {name.split("/")[0] for name in self._members if name.endswith("/" + RECEIPT)}

    def archive(self, id, archive: File):
        return None, ""

    def file(self, id, file: File, target: Path):
        info = self._members.get(f"{id}/{file.path}")
        sums = {each["path"]: each for each in self._receipt(id)["files"]}
        if info is None or file.path not in sums:
            raise Complaint(f"{self._path.name}", f"lacks {id}/{file.path}", "all files of the asset", "", _REMEDY)
        with self._tar.extractfile(info) as source:
            copy(source, target, info.size, f"{id}, {file.path}")
        promised = sums[file.path]
        check_against(target, promised["bytes"], promised["sha256"], f"{self._path.name}, {id}/{file.path}")
        return f"{self._path.name} ({promised.get('source', 'a pack')})"

    def done(self):
        self._tar.close()

    def _receipt(self, id):
        info = self._members.get(f"{id}/{RECEIPT}")
        if info is None or info.size > RECEIPT_BYTES:
            raise Complaint(self._path.name, f"has no {id}", ", ".join(sorted(self.ids())) or "an asset", "", "Ask for one of these.")
        try:
            receipt = json.loads(self._tar.extractfile(info).read(RECEIPT_BYTES))
            for file in receipt["files"]:
                safe_path(file["path"], id)
                if not (isinstance(file["bytes"], int) and isinstance(file["sha256"], str)):
                    raise ValueError("a file without size or sum")
            return receipt
        except (ValueError, KeyError, TypeError) as error:
            raise Complaint(self._path.name, f"has a damaged receipt of {id}", "files with sizes and sums",
                            str(error)[:80], _REMEDY) from None

    def tolerates(self, id, path):
        """What was another edition when it was packed is one still; its sum is that of the receipt."""
        sums = {each["path"]: each for each in self._receipt(id)["files"]}
        return sums.get(path, {}).get("known_by") == OTHER_EDITION


def is_pack(path: Path):
    try:
        return path.is_file() and tarfile.is_tarfile(path) and not path.name.endswith((".tgz", ".gz"))
    except OSError:
        return False
