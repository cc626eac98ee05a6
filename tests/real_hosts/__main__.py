"""Runs the command on the real host names, in a network that has only loopback.

Started by ``test_without_site.py`` in namespaces of its own. Prints one JSON document.
"""

from __future__ import annotations

import base64
import fcntl
import json
import os
import socket
import ssl
import struct
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, Final

from fixtures import MimicSite, load_scenario
from tests.conftest import GOOD_REASON, disputed_order
from tests.ready.processes import HANGS_SECONDS

PAGES: Final = "www.aliexpress.com"
GATEWAY: Final = "acs.aliexpress.com"
_HOSTS: Final = f"127.0.0.1 localhost {PAGES} {GATEWAY}\n"
PLACES: Final = {"/etc/chromium": ("",), "/etc/opt": ("chrome", "chrome_for_testing")}
"""Folders in which browsers look for the policies of the machine; nothing is made on disk."""
_UP: Final = 1
_SET_FLAGS: Final = 0x8914  # SIOCSIFFLAGS, netdevice(7)


def main(folder: Path, browser: str) -> None:
    """Plan and commit one cancel; print the outcome and what the site saw."""
    _seal(folder)
    with MimicSite(load_scenario("quick"), gateway_name=f"https://{GATEWAY}") as site:
        _serve_tls(folder, {PAGES: _port(site.url), GATEWAY: _port(site.gateway_url)})
        order = disputed_order(site)
        dry = _run(folder, browser, order, "--dry-run")
        digest = (dry.get("plan") or {}).get("digest", "")
        done = _run(folder, browser, order, "--plan", digest) if digest else {}
        told = {
            "interfaces": [name for _, name in socket.if_nameindex()],
            "dry": dry,
            "done": done,
            "status": site.state.dispute().status,
            "hosts": sorted({entry.host for entry in site.ledger.entries}),
            "cancels": [[e.method, e.host, e.header_lines] for e in site.ledger.cancels()],
            "writes": len(site.ledger.writes()),
        }
    print(json.dumps(told))  # noqa: T201  this is its answer


def _seal(folder: Path) -> None:
    """Loopback up, names mapped to it, and the run's own authority trusted."""
    with socket.socket() as plug:
        fcntl.ioctl(plug, _SET_FLAGS, struct.pack("16sh", b"lo", _UP))
    hosts = folder / "hosts"
    hosts.write_text(_HOSTS)
    _mount("--bind", str(hosts), "/etc/hosts")
    der = ssl.PEM_cert_to_DER_cert((folder / "ca.pem").read_text())
    policy = json.dumps({"CACertificates": [_base64(der)]})
    for place in (place for place in PLACES if Path(place).is_dir()):
        _mount("-t", "tmpfs", "none", place)
        for folder_of_one in PLACES[place]:
            managed = Path(place, folder_of_one, "policies", "managed")
            managed.mkdir(parents=True)
            (managed / "authority.json").write_text(policy)


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _mount(*words: str) -> None:
    subprocess.run(["/usr/bin/mount", *words], check=True)


def _port(url: str) -> int:
    return int(url.rpartition(":")[2])


def _serve_tls(folder: Path, ports: dict[str, int]) -> None:
    """Take TLS connections at port 443 and pass each on to the port of its host name."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "site.pem", folder / "site.key")
    context.sni_callback = lambda plug, name, _: setattr(plug, "asked_for", name)
    listening = socket.create_server(("127.0.0.1", 443), backlog=64)
    threading.Thread(target=_accept, args=(listening, context, ports), daemon=True).start()


def _accept(listening: socket.socket, context: ssl.SSLContext, ports: dict[str, int]) -> None:
    while True:
        plug, _ = listening.accept()
        threading.Thread(target=_relay, args=(plug, context, ports), daemon=True).start()


def _relay(plug: socket.socket, context: ssl.SSLContext, ports: dict[str, int]) -> None:
    try:
        outer = context.wrap_socket(plug, server_side=True)
    except OSError:
        return
    port = ports.get(str(getattr(outer, "asked_for", "")), ports[PAGES])
    inner = socket.create_connection(("127.0.0.1", port))
    threading.Thread(target=_pump, args=(inner, outer), daemon=True).start()
    _pump(outer, inner)


def _pump(source: socket.socket, sink: socket.socket) -> None:
    try:
        while data := source.recv(65536):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_RDWR)
    except OSError:
        sink.close()


def _run(folder: Path, browser: str, order: str, *words: str) -> dict[str, Any]:
    """The real command, without ``--site``."""
    options = ["--json", "--headless", "--browser", browser, "--timeout", "30"]
    done = subprocess.run(
        [sys.executable, "-m", "automation", "cancel", order, *GOOD_REASON, *words, *options,
         "--state-dir", str(folder / "state")],
        check=False, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=HANGS_SECONDS,
        env={**os.environ, "HOME": str(folder)},
    )  # fmt: skip
    try:
        found: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        return {"exit_code": done.returncode, "said": done.stdout + done.stderr}
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
