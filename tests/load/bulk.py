#!/usr/bin/env python3
"""Issues many licences in one run of a running demo while devices are validated at a fixed rate.

usage: bulk.py DEMO.JSON KEYS.TXT [COUNT [PER_SECOND]]      KEYS.TXT comes from seed.py

Prints how long validations take while the server has nothing else to do, during the run, and
afterwards, in milliseconds, and how long the run takes. A validation counts from the moment it is
due, so that those which wait for a late one are counted as late too.
"""
import http.client
import json
import random
import sys
import threading
import time
import urllib.parse
import urllib.request

QUIET = 20.0
CONNECTIONS = 4

demo = json.load(open(sys.argv[1]))
pairs = [line.split() for line in open(sys.argv[2])]
count = int(sys.argv[3]) if len(sys.argv) > 3 else 100_000
rate = float(sys.argv[4]) if len(sys.argv) > 4 else 50.0
url = urllib.parse.urlsplit(demo["url"])


class Validating(threading.Thread):
    """Validates every `CONNECTIONS / rate` seconds; notes when each was due and how long it took."""

    def __init__(self, number):
        super().__init__(daemon=True)
        self.due = time.perf_counter() + number / rate
        self.times = []
        self.stopped = False

    def run(self):
        connection = http.client.HTTPConnection(url.hostname, url.port, timeout=60)
        while not self.stopped:
            time.sleep(max(0.0, self.due - time.perf_counter()))
            key, fingerprint = random.choice(pairs)
            body = json.dumps({"chiave_licenza": key, "dispositivo": {"impronta": fingerprint}})
            connection.request("POST", url.path + "/api/licenze/valida", body, {"content-type": "application/json"})
            answer = connection.getresponse()
            if answer.status != 200 or not json.load(answer)["valida"]:
                sys.exit(f"a validation answered {answer.status}")
            self.times.append((self.due, (time.perf_counter() - self.due) * 1000))
            self.due += CONNECTIONS / rate


def call(path, body=None):
    headers = {"content-type": "application/json", "authorization": f"Bearer {demo['token']}"}
    data = json.dumps(body).encode() if body is not None else None
    request = urllib.request.Request(demo["url"] + path, data, headers)
    return json.load(urllib.request.urlopen(request))


def quantiles(name, begun, ended):
    times = sorted(took for thread in threads for due, took in thread.times if begun <= due < ended)
    at = lambda share: times[min(len(times) - 1, int(len(times) * share))]
    print(f"{name:8}{len(times):7} validations   p50 {at(0.5):7.2f}   p95 {at(0.95):7.2f}   p99 {at(0.99):7.2f}   max {times[-1]:7.2f}", flush=True)
    return at(0.99)


customer = call("/api/admin/clienti?limit=1&stato=convalidato")["dati"][0]["id"]
threads = [Validating(number) for number in range(CONNECTIONS)]
for thread in threads:
    thread.start()
time.sleep(2.0)
begun = time.perf_counter()
time.sleep(QUIET)
started = time.perf_counter()
licence = {"cliente": customer, "prodotto": demo["product"], "tipo": "permanente", "dispositivi": 3}
run = call("/api/admin/licenze/massiva", {"licenza": licence, "quantita": count})
while run["stato"] == "in_corso":
    time.sleep(0.5)
    run = call(f"/api/admin/licenze/massiva/{run['id']}")
ended = time.perf_counter()
time.sleep(QUIET)
last = time.perf_counter()
for thread in threads:
    thread.stopped = True
before = quantiles("before", begun, started)
during = quantiles("during", started, ended)
quantiles("after", ended, last)
print(f"{run['stato']}: {run} in {ended - started:.1f} s, p99 {during / before:.2f} times")
