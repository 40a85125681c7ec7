#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs the programs fetch and crawl as a user does: programs_test.py FETCH CRAWL."""

import contextlib
import os
import pathlib
import pty
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import unittest

SITE = pathlib.Path(__file__).parent.parent / "server" / "site.py"
PAGES = 200


@contextlib.contextmanager
def site(delay):
    """The web site, answering after so many milliseconds."""
    command = [sys.executable, SITE, "--pages", str(PAGES), "--delay", str(delay)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


class Programs(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.database = os.path.join(folder.name, "pages.db")

    def run_program(self, program, *arguments):
        return subprocess.run([program, "--store", self.database, *arguments],
                              capture_output=True, text=True, timeout=60)

    def stored(self):
        """The URLs in the database, which must be whole."""
        with contextlib.closing(sqlite3.connect(self.database)) as database:
            self.assertEqual(database.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
            self.assertEqual(database.execute(
                "SELECT count(*) FROM page WHERE body NOT LIKE '%front page%'").fetchone(), (0,))
            return {url for url, in database.execute("SELECT url FROM page")}

    @contextlib.contextmanager
    def locked_database(self):
        with contextlib.closing(sqlite3.connect(self.database)) as database:
            database.execute("PRAGMA locking_mode = EXCLUSIVE")
            database.execute("BEGIN EXCLUSIVE")
            yield


class Fetch(Programs):
    def fetch(self, *arguments):
        return self.run_program(FETCH, *arguments)

    def test_prints_a_table_and_stores_the_pages(self):
        with site(delay=1) as address:
            urls = [address, address + "page/1", address + "page/2"]
            done = self.fetch(*urls)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        head, *rows = [line.split() for line in done.stdout.splitlines()]
        self.assertEqual(head, ["url", "status", "bytes", "ms"])
        self.assertEqual([row[:2] for row in rows], [[url, "200"] for url in urls])
        for row in rows:
            self.assertGreater(int(row[2]), 1000)
            self.assertGreaterEqual(float(row[3]), 1)
        self.assertEqual(self.stored(), set(urls))

    def test_reads_urls_from_a_file(self):
        with site(delay=1) as address, tempfile.NamedTemporaryFile("w", suffix=".txt") as urls:
            urls.write(f"{address}\n\n{address}page/1\n")
            urls.flush()
            done = self.fetch("--from", urls.name)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(len(self.stored()), 2)

    def test_goes_on_after_a_url_that_gives_no_page(self):
        with socket.create_server(("127.0.0.1", 0)) as unused:
            closed = "http://127.0.0.1:%d/" % unused.getsockname()[1]
        with site(delay=1) as address:
            done = self.fetch("no://where", closed, address + "missing", address)
        self.assertEqual(done.returncode, 1)
        self.assertEqual(done.stderr.splitlines(), [
            "fetch: no://where: Unsupported protocol",
            f"fetch: {closed}: Connection refused",
            f"fetch: {address}missing: HTTP status 404"])
        self.assertEqual(self.stored(), {address})

    def test_says_that_the_database_is_locked(self):
        with site(delay=1) as address, self.locked_database():
            done = self.fetch(address)
        self.assertEqual(done.returncode, 1)
        self.assertEqual(done.stderr, f"fetch: {self.database}: database is locked\n")

    def test_says_how_it_is_used(self):
        for arguments in [], ["--from"], ["--unknown"]:
            done = self.fetch(*arguments)
            self.assertEqual(done.returncode, 2)
            self.assertEqual(done.stderr, "usage: fetch [--store FILE] [--from LIST] URL...\n")


class Crawl(Programs):
    def crawl(self, *arguments):
        return self.run_program(CRAWL, *arguments)

    def test_stores_every_page_of_the_site(self):
        with site(delay=5) as address:
            done = self.crawl(address)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertRegex(done.stdout, rf"^{PAGES} pages stored in \d+\.\d\d s\n$")
        self.assertEqual(self.stored(),
                         {address} | {f"{address}page/{n}" for n in range(1, PAGES)})

    def test_says_how_it_is_used(self):
        for arguments in [], ["--unknown"]:
            done = self.crawl(*arguments)
            self.assertEqual(done.returncode, 2)
            self.assertEqual(done.stderr, "usage: crawl [--store FILE] URL\n")

    def test_says_that_there_is_nobody(self):
        with socket.create_server(("127.0.0.1", 0)) as unused:
            closed = "http://127.0.0.1:%d/" % unused.getsockname()[1]
        done = self.crawl(closed)
        self.assertEqual(done.returncode, 1)
        self.assertEqual(done.stderr, f"crawl: {closed}: Connection refused\n")

    def test_says_that_the_database_is_locked(self):
        with site(delay=5) as address, self.locked_database():
            done = self.crawl(address)
        self.assertEqual(done.returncode, 1)
        self.assertEqual(done.stderr, f"crawl: {self.database}: database is locked\n")

    def test_draws_a_bar_and_keeps_what_is_stored_when_interrupted(self):
        # So slow that the last pages are seconds away when the first bar is drawn.
        with site(delay=1000) as address:
            terminal, stderr = pty.openpty()
            with subprocess.Popen([CRAWL, "--store", self.database, address], stderr=stderr,
                                  stdout=subprocess.PIPE, text=True) as process:
                os.close(stderr)
                self.assertTrue(os.read(terminal, 1000).startswith(b"\r["))
                process.send_signal(signal.SIGINT)
                stdout, _ = process.communicate(timeout=60)
            os.close(terminal)
        self.assertEqual(process.returncode, 128 + signal.SIGINT)
        stored = self.stored()
        self.assertGreater(len(stored), 0)
        self.assertLess(len(stored), PAGES)
        self.assertRegex(stdout, rf"^interrupted: {len(stored)} pages stored in \d+\.\d\d s\n$")


if __name__ == "__main__":
    FETCH, CRAWL = sys.argv[1:3]
    unittest.main(argv=sys.argv[:1] + sys.argv[3:])
