"""Sums: what a file is, and whether it is what was promised."""
import gzip
import hashlib
import zlib
from pathlib import Path

from fetching.complaint import Complaint, Mismatch
from fetching.manifest import MOST_BYTES, File

CHUNK = 1 << 20


def sum_of(path: Path, algorithm="sha256") -> str:
    digest = hashlib.new(algorithm)
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _contents_md5(path: Path) -> str | None:
    """Of what a .gz holds; None when it is damaged, or holds more than any file may."""
    digest, left = hashlib.md5(), MOST_BYTES
    try:
        with gzip.open(path) as file:
            while chunk := file.read(CHUNK):
                left -= len(chunk)
                if left < 0:
                    return None
                digest.update(chunk)
    except (OSError, EOFError, zlib.error):
        return None
    return digest.hexdigest()


def check(path: Path, file: File, subject: str) -> str:
    """How the file at `path` was recognised: sha256, md5, contents or unknown. Mismatch when it is another one."""
    size = path.stat().st_size
    if any(size == bytes and sum_of(path) == sum for bytes, sum in file.also):
        return "sha256"
    if file.contents_md5 and size != file.bytes and _contents_md5(path) == file.contents_md5:
        return "contents"  # packed by another program
    if file.bytes is not None and size != file.bytes:
        fact = "is cut off" if size < file.bytes else "is longer than what is published"
        raise Mismatch(subject, fact, f"{file.bytes} bytes", f"{size} bytes", "Fetch it again, or from another source.")
    for algorithm, known in (("sha256", file.sha256), ("md5", file.md5)):
        if known is None:
            continue
        found = sum_of(path, algorithm)
        if found == known:
            return algorithm
        if file.contents_md5 and _contents_md5(path) == file.contents_md5:
            return "contents"
        raise Mismatch(subject, "is not what is published, a byte at least differs", f"{algorithm} {known}", found,
                       "Fetch it again, or from another source.")
    if file.contents_md5:
        raise Mismatch(subject, "does not hold what is published", f"contents of md5 {file.contents_md5}", "others",
                       "Fetch it again, or from another source.")
    return "unknown"


def check_against(path: Path, size: int, sha256: str, subject: str):
    """Against what a receipt or a list of sums says."""
    found = path.stat().st_size
    if found != size:
        raise Mismatch(subject, "has another size than when it was packed", f"{size} bytes", f"{found} bytes",
                       "Fetch it again.")
    if sum_of(path) != sha256:
        raise Mismatch(subject, "is not what was packed, a byte at least differs", f"sha256 {sha256}", sum_of(path),
                       "Fetch it again.")


def require_regular(path: Path):
    if path.is_symlink() or not path.is_file():
        raise Complaint(path, "is no plain file", "a file", "a link, a folder or nothing", "Put the file itself there.")
