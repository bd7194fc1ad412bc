"""The manifest says what is published: each asset with its files, their sums and their sources in order.

A file comes by itself (sources), or is a member of an archive that several assets may share. A sum that nobody
publishes is null, and "unknown" says why; such a file is taken as it comes and its own sum is kept in the receipt.
"""
import json
import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from fetching.complaint import Complaint

MOST_BYTES = 4 << 30  # of one file: the largest that is published has a quarter of that
MANIFEST_BYTES = 4 << 20
SHARDS = 256  # of one model
_ID = re.compile(r"[a-z0-9][a-z0-9.-]{0,63}")
_PART = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,127}")
_SOURCE = re.compile(r"(https?://[^\s]+|npm:[a-z0-9._-]+@[0-9][0-9A-Za-z.-]*)")


@dataclass(frozen=True)
class File:
    path: str  # below the asset's folder; the name of an archive
    bytes: int | None
    sha256: str | None
    md5: str | None  # where that is all that is published
    contents_md5: str | None  # of what a .gz holds: repacked, it is still the same data
    unknown: str  # why there is no sum
    sources: tuple[str, ...]
    archive: str | None  # the archive that holds it, and as what
    member: str | None
    shards: bool  # a model.json: the files that it names belong to the asset
    also: tuple[tuple[int, str], ...] = ()  # other editions that its makers published: size and sha256

    @property
    def has_sum(self):
        return bool(self.sha256 or self.md5 or self.contents_md5)

    @property
    def name(self):
        return PurePosixPath(self.path).name


@dataclass(frozen=True)
class Asset:
    id: str
    kind: str
    label: str
    what: str
    provenance: str
    licence: str
    files: tuple[File, ...]

    @property
    def bytes(self):
        sizes = [file.bytes for file in self.files]
        return None if None in sizes or any(file.shards for file in self.files) else sum(sizes)


@dataclass(frozen=True)
class Manifest:
    assets: dict[str, Asset]
    archives: dict[str, File]


def safe_path(path, subject):
    """The path, if it stays below the folder that it is taken from."""
    parts = path.split("/") if isinstance(path, str) else []
    if not parts or len(parts) > 8 or not all(_PART.fullmatch(part) for part in parts):
        raise Complaint(subject, "has a path that is not allowed", "names of letters and digits, joined by /",
                        str(path)[:80], "Correct the manifest.")
    return path


def _file(entry, subject, named):
    path = safe_path(entry[named], subject)
    where = f"{subject}, {path}"
    sum = entry.get("sha256")
    if sum is not None and not re.fullmatch(r"[0-9a-f]{64}", sum):
        raise Complaint(where, "has a sum that is none", "64 hexadecimal digits", "", "Correct the manifest.")
    size = entry.get("bytes")
    if size is not None and not (isinstance(size, int) and 0 < size <= MOST_BYTES):
        raise Complaint(where, "has a size that cannot be", f"1 to {MOST_BYTES} bytes", str(size), "Correct the manifest.")
    sources = tuple(entry.get("sources", ()))
    if not all(_SOURCE.fullmatch(source) for source in sources):
        raise Complaint(where, "has a source of no known kind", "https:, http: or npm:name@version", "",
                        "Correct the manifest.")
    file = File(path, size, sum, entry.get("md5"), entry.get("contents_md5"), entry.get("unknown", ""), sources,
                entry.get("archive"), entry.get("member"), bool(entry.get("shards")),
                tuple((each["bytes"], each["sha256"]) for each in entry.get("also", ())))
    if not file.has_sum and not file.unknown:
        raise Complaint(where, "has no sum", "a sum, or the reason for none", "", "Correct the manifest.")
    return file


def load(path: Path) -> Manifest:
    try:
        if path.stat().st_size > MANIFEST_BYTES:
            raise Complaint(path, "is larger than any manifest", f"at most {MANIFEST_BYTES} bytes", "",
                            "Give the file that comes with Vitrine.")
        content = json.loads(path.read_text("utf-8"))
        archives = {entry["name"]: _file(entry, "archives", "name") for entry in content.get("archives", [])}
        assets = {}
        for entry in content["assets"]:
            id = entry["id"]
            if not _ID.fullmatch(id) or id in assets:
                raise Complaint(path, "has an id twice or one of other letters", "small letters, digits, - and .",
                                str(id)[:80], "Correct the manifest.")
            files = tuple(_file(file, id, "path") for file in entry["files"])
            for file in files:
                if file.archive is not None and (file.archive not in archives or not file.member):
                    raise Complaint(f"{id}, {file.path}", "lies in an archive that is not listed", "one of the archives",
                                    str(file.archive), "Correct the manifest.")
            assets[id] = Asset(id, entry["kind"], entry["label"], entry["what"], entry["provenance"],
                               entry["licence"], files)
        return Manifest(assets, archives)
    except OSError as error:
        raise Complaint(path, "cannot be read", "the manifest", error.strerror, "Give another with --manifest.") from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Complaint(path, "is no manifest", "assets with id, kind, files", repr(error)[:80],
                        "Give another with --manifest.") from None


def shards_of(model: Path, file: File) -> list[File]:
    """The weight files that a model.json names, with the sizes that its own list of weights gives them."""
    try:
        groups = json.loads(model.read_text("utf-8"))["weightsManifest"]
        found = []
        for group in groups:
            sizes = _shard_sizes(group)
            for path, size in zip(group["paths"], sizes, strict=True):
                folder = file.path.rpartition("/")[0]
                name = safe_path(path, file.path)
                found.append(File(f"{folder}/{name}" if folder else name, size, None, None, None,
                                  "the model names this file and nobody publishes its sum",
                                  tuple(source.rpartition("/")[0] + "/" + name for source in file.sources),
                                  None, None, False))
    except (ValueError, KeyError, TypeError) as error:
        raise Complaint(file.path, "is no model of TensorFlow.js", "a weightsManifest with paths and weights",
                        repr(error)[:80], "Fetch it again.") from None
    if not 0 < len(found) <= SHARDS:
        raise Complaint(file.path, "names too few or too many files", f"1 to {SHARDS}", str(len(found)), "Fetch it again.")
    return found


_WIDTHS = {"float32": 4, "int32": 4, "float16": 2, "uint16": 2, "uint8": 1, "bool": 1}


def _shard_sizes(group):
    """Bytes of each shard: all but the last are of equal, published size, so one shard is the usual, certain case."""
    total = 0
    for weight in group["weights"]:
        count = 1
        for extent in weight["shape"]:
            count *= extent
        stored = weight.get("quantization", {}).get("dtype", weight["dtype"])
        total += count * _WIDTHS[stored]
    if not 0 < total <= MOST_BYTES:
        raise ValueError(f"weights of {total} bytes")
    return [total] if len(group["paths"]) == 1 else [None] * len(group["paths"])
