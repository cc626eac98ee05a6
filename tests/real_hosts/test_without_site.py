"""The command without ``--site``: the real host names over https, in a sealed network."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from automation.engine.session.launch.discovery import find_browsers
from tests.ready.processes import HANGS_SECONDS
from tests.real_hosts.__main__ import PLACES

ROOT = Path(__file__).parents[2]


def namespaces() -> list[str]:
    """The prefix that runs a command with its own network and mounts, if the machine allows it."""
    unshare = shutil.which("unshare")
    if sys.platform != "linux" or unshare is None:
        pytest.skip("needs Linux and unshare for a network of its own")
    words = [unshare, "--net", "--mount", "--fork", "--kill-child"]
    if os.geteuid() != 0:
        words += ["--map-root-user", "--user"]
    probe = [*words, "mount", "--bind", "/etc/hostname", "/etc/hosts"]
    if subprocess.run(probe, check=False, capture_output=True).returncode != 0:
        pytest.skip("this machine does not allow a network and mounts of one's own")
    return words


def make_certificates(folder: Path) -> None:
    """An authority for this run alone, and its certificate for the real names."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("needs openssl to make certificates")
    new = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    for words in (
        ["-subj", "/CN=dispute-guard tests", "-keyout", "ca.key", "-out", "ca.pem",
         "-addext", "keyUsage=critical,keyCertSign"],
        ["-subj", "/CN=www.aliexpress.com", "-keyout", "site.key", "-out", "site.pem",
         "-CA", "ca.pem", "-CAkey", "ca.key", "-addext", "basicConstraints=critical,CA:FALSE",
         "-addext", "extendedKeyUsage=serverAuth",
         "-addext", "subjectAltName=DNS:www.aliexpress.com,DNS:acs.aliexpress.com"],
    ):  # fmt: skip
        subprocess.run([*new, *words], check=True, capture_output=True, cwd=folder)


@pytest.mark.further
def test_cancel_on_the_real_names(tmp_path: Path) -> None:
    """GIVEN the site's names on loopback WHEN a cancel is planned and sent THEN it is done, once."""
    inside = namespaces()
    make_certificates(tmp_path)
    browser = find_browsers()
    if not browser or not any(Path(place).is_dir() for place in PLACES):
        pytest.skip("needs a Chromium that reads policies from /etc")

    ran = subprocess.run(
        [*inside, sys.executable, "-m", "tests.real_hosts", str(tmp_path), str(browser[0])],
        check=False, capture_output=True, text=True, timeout=HANGS_SECONDS, cwd=ROOT,
    )  # fmt: skip

    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout.splitlines()[-1])
    assert told["interfaces"] == ["lo"]
    assert (told["dry"]["exit_code"], told["dry"].get("said", "")) == (0, ""), told["dry"]
    assert (told["done"]["outcome"], told["status"], told["writes"]) == ("done", "cancelled", 1)
    assert told["hosts"] == ["acs.aliexpress.com", "www.aliexpress.com"]
    [[method, host, lines]] = told["cancels"]
    assert (method, host) == ("POST", "acs.aliexpress.com")
    assert "Origin: https://www.aliexpress.com" in lines
    assert "Sec-Fetch-Site: same-site" in lines
