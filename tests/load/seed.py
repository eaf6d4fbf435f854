#!/usr/bin/env python3
"""Creates licences through the API of a running demo and activates one device of each.

usage: seed.py DEMO.JSON COUNT DEVICES > keys.txt      one "key fingerprint" a line
"""
import concurrent.futures
import json
import sys
import urllib.request

demo, count, devices = json.load(open(sys.argv[1])), int(sys.argv[2]), int(sys.argv[3])


def post(path, body, token=None):
    headers = {"content-type": "application/json"}
    if token:
        headers["authorization"] = f"Bearer {token}"
    request = urllib.request.Request(demo["url"] + path, json.dumps(body).encode(), headers)
    return json.load(urllib.request.urlopen(request))


def get(path):
    request = urllib.request.Request(demo["url"] + path, headers={"authorization": f"Bearer {demo['token']}"})
    return json.load(urllib.request.urlopen(request))


customers = [c["id"] for c in get("/api/admin/clienti?limit=50&stato=convalidato")["dati"]]


def licence(number):
    body = {"cliente": customers[number % len(customers)], "prodotto": demo["product"], "tipo": "permanente", "dispositivi": devices}
    key = post("/api/admin/licenze", body, demo["token"])["chiave_licenza"]
    fingerprint = f"seed-{number:016x}"
    post("/api/licenze/attiva", {"chiave_licenza": key, "dispositivo": {"impronta": fingerprint}})
    return f"{key} {fingerprint}"


with concurrent.futures.ThreadPoolExecutor(8) as pool:
    for line in pool.map(licence, range(count)):
        print(line)
