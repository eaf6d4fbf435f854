#!/usr/bin/env python3
"""Measures reports per second of the product beside plain servers that do one INSERT per request.

usage: registrations.py COCKPIT [--reference BINARY] [--fastapi FOLDER --python PYTHON]
                        [--database mysql://user:password@host:port] [--seconds 10] [--connections 64]

COCKPIT is the release build. BINARY is a server of axum and sqlx, called as `BINARY ADDRESS URL --sync
FULL`; FOLDER holds `app.py`, a service of FastAPI and SQLAlchemy whose database the variable DB names.
Without --database everything runs on SQLite files in a new folder, flushed at every commit; with it,
on databases of its own there, which are made anew. Each server runs alone, is warmed up, and is
measured three times with wrk; the best run counts. Prints one line a server; µs are what its
processes, not the database's server, compute for one report.
"""
import argparse
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
PATH = "/api/registrazione-software"
RUNS = 3

parser = argparse.ArgumentParser(usage=__doc__)
parser.add_argument("cockpit")
parser.add_argument("--reference")
parser.add_argument("--fastapi")
parser.add_argument("--python", default=sys.executable)
parser.add_argument("--database")
parser.add_argument("--seconds", type=int, default=10)
parser.add_argument("--connections", type=int, default=64)
asked = parser.parse_args()
# Servers run in a folder of their own.
asked.cockpit = os.path.abspath(asked.cockpit)
asked.reference = asked.reference and os.path.abspath(asked.reference)
folder = tempfile.mkdtemp(prefix="registrations-")


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def database(name):
    """The URL of an empty database of this name on the server."""
    url = urllib.parse.urlsplit(asked.database)
    command = ["mariadb", "--no-defaults", "-h", url.hostname, "-P", str(url.port or 3306), "-u", url.username, f"-p{url.password or ''}"]
    subprocess.run([*command, "-e", f"drop database if exists {name}; create database {name}"], check=True)
    return f"{asked.database.rstrip('/')}/{name}"


def started(command, url, **environment):
    log = open(os.path.join(folder, "log.txt"), "a")
    server = subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ, **environment}, cwd=environment.get("PYTHONPATH", folder), start_new_session=True)
    for _ in range(600):
        if server.poll() is not None:
            sys.exit(f"{command[0]} ended: see {log.name}")
        try:
            urllib.request.urlopen(url, timeout=1)
            return server
        except urllib.error.HTTPError:
            return server
        except OSError:
            time.sleep(0.1)
    sys.exit(f"{command[0]} does not answer")


def computed(pid):
    """Seconds that a process and its children have computed."""
    with open(f"/proc/{pid}/stat") as told:
        fields = told.read().rsplit(")", 1)[1].split()
    own = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    with open(f"/proc/{pid}/task/{pid}/children") as told:
        return own + sum(computed(int(child)) for child in told.read().split())


def measured(name, server, base, plain):
    environment = {**os.environ, "PLAIN": "1" if plain else "0"}
    call = ["wrk", "-t", "1", "-c", str(asked.connections), "--latency", "-s", os.path.join(HERE, "registrations.lua"), base + PATH]
    best = (0.0, "", "", 0.0)
    subprocess.run([*call, "-d", "3s"], env=environment, capture_output=True, check=True)
    for _ in range(RUNS):
        before = computed(server.pid)
        told = subprocess.run([*call, "-d", f"{asked.seconds}s"], env=environment, capture_output=True, text=True, check=True).stdout
        if refused := re.search(r"Non-2xx or 3xx responses: (\d+)", told):
            sys.exit(f"{name}: {refused[0]}")
        rate = float(re.search(r"Requests/sec:\s+([\d.]+)", told)[1])
        each = (computed(server.pid) - before) / int(re.search(r"(\d+) requests in", told)[1])
        at = lambda share: re.search(rf"^\s+{share}%\s+(\S+)", told, re.M)[1]
        best = max(best, (rate, at(50), at(99), each * 1e6))
    os.killpg(server.pid, signal.SIGTERM)
    server.wait()
    print(f"{name:12}{best[0]:9.0f} reports/s   p50 {best[1]:>9}   p99 {best[2]:>9}   {best[3]:5.0f} µs", flush=True)
    return best[0]


def address():
    return f"127.0.0.1:{free_port()}"


listen = address()
product = [asked.cockpit, "demo", "--data", os.path.join(folder, "data"), "--listen", listen]
if asked.database:
    product += ["--database", database("load_product")]
ours = measured("product", started(product, f"http://{listen}/readyz"), f"http://{listen}", False)
if asked.reference:
    listen = address()
    url = database("load_reference") if asked.database else f"sqlite://{folder}/reference.db"
    server = started([asked.reference, listen, url, "--sync", "FULL"], f"http://{listen}/hello")
    plain = measured("axum + sqlx", server, f"http://{listen}", True)
    print(f"  the product takes {ours / plain:.2f} times as many")
if asked.fastapi:
    listen = address()
    url = database("load_fastapi").replace("mysql://", "mysql+asyncmy://") if asked.database else f"sqlite+aiosqlite:///{folder}/fastapi.db"
    make = "import asyncio, app\nasync def make():\n async with app.engine.begin() as to:\n  await to.run_sync(app.Base.metadata.create_all)\nasyncio.run(make())"
    subprocess.run([asked.python, "-c", make], env={**os.environ, "DB": url}, cwd=asked.fastapi, check=True)
    host, port = listen.split(":")
    command = [asked.python, "-m", "uvicorn", "app:app", "--workers", "2", "--host", host, "--port", port, "--no-access-log"]
    server = started(command, f"http://{listen}/docs", DB=url, PYTHONPATH=os.path.abspath(asked.fastapi))
    peer = measured("FastAPI", server, f"http://{listen}", True)
    print(f"  the product takes {ours / peer:.2f} times as many")
