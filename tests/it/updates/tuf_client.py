"""A stock TUF client (python-tuf ngclient): refreshes, downloads one target, prints JSON.

    tuf_client.py BASE_URL TRUSTED_ROOT TARGET METADATA_DIR [--days N] [--plain]

BASE_URL serves /metadata/ and /targets/; TRUSTED_ROOT is a file with the first root; METADATA_DIR
keeps what the client trusts from one run to the next. The clock of the client is N days ahead. With
--plain, targets are asked for without their hash in the name.

{"ok": true, "root": 1, "timestamp": 3, "snapshot": 3, "target": {"length": …, "sha256": "…"}}
{"ok": false, "error": "ExpiredMetadataError", "message": "…"}     target is null for an unknown name
"""

import argparse
import datetime
import hashlib
import json
import pathlib
import sys

from tuf.api.exceptions import DownloadError, RepositoryError
from tuf.ngclient import Updater, UpdaterConfig


def run(asked):
    """Does what was asked and says what came of it."""
    trusted = pathlib.Path(asked.metadata_dir)
    files = trusted / "targets"
    files.mkdir(parents=True, exist_ok=True)
    base = asked.base_url.rstrip("/")
    updater = Updater(
        metadata_dir=str(trusted),
        metadata_base_url=f"{base}/metadata/",
        target_dir=str(files),
        target_base_url=f"{base}/targets/",
        config=UpdaterConfig(prefix_targets_with_hash=not asked.plain),
        bootstrap=pathlib.Path(asked.trusted_root).read_bytes(),
    )
    updater._trusted_set.reference_time += datetime.timedelta(days=asked.days)
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
    parser.add_argument("--days", type=int, default=0)
    parser.add_argument("--plain", action="store_true")
    try:
        outcome = run(parser.parse_args())
    except (DownloadError, RepositoryError) as error:
        outcome = {"ok": False, "error": type(error).__name__, "message": str(error)}
        outcome["status"] = getattr(error, "status_code", None)
    print(json.dumps(outcome))
    sys.exit(0 if outcome["ok"] else 1)


if __name__ == "__main__":
    main()
