"""A Folder of published files, however they lie in it: by their names, in a folder named after the asset, as the members
of an unpacked archive; or one such file by itself. A list SHA256SUMS in it vouches for files that nobody else vouches for."""
import os
import re
from pathlib import Path, PurePosixPath

from fetching.complaint import Complaint, Mismatch
from fetching.manifest import MOST_BYTES, File
from fetching.sums import check, require_regular, sum_of
from fetching.unpack import copy

MOST_FILES = 200_000
LISTS = "SHA256SUMS"
_GENERIC = re.compile(r"model\.json|group\d+-shard.*")  # names that every model of TensorFlow.js has


class Folder:
    def __init__(self, root: Path, report, other_editions=False):
        alone = root.is_file()
        self._root, self._report, self._other = root.parent if alone else root, report, other_editions
        self._paths = [PurePosixPath(root.name)] if alone else self._list(root)
        self._sums = self._read_sums()

    def archive(self, id, archive: File):
        return self._take(id, archive, [archive.name], required=False)

    def file(self, id, file: File, target: Path):
        tails = ["/".join(source.split("/")[-2:]) for source in file.sources]
        found, source = self._take(id, file, [file.member or file.path, file.path, *tails], required=True)
        with open(found, "rb") as bytes:
            copy(bytes, target, MOST_BYTES, f"{id}, {file.path}")
        self._report.progress(id, file.name, target.stat().st_size, target.stat().st_size)
        return source

    def tolerates(self, id, path):
        return self._other

    def done(self):
        pass

    def _take(self, id, file: File, names, required):
        """The first candidate that is what was published; with other editions else the best one by its name."""
        refused = []
        for path, trusted in self._candidates(id, file, names):
            found = self._root / path
            try:
                require_regular(found)
                self._vouch(path, found)
                check(found, file, found)
                return found, str(found)
            except Mismatch as mismatch:
                if trusted:
                    refused.append((found, mismatch))
        if refused and self._other:
            self._report.say("note", id, f"{id}: {refused[0][0]} is another edition than the published one.")
            return refused[0][0], str(refused[0][0])
        if refused:
            raise Mismatch(id, str(refused[0][1]).split(". ")[0], "", "",
                           "If it is an excerpt or another edition that you want, add --other-editions.")
        if required:
            raise Complaint(id, f"{self._root} has no {names[0]}", "the published file, its archive or its members", "",
                            "Compare the names with the manifest, or fetch it from the network.")
        return None, ""

    def _candidates(self, id, file, names):
        """Paths that end as a name does, best first (more folders in common, a folder named after the asset, shorter),
        and whether the path alone speaks for them; a sum may do that, too."""
        ranked = []
        for path in self._paths:
            shared = max(_common_end(path.parts, PurePosixPath(name).parts) for name in names)
            named = any(_same_name(part, id) for part in (self._root.name, *path.parts[:-1]))
            trusted = shared > 1 or named or not _GENERIC.fullmatch(path.name)
            if shared and (trusted or file.has_sum):
                ranked.append((-shared, not named, len(path.parts), path, trusted))
        return [(path, trusted) for *_, path, trusted in sorted(ranked)]

    def _list(self, root: Path):
        if not root.is_dir():
            raise Complaint(root, "is neither folder nor file", "a folder, a published archive or a pack", "", "Give where the files lie.")
        found = []
        for folder, _, names in os.walk(root):
            found += [PurePosixPath(folder, name).relative_to(root) for name in names]
            if len(found) > MOST_FILES:
                raise Complaint(root, "holds too many files to look through", f"at most {MOST_FILES}", "more",
                                "Give the folder in which the files lie.")
        return found

    def _read_sums(self):
        sums = {}
        for path in (each for each in self._paths if each.name == LISTS):
            for line in (self._root / path).read_text("utf-8", "replace").splitlines():
                sum, _, name = line.partition(" ")
                sums[path.parent / name.lstrip(" *")] = sum
        return sums

    def _vouch(self, path, found):
        known = self._sums.get(path)
        if known is not None and sum_of(found) != known:
            raise Complaint(found, f"is not what {LISTS} says", f"sha256 {known}", sum_of(found), "Copy it there again.")


def _common_end(a, b):
    count = 0
    while count < min(len(a), len(b)) and a[-1 - count] == b[-1 - count]:
        count += 1
    return count


def _same_name(part, id):
    return part.lower().replace("_", "-") == id
