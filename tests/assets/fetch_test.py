#!/usr/bin/env python3
"""assets/fetch against a publisher on the loopback: what it brings, what it refuses, and what it leaves behind."""
import gzip
import hashlib
import io
import json
import os
import resource
import signal
import subprocess
import sys
import tarfile
import tempfile
import time
import unittest
import zipfile
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parent))
from publisher import Publisher  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
FETCH = ROOT / "assets" / "fetch"
SECONDS = 60  # after which a program that hangs is a failure


def bytes_of(seed, count):
    """Bytes that look like nothing else, the same in every run."""
    return b"".join(hashlib.sha256(b"%d %d" % (seed, i)).digest() for i in range(count // 32 + 1))[:count]


def sum_of(data):
    return hashlib.sha256(data).hexdigest()


def tar_of(members, mode="w:gz"):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as tar:
        for name, data in members:
            info = tarfile.TarInfo(name)
            if data is None:
                info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
                tar.addfile(info)
            else:
                info.size = len(data)
                tar.addfile(info, io.BytesIO(data))
    return out.getvalue()


class FetchTest(unittest.TestCase):
    def setUp(self):
        self._folder = tempfile.TemporaryDirectory()
        self.addCleanup(self._folder.cleanup)
        self.folder = Path(self._folder.name)
        self.home = self.folder / "data"
        self.publisher = Publisher()
        self.addCleanup(self.publisher.close)
        self.assets, self.archives = [], []

    # One asset of one published file; more files with add_file.
    def publish(self, id, path, data, **more):
        self.publisher.files["/" + path] = data
        file = {"path": path.split("/")[-1], "bytes": len(data), "sha256": sum_of(data),
                "sources": [self.publisher.address("/" + path)], **more}
        asset = {"id": id, "kind": "dataset", "label": id, "what": "Data.", "provenance": "A test.", "licence": "None.",
                 "files": [file]}
        self.assets.append(asset)
        return file

    def arguments(self, words):
        manifest = self.folder / "manifest.json"
        manifest.write_text(json.dumps({"format": 1, "archives": self.archives, "assets": self.assets}))
        return [sys.executable, str(FETCH), "--manifest", str(manifest), *map(str, words)]

    def environment(self, home=None):
        return {"PATH": os.environ["PATH"], "HOME": str(self.folder), "XDG_DATA_HOME": str(home or self.home)}

    def fetch(self, *words, home=None, **more):
        ended = subprocess.run(self.arguments(words), env=self.environment(home), capture_output=True, text=True,
                               timeout=SECONDS, **more)
        self.assertNotIn("Traceback", ended.stderr)
        return ended.returncode, ended.stdout + ended.stderr

    def installed(self, id, path, home=None):
        return (home or self.home) / "vitrine" / "assets" / id / path

    def assert_nothing_placed(self):
        root = self.home / "vitrine" / "assets"
        here = [path.name for path in root.iterdir() if path.name != ".partial"] if root.exists() else []
        self.assertEqual(here, [])


class Bringing(FetchTest):
    def test_a_published_file_is_brought_checked_and_found_again(self):
        data = bytes_of(1, 300_000)
        self.publish("set", "set.bin", data)
        code, said = self.fetch("set")
        self.assertEqual((code, "1 file, all as published" in said), (0, True), said)
        self.assertEqual(self.installed("set", "set.bin").read_bytes(), data)
        self.assertEqual(self.fetch("--verify")[0], 0)
        code, said = self.fetch("set")
        self.assertIn("is there already", said)
        self.assertEqual(len(self.publisher.ranges), 1)

    def test_a_dead_link_is_told_and_the_next_source_is_asked(self):
        data = bytes_of(2, 5_000)
        file = self.publish("set", "set.bin", data)
        file["sources"].insert(0, self.publisher.address("/gone"))
        self.assertEqual(self.fetch("set")[0], 0)
        file["sources"] = [self.publisher.address("/gone"), "http://127.0.0.1:9/closed"]
        code, said = self.fetch("set", "--again")
        self.assertEqual(code, 1)
        self.assertIn("/gone: it answers 404", said)
        self.assertIn("Connection refused", said)
        self.assertEqual(self.fetch("--verify")[0], 0)  # what was there stays

    def test_a_flipped_byte_is_refused_and_nothing_is_placed(self):
        data = bytes_of(3, 70_000)
        self.publish("set", "set.bin", data)
        self.publisher.files["/set.bin"] = data[:1000] + bytes([data[1000] ^ 1]) + data[1001:]
        code, said = self.fetch("set")
        self.assertEqual(code, 1)
        self.assertIn("a byte at least differs", said)
        self.assert_nothing_placed()

    def test_a_short_file_and_a_long_one_are_refused(self):
        for data in (bytes_of(4, 900), bytes_of(4, 1100)):
            self.publish("set", "set.bin", bytes_of(4, 1000))
            self.publisher.files["/set.bin"] = data
            code, said = self.fetch("set")
            self.assertEqual(code, 1, said)
            self.assertIn("expected 1000 bytes" if len(data) < 1000 else "1000 are published", said)
            self.assert_nothing_placed()
            self.assets.clear()

    def test_a_broken_connection_goes_on_where_it_stopped(self):
        data = bytes_of(5, 400_000)
        self.publish("set", "set.bin", data)
        self.publisher.cut_after["/set.bin"] = 150_000
        code, said = self.fetch("set")
        self.assertEqual(code, 0, said)
        self.assertEqual(self.installed("set", "set.bin").read_bytes(), data)
        self.assertEqual(self.publisher.ranges, [None, "bytes=150000-"])

    def test_a_file_without_a_published_sum_says_so_and_is_compared_with_itself(self):
        data = bytes_of(6, 2_000)
        self.publish("set", "set.bin", data, sha256=None, bytes=None, unknown="nobody took one")
        code, said = self.fetch("set")
        self.assertEqual((code, "1 of unknown sum" in said), (0, True), said)
        self.installed("set", "set.bin").write_bytes(data[:-1] + b"x")
        code, said = self.fetch("--verify")
        self.assertEqual((code, "a byte at least differs" in said), (1, True), said)

    def test_the_files_that_a_model_names_come_with_it(self):
        weights = bytes_of(7, 48)
        model = {"modelTopology": {}, "weightsManifest": [{"paths": ["group1-shard1of1"], "weights": [
            {"name": "w", "shape": [3, 4], "dtype": "float32"}]}]}
        self.publish("net", "net/model.json", json.dumps(model).encode(), shards=True)
        self.publisher.files["/net/group1-shard1of1"] = weights
        code, said = self.fetch("net")
        self.assertEqual(code, 0, said)
        self.assertEqual(self.installed("net", "group1-shard1of1").read_bytes(), weights)
        model["weightsManifest"][0]["paths"] = ["../../outside"]
        self.assets.clear()
        self.publish("net", "net/model.json", json.dumps(model).encode(), shards=True)
        code, said = self.fetch("net", "--again")
        self.assertEqual((code, "path that is not allowed" in said), (1, True), said)


class Stopping(FetchTest):
    def start_and_wait_for_half(self):
        data = bytes_of(8, 200_000)
        self.publish("set", "set.bin", data)
        self.publisher.stall_after["/set.bin"] = 131_072
        running = subprocess.Popen(self.arguments(["set"]), env=self.environment(), stdout=subprocess.PIPE,
                                   stderr=subprocess.STDOUT, text=True)
        part = self.home / "vitrine" / "assets" / ".partial" / "set~set.bin.part"
        deadline = time.monotonic() + SECONDS
        while not (part.exists() and part.stat().st_size >= 65_536) and time.monotonic() < deadline:
            time.sleep(0.01)
        return data, running

    def finish(self, data):
        self.assert_nothing_placed()
        self.publisher.stall_after.clear()
        self.assertEqual(self.fetch("set")[0], 0)
        self.assertEqual(self.installed("set", "set.bin").read_bytes(), data)
        self.assertTrue(self.publisher.ranges[-1].startswith("bytes="))

    def test_a_program_that_is_killed_leaves_nothing_half_placed(self):
        data, running = self.start_and_wait_for_half()
        running.send_signal(signal.SIGKILL)
        running.communicate(timeout=SECONDS)
        self.finish(data)

    def test_a_program_that_is_asked_to_stop_says_that_it_can_go_on(self):
        data, running = self.start_and_wait_for_half()
        running.send_signal(signal.SIGTERM)
        said = running.communicate(timeout=SECONDS)[0]
        self.assertEqual((running.returncode, "goes on from there" in said), (130, True), said)
        self.finish(data)

    def test_two_programs_do_not_write_into_the_same_files(self):
        data, running = self.start_and_wait_for_half()
        code, said = self.fetch("set")
        self.assertEqual((code, "another program" in said), (1, True), said)
        running.kill()
        running.communicate(timeout=SECONDS)
        self.finish(data)

    def test_a_file_that_may_not_grow_is_told_as_a_full_disk(self):
        self.publish("set", "set.bin", bytes_of(9, 300_000))
        code, said = self.fetch("set", preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000)))
        self.assertEqual((code, "is full" in said), (1, True), said)
        self.assert_nothing_placed()

    def test_a_disk_without_room_is_told_before_and_while_it_fills(self):
        small = self.folder / "small"
        small.mkdir()
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(small)], capture_output=True)
        if mounted.returncode != 0:
            self.skipTest("no small file system can be mounted here")
        self.addCleanup(subprocess.run, ["umount", str(small)], check=False)
        self.home = small
        self.publish("set", "set.bin", bytes_of(10, 400_000))
        code, said = self.fetch("set")
        self.assertEqual((code, "too little room" in said), (1, True), said)
        self.assert_nothing_placed()
        inner = bytes_of(11, 200_000)  # the archive fits, what is in it does not
        self.publisher.files["/a.zip"] = zip_of({"a.bin": inner})
        self.archives.append({"name": "a.zip", "bytes": None, "unknown": "none",
                              "sources": [self.publisher.address("/a.zip")]})
        self.publish("packed", "a.bin", inner, archive="a.zip", member="a.bin", bytes=None, sha256=None, unknown="none")
        code, said = self.fetch("packed")
        self.assertEqual((code, "is full" in said or "too little room" in said), (1, True), said)
        self.assert_nothing_placed()


def zip_of(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


class Unpacking(FetchTest):
    def publish_archive(self, name, packed, members):
        self.publisher.files["/" + name] = packed
        self.archives.append({"name": name, "bytes": len(packed), "sha256": sum_of(packed),
                              "sources": [self.publisher.address("/" + name)]})
        for id, (member, data) in members.items():
            self.publish(id, member.split("/")[-1], data, archive=name, member=member)

    def test_members_of_one_archive_make_several_assets_from_one_download(self):
        a, b = bytes_of(12, 4_000), bytes_of(13, 5_000)
        for name, packed in (("x.tgz", tar_of([("top/a.bin", a), ("top/b.bin", b)])),
                             ("y.zip", zip_of({"top/a.bin": a, "top/b.bin": b}))):
            self.publish_archive(name, packed, {name + "-a": ("top/a.bin", a), name + "-b": ("top/b.bin", b)})
            code, said = self.fetch(name + "-*")
            self.assertEqual(code, 0, said)
            self.assertEqual(self.installed(name + "-b", "b.bin").read_bytes(), b)
        self.assertEqual(len(self.publisher.ranges), 2)

    def test_no_name_in_an_archive_decides_where_a_byte_goes(self):
        data = bytes_of(14, 100)
        packed = tar_of([("../escaped", b"x"), ("/tmp/vitrine-escaped", b"x"), ("link", None), ("a.bin", data)])
        self.publish_archive("x.tgz", packed, {"set": ("a.bin", data)})
        self.assertEqual(self.fetch("set")[0], 0)
        self.assertEqual(sorted(path.name for path in self.installed("set", ".").iterdir()), ["a.bin", "receipt.json"])
        self.assertFalse(Path("/tmp/vitrine-escaped").exists())

    def test_a_member_that_is_a_link_or_larger_than_promised_is_refused(self):
        for members, fact in (([("a.bin", None)], "no plain file"), ([("a.bin", bytes(5_000_000))], "larger than")):
            self.archives.clear()
            self.assets.clear()
            self.publish_archive("x.tgz", tar_of(members), {"set": ("a.bin", b"small")})
            code, said = self.fetch("set", "--again")
            self.assertEqual((code, fact in said), (1, True), said)
            self.assert_nothing_placed()

    def test_a_damaged_archive_is_told(self):
        packed = tar_of([("a.bin", bytes_of(15, 50_000))])
        self.publish_archive("x.tgz", packed[:30_000], {"set": ("a.bin", bytes_of(15, 50_000))})
        code, said = self.fetch("set")
        self.assertEqual((code, "is damaged" in said), (1, True), said)
        self.assert_nothing_placed()


class WithoutNetwork(FetchTest):
    def put(self, path, data):
        (self.folder / "disk" / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / "disk" / path).write_bytes(data)
        return self.folder / "disk"

    def test_published_files_are_found_packed_or_unpacked_wherever_they_lie(self):
        a, b, c = bytes_of(16, 4_000), bytes_of(17, 5_000), bytes_of(18, 6_000)
        self.archives.append({"name": "x.tgz", "bytes": None, "unknown": "none", "sources": ["https://example.org/x.tgz"]})
        self.publish("packed", "a.bin", a, archive="x.tgz", member="top/a.bin")
        self.archives.append({"name": "y.tgz", "bytes": None, "unknown": "none", "sources": ["https://example.org/y.tgz"]})
        self.publish("unpacked", "b.bin", b, archive="y.tgz", member="top/b.bin")
        self.publish("plain", "c.bin", c)
        self.put("archives/x.tgz", tar_of([("top/a.bin", a)]))
        self.put("y/top/b.bin", b)
        disk = self.put("else/c.bin", c)
        code, said = self.fetch("--from", disk)
        self.assertEqual(code, 0, said)
        self.assertEqual(self.installed("unpacked", "b.bin").read_bytes(), b)
        self.assertEqual(self.publisher.ranges, [])

    def test_a_published_archive_is_enough_by_itself(self):
        data = bytes_of(26, 4_000)
        self.archives.append({"name": "x.tgz", "bytes": None, "unknown": "none", "sources": ["https://example.org/x.tgz"]})
        self.publish("packed", "a.bin", data, archive="x.tgz", member="top/a.bin")
        self.publish("plain", "c.bin", bytes_of(27, 5_000))
        disk = self.put("x.tgz", tar_of([("top/a.bin", data)]))
        self.put("c.bin", bytes_of(27, 5_000))
        code, said = self.fetch("--from", disk / "x.tgz")
        self.assertEqual(code, 0, said)
        self.assertEqual(self.installed("packed", "a.bin").read_bytes(), data)
        self.assertFalse(self.installed("plain", "c.bin").exists())
        code, said = self.fetch("plain", "--from", disk / "x.tgz")
        self.assertEqual((code, "has no c.bin" in said), (1, True), said)
        self.put("y.zip", data)
        code, said = self.fetch("--from", disk / "y.zip")
        self.assertEqual((code, "holds no whole asset" in said), (1, True), said)
        code, said = self.fetch("--from", disk / "nowhere")
        self.assertEqual((code, "neither folder nor file" in said), (1, True), said)

    def test_of_two_files_of_one_name_the_sum_chooses(self):
        first, second = bytes_of(19, 3_000), bytes_of(20, 3_000)
        self.publish("one", "images.gz", first)
        self.publish("two", "images.gz", second)
        self.put("a/images.gz", first)
        disk = self.put("b/images.gz", second)
        self.assertEqual(self.fetch("--from", disk)[0], 0)
        self.assertEqual(self.installed("two", "images.gz").read_bytes(), second)

    def test_contents_that_were_packed_again_are_the_same_data(self):
        inside = bytes_of(21, 9_000)
        self.publish("set", "set.gz", gzip.compress(inside, 9, mtime=1), contents_md5=hashlib.md5(inside).hexdigest())
        disk = self.put("set.gz", gzip.compress(inside, 1, mtime=2))
        code, said = self.fetch("set", "--from", disk)
        self.assertEqual((code, "all as published" in said), (0, True), said)

    def test_another_edition_is_refused_unless_it_is_asked_for(self):
        self.publish("set", "set.bin", bytes_of(22, 3_000))
        disk = self.put("set.bin", bytes_of(22, 2_000))
        code, said = self.fetch("set", "--from", disk)
        self.assertEqual((code, "--other-editions" in said), (1, True), said)
        self.assert_nothing_placed()
        code, said = self.fetch("set", "--from", disk, "--other-editions")
        self.assertEqual((code, "another edition" in said), (0, True), said)
        self.assertEqual(self.fetch("--verify")[0], 0)

    def test_a_list_of_sums_beside_the_files_is_believed(self):
        data = bytes_of(23, 3_000)
        self.publish("set", "set.bin", data, sha256=None, bytes=None, unknown="none")
        self.put("SHA256SUMS", f"{sum_of(data)}  set.bin\n".encode())
        disk = self.put("set.bin", data[:-1] + b"x")
        code, said = self.fetch("set", "--from", disk)
        self.assertEqual((code, "SHA256SUMS" in said), (1, True), said)

    def test_a_pack_of_one_serves_the_room_and_its_bytes_are_checked(self):
        data, odd = bytes_of(24, 30_000), bytes_of(25, 4_000)
        self.publish("set", "set.bin", data)
        self.publish("odd", "odd.bin", odd, sha256=None, bytes=None, unknown="none")
        pack, room = self.folder / "room.tar", self.folder / "room"
        code, said = self.fetch("set", "odd", "--pack", pack)
        self.assertEqual(code, 0, said)
        self.publisher.files.clear()
        code, said = self.fetch("--from", pack, home=room)
        self.assertEqual(code, 0, said)
        self.assertEqual(self.installed("odd", "odd.bin", room).read_bytes(), odd)
        self.assertEqual(self.fetch("--verify", home=room)[0], 0)
        broken = bytearray(pack.read_bytes())
        broken[broken.index(odd) + 7] ^= 1  # nobody publishes this one's sum; its receipt has it
        pack.write_bytes(broken)
        code, said = self.fetch("odd", "--from", pack, "--again", home=room)
        self.assertEqual((code, "a byte at least differs" in said), (1, True), said)
        pack.write_bytes(bytes(broken[:9_000]))
        self.assertEqual(self.fetch("--from", pack, "--again", home=self.folder / "other")[0], 1)


class Telling(FetchTest):
    def test_the_manifest_of_vitrine_is_whole(self):
        ended = subprocess.run([sys.executable, str(FETCH), "--list", "--json"], env=self.environment(),
                               capture_output=True, text=True, timeout=SECONDS)
        assets = {each["id"]: each for each in map(json.loads, ended.stdout.splitlines())}
        for id in ("ecg5000", "mnist", "fashion-mnist", "cifar-10", "mobilenet", "vgg19", "tfjs-mobilenet-0.25",
                   "handtrack-320-int8", "imagenet-classes"):
            self.assertEqual(assets[id]["state"], "missing")
            self.assertTrue(assets[id]["licence"] and assets[id]["provenance"])

    def test_progress_is_told_to_a_program_line_by_line(self):
        data = bytes_of(26, 500_000)
        self.publish("set", "set.bin", data)
        _, said = self.fetch("set", "--json")
        events = [json.loads(line) for line in said.splitlines()]
        self.assertEqual(events[-1]["event"], "done")
        last = [each for each in events if each["event"] == "progress"][-1]
        self.assertEqual((last["done"], last["total"]), (500_000, 500_000))

    def test_an_unknown_id_and_a_broken_manifest_are_told(self):
        self.publish("set", "set.bin", b"x")
        self.assertEqual(self.fetch("nothing")[0], 2)
        self.assertEqual(self.fetch()[0], 2)
        self.assets[0]["files"][0]["path"] = "../set.bin"
        code, said = self.fetch("set")
        self.assertEqual((code, "not allowed" in said), (1, True), said)


class Published(unittest.TestCase):
    """The manifest of Vitrine, and a folder laid out as the archives are, made of the data beside the checkout."""

    def setUp(self):
        self.data = ROOT.parent / "shared" / "assets"
        if not self.data.is_dir():
            self.skipTest("no assets folder beside the checkout (../shared/assets)")
        self._folder = tempfile.TemporaryDirectory()
        self.addCleanup(self._folder.cleanup)
        self.home, self.disk = Path(self._folder.name, "home"), Path(self._folder.name, "disk")

    def lay_out(self):
        def put(path, data):
            (self.disk / path).parent.mkdir(parents=True, exist_ok=True)
            (self.disk / path).write_bytes(data)

        def ucr(name):
            lines = (self.data / "ecg5000" / name).read_text().splitlines()[1:]
            return "\n".join(line.replace(",", "  ") for line in lines) + "\n"

        put("ECG5000.zip", zip_of({"ECG5000_TRAIN.txt": ucr("ecg5000_test_500.csv"),
                                   "ECG5000_TEST.txt": ucr("ecg5000_train_3500.csv")}))
        for name in ("images-idx3", "labels-idx1"):
            put(f"mnist/train-{name}-ubyte.gz", (self.data / "mnist" / f"train-{name}-ubyte.gz").read_bytes())
            put(f"mnist/t10k-{name}-ubyte.gz", (self.data / "mnist" / f"t10k-first5000-{name}-ubyte.gz").read_bytes())
        cifar = self.data / "cifar10"
        batches = [(f"cifar-10-batches-bin/data_batch_{i}.bin", cifar / "data_batch_1.bin") for i in range(1, 6)]
        batches += [("cifar-10-batches-bin/test_batch.bin", cifar / "test_batch_part1.bin"),
                    ("cifar-10-batches-bin/batches.meta.txt", cifar / "batches.meta.txt")]
        put("cifar-10-binary.tar.gz", tar_of([(name, path.read_bytes()) for name, path in batches], "w"))
        for path in (self.data / "handtrack_ssd320fpnlite_int8").iterdir():
            put(f"hands/int8/{path.name}", path.read_bytes())

    def fetch(self, *words):
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.home), "XDG_DATA_HOME": str(self.home)}
        ended = subprocess.run([sys.executable, str(FETCH), *map(str, words)], env=environment, capture_output=True,
                               text=True, timeout=2 * SECONDS)
        return ended.returncode, ended.stdout + ended.stderr

    def test_beats_digits_photos_and_hands_are_installed_and_verified(self):
        self.lay_out()
        ids = ("ecg5000", "mnist", "cifar-10", "handtrack-320-int8")
        code, said = self.fetch("mnist", "cifar-10", "--from", self.disk)  # parts and copies are not what is published
        self.assertEqual((code, said.count("--other-editions")), (1, 2), said)
        code, said = self.fetch(*ids, "--from", self.disk, "--other-editions")
        self.assertEqual(code, 0, said)
        self.assertIn("handtrack-320-int8: 2 files, all as published", said)
        self.assertIn("mnist: 4 files, 2 of another edition", said)  # the part to learn from is, packed again
        code, said = self.fetch("--verify")
        self.assertEqual((code, len(said.splitlines())), (0, len(ids)), said)
        batch = self.home / "vitrine" / "assets" / "cifar-10" / "data_batch_2.bin"
        with open(batch, "r+b") as file:
            file.seek(12_345)
            byte = file.read(1)[0]
            file.seek(12_345)
            file.write(bytes([byte ^ 1]))
        code, said = self.fetch("--verify")
        self.assertEqual((code, "data_batch_2.bin: is not what" in said), (1, True), said)


if __name__ == "__main__":
    unittest.main()
