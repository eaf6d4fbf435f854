#!/usr/bin/env python3
"""Creates floating licences through the API of a running demo and takes one seat of each.

usage: seats.py DEMO.JSON COUNT SEATS > seats.txt      one "key id" a line, for posti.lua
"""
import json
import sys
import urllib.request

demo, count, seats = json.load(open(sys.argv[1])), int(sys.argv[2]), int(sys.argv[3])


def call(path, body=None):
    headers = {"content-type": "application/json", "authorization": f"Bearer {demo['token']}"}
    data = json.dumps(body).encode() if body is not None else None
    return json.load(urllib.request.urlopen(urllib.request.Request(demo["url"] + path, data, headers)))


customer = call("/api/admin/clienti?limit=1&stato=convalidato")["dati"][0]["id"]
for number in range(count):
    body = {"cliente": customer, "prodotto": demo["product"], "tipo": "permanente", "associazione": "flottante", "posti": seats}
    key = call("/api/admin/licenze", body)["chiave_licenza"]
    seat = call("/api/licenze/posti", {"chiave_licenza": key, "dispositivo": {"impronta": f"seats-{number:016x}"}})
    print(key, seat["posto"]["id"])
