#!/usr/bin/env python3
"""Downloads a file of 1 GiB from a running demo and from nginx, in turns.

usage: downloads.py PROGRAM [BARE LIBRARY ...]      release builds; needs nginx and curl

PROGRAM has its plugins compiled in; BARE has none and loads the LIBRARYs, which are signed first. Each
serves a demo in a directory of its own that takes the file as a release through its API; nginx sends
the same file with sendfile (SENDFILE=off: without). Both are read from memory, over the loopback address, by curl. Prints the
rate of each download in MB/s, the median of the ratios, and how much memory the server has before and
after (VmRSS, VmHWM).
"""
import hashlib
import json
import os
import pathlib
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

SIZE = 1 << 30
ROUNDS = int(os.environ.get("ROUNDS", "9"))
SENDFILE = os.environ.get("SENDFILE", "on")
NGINX = """
daemon off; master_process on; worker_processes 1; pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
events {{ worker_connections 64; }}
http {{
  access_log off; sendfile {sendfile}; tcp_nopush on; client_body_temp_path {folder}/body;
  default_type application/octet-stream;
  server {{ listen 127.0.0.1:{port}; root {folder}/files; }}
}}
"""


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def content(path):
    """Bytes nobody can compress, the same in each run."""
    block = b"".join(hashlib.sha256(bytes([number % 256, number // 256])).digest() for number in range(1 << 15))
    with open(path, "wb") as file:
        for number in range(SIZE // len(block)):
            file.write(number.to_bytes(8, "big") + block[8:])


class Server:
    """A demo with the file as a release of a product that anybody may have."""

    def __init__(self, folder, file, program, libraries=()):
        self.data = folder / "data"
        if libraries:
            subprocess.run([program, "init", "--data", self.data], check=True, capture_output=True)
            (self.data / "plugins").mkdir(exist_ok=True)
            for library in libraries:
                copied = self.data / "plugins" / pathlib.Path(library).name
                shutil.copy(library, copied)
                sign = ["plugin", "sign", "--key", self.data / "vendor/plugin.key", copied]
                subprocess.run([program, *sign, "--data", self.data], check=True, capture_output=True)
        log = open(folder / "log.txt", "wb")
        command = [program, "demo", "--data", self.data, "--listen", f"127.0.0.1:{free_port()}"]
        self.process = subprocess.Popen(command, stdout=log, stderr=log)
        told = self.data / "demo.json"
        while not told.exists() or not told.read_text().strip():
            if self.process.poll() is not None:
                sys.exit((folder / "log.txt").read_text())
            time.sleep(0.1)
        self.told = json.loads(told.read_text())
        self.url = self.publish(file)

    def call(self, method, path, body=None):
        headers = {"content-type": "application/json", "authorization": f"Bearer {self.told['token']}"}
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(self.told["url"] + path, data, headers, method=method)
        return json.load(urllib.request.urlopen(request, timeout=300))

    def publish(self, file):
        product = self.told["updates"]["product"]
        self.call("PUT", f"/api/admin/aggiornamenti/{product}", {"accesso": "pubblico"})
        body = {"prodotto": product, "versione": "9.0.0", "canali": ["stable"]}
        release = self.call("POST", "/api/admin/rilasci", body)["id"]
        path = f"/api/admin/rilasci/{release}/file/Big-9.0.0.bin"
        subprocess.run(
            ["curl", "-sSf", "-T", file, "-H", f"authorization: Bearer {self.told['token']}",
             "-o", "/dev/null", self.told["url"] + path], check=True)
        for _ in range(300):
            try:
                self.call("POST", f"/api/admin/rilasci/{release}/pubblica", {"conferma_avvisi": True})
                break
            except urllib.error.HTTPError as error:
                told = error.read().decode()
                if '"riprovare":true' not in told.replace(" ", ""):
                    sys.exit(told)
                time.sleep(1)
        return f"{self.told['url']}/u/~{product}/files/9.0.0/Big-9.0.0.bin"

    def memory(self):
        lines = pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        fields = dict(line.split(":", 1) for line in lines)
        return " ".join(f"{name} {int(fields[name].split()[0]) // 1024} MB" for name in ("VmRSS", "VmHWM"))


def download(url):
    """MB/s; all of it must have come."""
    command = ["curl", "-sSf", "-o", "/dev/null", "-w", "%{size_download} %{speed_download}", url]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    assert int(told[0]) == SIZE, told
    return float(told[1]) / 1e6


def measure(name, server, nginx):
    for url in (server.url, nginx):
        download(url)
    before, pairs = server.memory(), []
    for _ in range(ROUNDS):
        pairs.append((download(server.url), download(nginx)))
    print(f"{name}: {' '.join(f'{ours:.0f}/{theirs:.0f}' for ours, theirs in pairs)} MB/s (ours/nginx)")
    ratios = [ours / theirs for ours, theirs in pairs]
    print(f"  ratio: median {statistics.median(ratios):.2f}, {min(ratios):.2f} to {max(ratios):.2f}")
    print(f"  memory before: {before}; after {ROUNDS + 1} GiB: {server.memory()}", flush=True)


def main():
    program, *loaded = sys.argv[1:] or sys.exit(__doc__)
    processes = []
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        folder.chmod(0o755)
        (folder / "files").mkdir()
        content(folder / "files/big.bin")
        port = free_port()
        (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port, sendfile=SENDFILE))
        nginx = ["nginx", "-c", folder / "nginx.conf", "-e", folder / "nginx.log"]
        processes.append(subprocess.Popen(nginx))
        setups = [("compiled in", program, [])]
        if loaded:
            setups.append(("loaded", loaded[0], loaded[1:]))
        try:
            time.sleep(0.5)
            for number, (name, binary, libraries) in enumerate(setups):
                (folder / str(number)).mkdir()
                server = Server(folder / str(number), folder / "files/big.bin", binary, libraries)
                processes.append(server.process)
                measure(name, server, f"http://127.0.0.1:{port}/big.bin")
                server.process.terminate()
                server.process.wait()
        finally:
            for process in processes:
                process.terminate()
                process.wait()


if __name__ == "__main__":
    main()
