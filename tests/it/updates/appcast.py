"""Reads an appcast from standard input with Python's own XML parser; prints its items as JSON."""

import json
import sys
import xml.etree.ElementTree

SPARKLE = "{http://www.andymatuschak.org/xml-namespaces/sparkle}"


def short(name):
    """`sparkle:version` for what is in Sparkle's namespace."""
    return name.replace(SPARKLE, "sparkle:")


root = xml.etree.ElementTree.fromstring(sys.stdin.buffer.read())
assert root.tag == "rss" and root.get("version") == "2.0", root.tag
items = []
for item in root.findall("channel/item"):
    read = {short(part.tag): (part.text or "").strip() for part in item}
    read["enclosures"] = [
        {short(name): value for name, value in file.attrib.items()}
        for file in item.findall("enclosure")
    ]
    items.append(read)
json.dump(items, sys.stdout)
