"""A stock TUF client (python-tuf ngclient): refreshes, downloads one target, prints JSON.

    tuf_client.py BASE_URL TRUSTED_ROOT TARGET METADATA_DIR [--attack NAME]

BASE_URL serves /metadata/ and /targets/; TRUSTED_ROOT is a file with the first root; METADATA_DIR
keeps what the client trusts from one run to the next, and the first timestamp and snapshot it saw.
With --attack, what the server answers is changed on its way as that attacker would (see ATTACKS); the
client must refuse it. For rollback it must have seen a newer state than its first, under the same
keys; for mix-and-match the server must have a newer state than the client has seen.

{"ok": true, "root": 1, "timestamp": 3, "snapshot": 3, "target": {"length": …, "sha256": "…"}}
{"ok": false, "error": "ExpiredMetadataError", "message": "…"}     target is null for an unknown name
"""

import argparse
import datetime
import hashlib
import json
import pathlib
import re
import sys

from tuf.api.exceptions import DownloadError, RepositoryError
from tuf.ngclient import Updater
from tuf.ngclient.fetcher import FetcherInterface
from tuf.ngclient.urllib3_fetcher import Urllib3Fetcher


def again(name, body, kept):
    """Rollback: the first timestamp and snapshot ever seen are sent again."""
    first = kept / f"first.{name}"
    return first.read_bytes() if first.exists() else body


def mixed(name, body, kept):
    """Mix-and-match: a new timestamp with the snapshot of before, under the new one's name."""
    first = kept / "first.snapshot.json"
    is_snapshot = name == "snapshot.json" and first.exists()
    return first.read_bytes() if is_snapshot else body


def endless(name, body, _):
    """Endless data: every file goes on and on."""
    return body if name == "root.json" else body + b" " * 50_000_000


def other_software(name, body, _):
    """Wrong software: a file of the same length with one bit changed."""
    return body if name.endswith(".json") else bytes([body[0] ^ 1]) + body[1:]


def below_threshold(name, body, _):
    """Key compromise below the threshold: one signature fewer than the role has."""
    if name == "root.json" or not name.endswith(".json"):
        return body
    document = json.loads(body)
    document["signatures"] = document["signatures"][1:]
    return json.dumps(document).encode()


def forged(name, body, _):
    """Arbitrary metadata: what is signed is changed, the signatures stay."""
    if name == "root.json" or not name.endswith(".json"):
        return body
    return body.replace(b'"version":', b'"version":1', 1)


ATTACKS = {
    "rollback": again,
    "mix-and-match": mixed,
    "endless-data": endless,
    "wrong-software": other_software,
    "below-threshold": below_threshold,
    "forged": forged,
    # The server is honest, the clock of the client runs on: it must refuse what was held back.
    "freeze": lambda _name, body, _kept: body,
}


class Attacked(FetcherInterface):
    """Fetches as ngclient does, and lets an attacker change the answer."""

    def __init__(self, attack, kept):
        self.fetcher, self.attack, self.kept = Urllib3Fetcher(), attack, kept

    def _fetch(self, url):
        body = b"".join(self.fetcher.fetch(url))
        name = re.sub(r"^\d+\.", "", url.rsplit("/", 1)[-1])
        body = self.attack(name, body, self.kept)
        return (body[at : at + 65536] for at in range(0, len(body), 65536))


class Remembering(FetcherInterface):
    """Keeps the first timestamp and snapshot for later attacks."""

    def __init__(self, kept):
        self.fetcher, self.kept = Urllib3Fetcher(), kept

    def _fetch(self, url):
        name = re.sub(r"^\d+\.", "", url.rsplit("/", 1)[-1])
        first = self.kept / f"first.{name}"
        if name not in ("timestamp.json", "snapshot.json") or first.exists():
            return self.fetcher.fetch(url)
        body = b"".join(self.fetcher.fetch(url))
        first.write_bytes(body)
        return iter([body])


def run(asked):
    """Does what was asked and says what came of it."""
    trusted = pathlib.Path(asked.metadata_dir)
    kept = trusted / "kept"
    kept.mkdir(parents=True, exist_ok=True)
    files = trusted / "targets"
    files.mkdir(exist_ok=True)
    base = asked.base_url.rstrip("/")
    attack = ATTACKS[asked.attack] if asked.attack else None
    updater = Updater(
        metadata_dir=str(trusted),
        metadata_base_url=f"{base}/metadata/",
        target_dir=str(files),
        target_base_url=f"{base}/targets/",
        fetcher=Attacked(attack, kept) if attack else Remembering(kept),
        bootstrap=pathlib.Path(asked.trusted_root).read_bytes(),
    )
    if asked.attack == "freeze":
        later = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=2)
        updater._trusted_set.reference_time = later
    updater.refresh()
    state = updater._trusted_set
    target = None
    info = updater.get_targetinfo(asked.target)
    if info is not None:
        path = pathlib.Path(updater.download_target(info))
        content = path.read_bytes()
        target = {
            "length": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
            "custom": info.custom,
        }
    return {
        "ok": True,
        "root": state.root.version,
        "timestamp": state.timestamp.version,
        "snapshot": state.snapshot.version,
        "target": target,
    }


def main():
    """Reads the command line; exits with 1 when the client refuses."""
    parser = argparse.ArgumentParser()
    for name in ("base_url", "trusted_root", "target", "metadata_dir"):
        parser.add_argument(name)
    parser.add_argument("--attack", choices=sorted(ATTACKS))
    try:
        outcome = run(parser.parse_args())
    except (DownloadError, RepositoryError) as error:
        outcome = {"ok": False, "error": type(error).__name__, "message": str(error)}
    print(json.dumps(outcome))
    sys.exit(0 if outcome["ok"] else 1)


if __name__ == "__main__":
    main()
