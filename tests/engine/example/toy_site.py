"""A toy site with one irreversible request: it deletes an address of an account."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = b"""<!doctype html><title>Address</title><main></main><script>
const call = (name, data) => fetch(`/api/${name}/1.0/`, { method: "POST",
  headers: { "content-type": "application/json" }, body: JSON.stringify(data) }).then((r) => r.json());
const id = new URLSearchParams(location.search).get("addressId"), main = document.querySelector("main");
call("account.address.query", { addressId: id }).then(({ street }) => {
  main.innerHTML = street ? `<h1>${street}</h1><button>Delete address</button>` : "<p>Deleted</p>";
  main.querySelector("button")?.addEventListener("click", () =>
    confirm(`Delete ${street}?`) && call("account.address.delete", { addressId: id })); });</script>"""


class ToySite(ThreadingHTTPServer):
    """Shows one address, and keeps in ``writes`` which ones it was asked to delete."""

    def __init__(self, *, refuses: bool = False) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.addresses, self.refuses = {"700100": "1 Long Lane"}, refuses
        self.writes: list[str] = []


class Handler(BaseHTTPRequestHandler):
    server: ToySite
    log_message = lambda *_: None

    def do_GET(self) -> None:
        self.answer(PAGE, "text/html")

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["content-length"])))["addressId"]
        told: dict[str, object] = {"street": self.server.addresses.get(asked)}
        if "delete" in self.path:
            self.server.writes.append(asked)
            told = {"success": not self.server.refuses}
            if not self.server.refuses:
                del self.server.addresses[asked]
        self.answer(json.dumps(told).encode(), "application/json")

    def answer(self, body: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("content-type", kind)
        self.end_headers()
        self.wfile.write(body)
