#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A web site on loopback: pages that link to each other, each answered after a fixed delay.

Prints its address on the first line of stdout and serves until it is terminated. After `--` comes
a command to run instead: the site serves it, tells it the address in FETCH_SITE, and ends with it.

    /            page 0; what does not exist is a 404
    /page/N      page N
    /never       takes the request and answers nothing
    /idle        answers, as soon as no other request is open, how many were open at most at once
"""

import argparse
import asyncio
import os
import sys

LINKS_PER_PAGE = 8


class Site:
    def __init__(self, pages, delay):
        self.pages = pages
        self.delay = delay
        self.open = self.most_open = 0
        self.idle = asyncio.Condition()

    async def serve(self, reader, writer):
        """Answers the requests of one connection, one after the other."""
        try:
            while True:
                request = await reader.readuntil(b"\r\n\r\n")
                path = request.split(b" ", 2)[1].decode()
                status, body = await self.answer(path, reader)
                writer.write(reply(status, body))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass  # the client has hung up
        finally:
            writer.close()

    async def answer(self, path, reader):
        if path == "/idle":
            async with self.idle:
                await self.idle.wait_for(lambda: self.open == 0)
            return "200 OK", f"{self.most_open}\n"
        self.open += 1
        self.most_open = max(self.most_open, self.open)
        try:
            if path == "/never":
                await reader.read()  # until the client gives up
                raise ConnectionResetError
            await asyncio.sleep(self.delay)
            return self.page(path)
        finally:
            self.open -= 1
            async with self.idle:
                self.idle.notify_all()

    def page(self, path):
        number = 0 if path == "/" else self.number(path)
        if number is None:
            return "404 Not Found", "<p>No such page.</p>\n"
        # A tree, so that all pages are reached within few steps, and a way back to the front page.
        children = range(number * LINKS_PER_PAGE + 1, (number + 1) * LINKS_PER_PAGE + 1)
        links = "".join(f'<li><a href="/page/{n}">page {n}</a></li>\n' for n in children
                        if n < self.pages)
        text = f"This is page {number}. " * 100
        return "200 OK", (f"<h1>Page {number}</h1>\n<p>{text}</p>\n<ul>\n{links}</ul>\n"
                          '<a href="/">front page</a> <a href="http://elsewhere.invalid/">out</a>\n')

    def number(self, path):
        text = path.removeprefix("/page/")
        return int(text) if text.isdecimal() and int(text) < self.pages else None


def reply(status, body):
    body = body.encode()
    return (f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\n"
            f"Content-Length: {len(body)}\r\n\r\n").encode() + body


async def main(pages, delay, command):
    site = Site(pages, delay)
    server = await asyncio.start_server(site.serve, "127.0.0.1", 0, backlog=1024)
    address = "http://127.0.0.1:%d/" % server.sockets[0].getsockname()[1]
    if command:
        child = await asyncio.create_subprocess_exec(*command,
                                                     env={**os.environ, "FETCH_SITE": address})
        return await child.wait()
    print(address, flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Serves linked pages on loopback.")
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--delay", type=int, default=50, metavar="MS", help="before each answer")
    parser.add_argument("command", nargs="*", help="run this, and end with it")
    options = parser.parse_args()
    try:
        sys.exit(asyncio.run(main(options.pages, options.delay / 1000, options.command)))
    except KeyboardInterrupt:
        pass
