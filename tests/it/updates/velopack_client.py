"""A stock Velopack client: checks a feed, downloads what it offers, prints JSON.

    velopack_client.py FEED VERSION DIRECTORY [--downgrade]

FEED is the address of a channel; VERSION runs at present; DIRECTORY is where it is installed. With
--downgrade the program lets itself be taken back.

{"available": false}
{"available": true, "version": "2.0.0", "downgrade": false, "sha256": "…"}
{"error": "…"}
"""

import argparse
import hashlib
import json
import pathlib

from velopack import UpdateManager, UpdateOptions, VelopackLocatorConfig

MANIFEST = """<?xml version="1.0"?>
<package><metadata>
<id>Acme.App</id><version>{}</version><channel>win</channel>
</metadata></package>"""


def installed(root, version):
    """An installation of this version, as its installer would leave it."""
    current, packages = root / "current", root / "packages"
    current.mkdir(parents=True, exist_ok=True)
    packages.mkdir(exist_ok=True)
    (root / "Update").touch()
    manifest = current / "sq.version"
    manifest.write_text(MANIFEST.format(version))
    return VelopackLocatorConfig(root, root / "Update", packages, manifest, current, False)


def run(asked):
    """Does what was asked and says what came of it."""
    options = UpdateOptions(asked.downgrade, MaximumDeltasBeforeFallback=10)
    manager = UpdateManager(asked.feed, options, installed(asked.directory, asked.version))
    found = manager.check_for_updates()
    if found is None:
        return {"available": False}
    manager.download_updates(found)
    asset = found.TargetFullRelease
    content = (asked.directory / "packages" / asset.FileName).read_bytes()
    return {
        "available": True,
        "version": asset.Version,
        "downgrade": found.IsDowngrade,
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("feed")
    parser.add_argument("version")
    parser.add_argument("directory", type=pathlib.Path)
    parser.add_argument("--downgrade", action="store_true")
    try:
        told = run(parser.parse_args())
    except Exception as error:  # Which one is what the test asks.
        told = {"error": str(error).splitlines()[0]}
    print(json.dumps(told))


main()
