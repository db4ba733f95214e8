"""Clients that open a connection for each request, as sync workers serve them."""

import re
import socket
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection
from urllib.parse import urlencode

HOST = "127.0.0.1"
AGENT = "benchmark"  # a session belongs to the browser that signed in
PATIENCE = 20  # seconds for one answer
TOKEN = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, and after how many seconds."""

    status: int
    seconds: float
    text: bytes


@dataclass(frozen=True, slots=True)
class Client:
    """Somebody at a port: the cookie that names them, and the token their forms carry."""

    port: int
    cookie: str
    token: str = ""

    def ask(self, request: bytes) -> Answer:
        """Send a request and read the answer to its end."""
        began = time.perf_counter()
        with socket.create_connection((HOST, self.port), PATIENCE) as connection:
            connection.sendall(request)
            parts = []
            while part := connection.recv(65536):
                parts.append(part)
        text = b"".join(parts)
        return Answer(int(text[9:12]), time.perf_counter() - began, text)

    def get(self, path: str) -> bytes:
        """Write a GET."""
        return f"GET {path} HTTP/1.1\r\n{self._headers()}\r\n".encode()

    def post(self, path: str, **fields: object) -> bytes:
        """Write a POST of a form."""
        body = urlencode({"csrf_token": self.token, **fields})
        kind = "Content-Type: application/x-www-form-urlencoded"
        length = f"Content-Length: {len(body)}"
        head = f"POST {path} HTTP/1.1\r\n{self._headers()}{kind}\r\n{length}\r\n\r\n"
        return f"{head}{body}".encode()

    def _headers(self) -> str:
        return f"Host: {HOST}:{self.port}\r\nUser-Agent: {AGENT}\r\nCookie: {self.cookie}\r\n"


def sign_in(port: int, name: str, password: str) -> Client:
    """Sign in at the front door, and take the token of the forms along."""
    door = HTTPConnection(HOST, port, timeout=PATIENCE)
    token, cookie = _open(door, "/login", "")
    fields = urlencode({"csrf_token": token, "username": name, "password": password})
    kind = "application/x-www-form-urlencoded"
    headers = {"User-Agent": AGENT, "Cookie": cookie, "Content-Type": kind}
    door.request("POST", "/login", fields, headers)
    answer = door.getresponse()
    answer.read()
    if answer.status != 303:  # noqa: PLR2004
        raise SystemExit(f"{name} cannot sign in: {answer.status}")
    token, cookie = _open(door, "/queue", _cookie(answer.headers.get_all("Set-Cookie") or ()))
    return Client(port, cookie, token)


def _open(door: HTTPConnection, path: str, cookie: str) -> tuple[str, str]:
    door.request("GET", path, headers={"User-Agent": AGENT, "Cookie": cookie})
    answer = door.getresponse()
    found = TOKEN.search(answer.read().decode())
    return found[1] if found else "", _cookie(answer.headers.get_all("Set-Cookie") or ()) or cookie


def _cookie(sent: Sequence[str]) -> str:
    return "; ".join(each.partition(";")[0] for each in sent)


def one_by_one(client: Client, requests: Sequence[bytes], expected: int = 200) -> list[float]:
    """Return the seconds that each of some requests takes, one after another."""
    return [_as_expected(client.ask(request), expected).seconds for request in requests]


def rate(clients: Sequence[Client], requests: Sequence[Sequence[bytes]], expected: int) -> float:
    """Return how many answers a second all clients get together, each with requests of its own."""

    def work(client: Client, mine: Sequence[bytes]) -> None:
        one_by_one(client, mine, expected)

    with ThreadPoolExecutor(len(clients)) as pool:
        began = time.perf_counter()
        for each in [pool.submit(work, *pair) for pair in zip(clients, requests, strict=True)]:
            each.result()
        return sum(map(len, requests)) / (time.perf_counter() - began)


def at_once(clients: Sequence[Client], requests: Sequence[bytes]) -> list[Answer]:
    """Let every client send one request at the same moment."""
    line = threading.Barrier(len(clients), timeout=PATIENCE)

    def work(client: Client, request: bytes) -> Answer:
        line.wait()
        return client.ask(request)

    with ThreadPoolExecutor(len(clients)) as pool:
        return list(pool.map(work, clients, requests))


def _as_expected(answer: Answer, expected: int) -> Answer:
    if answer.status != expected:
        raise SystemExit(f"expected {expected}, but: {answer.text[:2000].decode()}")
    return answer
