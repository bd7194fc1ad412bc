"""Installs one asset: gathers its files in a stage, recognises each by its sum, and places them all at once."""
from fetching.complaint import Complaint, Mismatch
from fetching.manifest import Asset, shards_of
from fetching.store import OTHER_EDITION
from fetching.sums import check, check_against, sum_of
from fetching.unpack import unpack


def install(asset: Asset, archives, source, store, report):
    """Returns the receipt."""
    with store.writing(asset.id), store.locked(asset.id):
        store.require_room(asset.id, asset.bytes or 0)
        with store.stage(asset.id) as stage:
            records = []
            for name in sorted({file.archive for file in asset.files if file.archive}):
                records += _from_archive(asset, archives[name], source, stage)
            have = {record["path"] for record in records}
            waiting = [file for file in asset.files if file.path not in have]
            while waiting:
                file = waiting.pop(0)
                came_from = source.file(asset.id, file, stage / file.path)
                records.append(_record(asset.id, file, stage, source, came_from))
                if file.shards:
                    waiting += shards_of(stage / file.path, file)
            receipt = {"id": asset.id, "files": records}
            store.place(asset.id, stage, receipt)
            return receipt


def _from_archive(asset, archive, source, stage):
    """The files that lie in one archive; none of them when the source has only unpacked members."""
    packed, came_from = source.archive(asset.id, archive)
    if packed is None:
        return []
    files = [file for file in asset.files if file.archive == archive.path]
    unpack(packed, {file.member: (stage / file.path, None if source.tolerates(asset.id, file.path) else file.bytes)
                    for file in files})
    return [_record(asset.id, file, stage, source, came_from, archive) for file in files]


def _record(id, file, stage, source, came_from, archive=None):
    path = stage / file.path
    try:
        known_by = check(path, file, f"{id}, {file.path}")
    except Mismatch:
        if not source.tolerates(id, file.path):
            raise
        known_by = OTHER_EDITION
    if known_by == "unknown" and archive is not None and archive.has_sum:
        known_by = "archive"
    return {"path": file.path, "bytes": path.stat().st_size, "sha256": sum_of(path), "known_by": known_by,
            "source": came_from}


def verify(id, store) -> str:
    """Reads every byte of an installed asset; a sentence about what vouches for it."""
    receipt = store.receipt(id)
    if receipt is None:
        raise Complaint(id, "is not installed, or its receipt is damaged", "", "", f"Fetch it: assets/fetch {id}")
    for file in receipt["files"]:
        path = store.folder(id) / file["path"]
        if not path.is_file() or path.is_symlink():
            raise Complaint(f"{id}, {file['path']}", "is gone", "", "", f"Fetch it again: assets/fetch {id}")
        check_against(path, file["bytes"], file["sha256"], f"{id}, {file['path']}")
    return f"{id}: {describe(receipt)}"


def describe(receipt):
    kinds = [file.get("known_by", "unknown") for file in receipt["files"]]
    count = f"{len(kinds)} file" + ("s" if len(kinds) > 1 else "")
    if OTHER_EDITION in kinds:
        return f"{count}, {kinds.count(OTHER_EDITION)} of another edition than the published one, as they were installed"
    if "unknown" in kinds:
        unknown = kinds.count("unknown")
        return f"{count}, {unknown} of unknown sum: as installed, nobody publishes what they must be"
    return f"{count}, all as published"
