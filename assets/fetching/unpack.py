"""Takes named members out of tar and zip archives. Only members that were asked for are ever written, each to the path
that the manifest gives it, so no name in an archive decides where a byte goes."""
import tarfile
import zipfile
import zlib
from pathlib import Path

from fetching.complaint import Complaint
from fetching.manifest import MOST_BYTES
from fetching.sums import CHUNK

MOST_MEMBERS = 100_000
_DAMAGED = (tarfile.TarError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError)
_REMEDY = "Fetch it again, or from another source."


def _is(name, member):
    name = name.removeprefix("./")
    return name == member or name.endswith("/" + member)


def copy(source, target: Path, limit: int, subject: str):
    """At most `limit` bytes; what is longer is refused, whatever its header said."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with open(target, "xb") as out:
        left = limit
        while chunk := source.read(min(CHUNK, left + 1)):
            left -= len(chunk)
            if left < 0:
                raise Complaint(subject, "is larger than what is published", f"at most {limit} bytes", "more", _REMEDY)
            out.write(chunk)


def unpack(archive: Path, wanted: dict[str, tuple[Path, int | None]]):
    """`wanted`: for each member the file to write and its size, where that is known."""
    missing = dict(wanted)

    def take(name, regular, size, open_member):
        member = next((each for each in missing if _is(name, each)), None)
        if member is None:
            return
        if not regular:
            raise Complaint(f"{archive.name}, {member}", "is no plain file", "a file", "a link or a folder", _REMEDY)
        target, bytes = missing.pop(member)
        limit = bytes if bytes is not None else MOST_BYTES
        if size > limit:
            raise Complaint(f"{archive.name}, {member}", "is larger than what is published", f"at most {limit} bytes",
                            f"{size} bytes", _REMEDY)
        with open_member() as source:
            copy(source, target, limit, f"{archive.name}, {member}")

    try:
        (_each_of_zip if zipfile.is_zipfile(archive) else _each_of_tar)(archive, take, lambda: not missing)
    except _DAMAGED as error:
        raise Complaint(archive.name, "is damaged", "an archive that can be read to its end", str(error)[:120], _REMEDY) \
            from None
    except OSError as error:
        if error.errno is not None:
            raise  # of the disk, not of the archive
        raise Complaint(archive.name, "is damaged", "an archive that can be read to its end", str(error)[:120], _REMEDY) \
            from None
    if missing:
        raise Complaint(archive.name, "lacks a member", min(missing), "", _REMEDY)


def _each_of_zip(archive, take, done):
    with zipfile.ZipFile(archive) as zip:
        if len(zip.infolist()) > MOST_MEMBERS:
            raise Complaint(archive.name, "has too many members", f"at most {MOST_MEMBERS}", "", _REMEDY)
        for info in zip.infolist():
            kind = info.external_attr >> 28  # of Unix: 8 is a plain file, 10 a link; 0 where another system packed it
            take(info.filename, not info.is_dir() and kind in (0, 8), info.file_size, lambda info=info: zip.open(info))


def _each_of_tar(archive, take, done):
    total = 0
    with tarfile.open(archive) as tar:
        for count, info in enumerate(tar):
            total += info.size
            if count >= MOST_MEMBERS or total > 4 * MOST_BYTES:
                raise Complaint(archive.name, "unpacks to too much", f"at most {MOST_MEMBERS} members", "more", _REMEDY)
            take(info.name, info.isreg(), info.size, lambda info=info: tar.extractfile(info))
            if done():
                return
