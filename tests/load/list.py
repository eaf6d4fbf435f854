#!/usr/bin/env python3
"""Times the lists and figures of licences and of the inventory, of running demos of different size.

usage: list.py DEMO.JSON [DEMO.JSON ...]      each of a `cockpit demo --scale N` that is running

Prints one line a request and one column a demo: the median of 30 answers in milliseconds, and how
many times as long as the first demo the last one takes.
"""
import base64
import http.client
import json
import statistics
import sys
import time
import urllib.parse

ROUNDS = 30
LIST = "/crm/licences"


class Demo:
    def __init__(self, path):
        self.told = json.load(open(path))
        url = urllib.parse.urlsplit(self.told["url"])
        self.base = url.path
        self.host = (url.hostname, url.port)
        self.connection = http.client.HTTPConnection(*self.host, timeout=120)
        self.cookie = self.sign_in()

    def sign_in(self):
        who = self.told["superadmin"]
        form = urllib.parse.urlencode({"email": who["email"], "password": who["password"]})
        headers = {"content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin"}
        self.connection.request("POST", self.base + "/login", form, headers)
        answer = self.connection.getresponse()
        answer.read()
        cookies = [value.split(";")[0] for name, value in answer.getheaders() if name.lower() == "set-cookie"]
        if answer.status != 303 or not cookies:
            sys.exit(f"signing in answered {answer.status}")
        return "; ".join(cookies)

    def get(self, path):
        self.connection.request("GET", path, headers={"cookie": self.cookie, "accept": "text/html"})
        answer = self.connection.getresponse()
        body = answer.read().decode()
        if answer.status != 200:
            sys.exit(f"{path} answered {answer.status}")
        return body

    def median(self, path):
        # The server closes connections that were idle while another demo was asked.
        self.connection = http.client.HTTPConnection(*self.host, timeout=120)
        self.get(path)
        times = []
        for _ in range(ROUNDS):
            begun = time.perf_counter()
            self.get(path)
            times.append((time.perf_counter() - begun) * 1000)
            if sum(times) > 20_000:
                break
        return statistics.median(times)

    def deep(self):
        """The page that begins in the middle: rows of five years, and a place 900 days ago."""
        place = json.dumps(["-creata", int(time.time() * 1000) - 900 * 86_400_000, "x", False])
        cursor = base64.urlsafe_b64encode(place.encode()).decode().rstrip("=")
        return self.base + LIST + "?cursor=" + cursor


REQUESTS = {
    "first page": lambda demo: demo.base + LIST,
    "a deep page": Demo.deep,
    "filter: suspended": lambda demo: demo.base + LIST + "?stato=sospesa",
    "filter: in force": lambda demo: demo.base + LIST + "?stato=attiva",
    "filter: product": lambda demo: demo.base + LIST + f"?prodotto={demo.told['product']}",
    "sort: ends first": lambda demo: demo.base + LIST + "?sort=scadenza",
    "sort: ends last": lambda demo: demo.base + LIST + "?sort=-scadenza",
    "search: a customer": lambda demo: demo.base + LIST + "?q=studio",
    "search: nothing": lambda demo: demo.base + LIST + "?q=zzzzzz",
    "search: a key": lambda demo: demo.base + LIST + "?q=" + demo.told["activation_key"][:4],
    "dashboard, 30 days": lambda demo: demo.base + LIST + "/dashboard",
    "dashboard, 12 months": lambda demo: demo.base + LIST + "/dashboard?da=2026-01-01&a=2026-11-22",
}

INVENTORY = {
    "inventory": "/crm/installations",
    "- to be assigned": "/crm/installations?stato=non_ancora_assegnato",
    "- assigned": "/crm/installations?stato=assegnata",
    "- software": "/crm/installations?nome_software=cassa",
    "- version": "/crm/installations?versione=9.4",
    "- silent": "/crm/installations?ultima_segnalazione.to=2026-10-20",
    "- most orders first": "/crm/installations?sort=-totale_ordini",
    "- by version": "/crm/installations?sort=-versione",
    "- search: a company": "/crm/installations?q=ditta",
    "- search: a computer": "/crm/installations?q=PC-0000012",
    "- search: nothing": "/crm/installations?q=zzzzzz",
    "one installation": "/crm/installations/{installation}",
    "raw reports": "/crm/registrations",
    "- raw, software": "/crm/registrations?nome_software=cassa",
    "inventory figures": "/crm/inventory-statistics",
    "- 90 days": "/crm/inventory-statistics?da=2026-08-25&a=2026-11-22",
    "- as JSON": "/api/statistiche/registrazioni",
}
for name, path in INVENTORY.items():
    REQUESTS[name if not name.startswith("- ") else "inventory " + name] = (
        lambda demo, path=path: demo.base + path.replace("{installation}", demo.told["inventory"]["installation"])
    )

demos = [Demo(path) for path in sys.argv[1:]]
for name, address in REQUESTS.items():
    medians = [demo.median(address(demo)) for demo in demos]
    columns = "".join(f"{median:10.1f}" for median in medians)
    print(f"{name:32}{columns}{medians[-1] / medians[0]:8.2f}", flush=True)
