#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs a program in debug mode with a trace: compares what it reports, and parses its trace.

usage: shop_program_test.py PROGRAM EXPECTED
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile


def normal(text):
    """Without the numbers that differ from run to run."""
    text = re.sub(r"thread \d+", "thread N", text)
    text = re.sub(r"\d+(\.\d+)? (us|ms|s)\b", "T", text)
    text = re.sub(r"\+0x[0-9a-f]+", "+0xN", text)
    # A machine that stood still makes other steps slow.
    lines = [line for line in text.splitlines()
             if "slow step" not in line or "parse" in line]
    return "\n".join(lines) + "\n"


def check(condition, what):
    if not condition:
        sys.exit(f"trace: {what}")


def check_reports(program, expected):
    environment = {**os.environ, "SMARTASYNC_DEBUG": "1"}
    reported = subprocess.run([program], env=environment, check=True, text=True,
                              stderr=subprocess.PIPE, timeout=120).stderr
    if normal(reported) != normal(expected.read_text()):
        sys.exit(f"reported:\n{reported}\nexpected:\n{expected.read_text()}")


def check_trace(program):
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "trace.json"
        environment = {**os.environ, "SMARTASYNC_TRACE": str(file)}
        environment.pop("SMARTASYNC_DEBUG", None)
        subprocess.run([program], env=environment, check=True, timeout=120,
                       stderr=subprocess.DEVNULL)
        check(list(file.parent.iterdir()) == [file], "there are other files")
        events = json.loads(file.read_text())

    lanes = {}
    for event in events:
        check({"ph", "name", "pid", "tid"} <= event.keys(), f"incomplete: {event}")
        if event["ph"] == "M" and event["name"] == "thread_name":
            check(event["tid"] not in lanes, f"two names for a lane: {event}")
            lanes[event["tid"]] = event["args"]["name"]
    check("sa:db" in lanes.values(), f"no lane of the executor: {lanes}")
    check(all(event["tid"] in lanes for event in events if event["ph"] != "M"), "a nameless lane")

    spans = [event for event in events if event["ph"] == "X"]
    check(all(event["dur"] >= 0 for event in spans), "a span that ends before it begins")

    def span_around(event):
        around = [s for s in spans if s["tid"] == event["tid"]
                  and s["ts"] <= event["ts"] <= s["ts"] + s["dur"]]
        check(around, f"in no span: {event}")
        return around[-1]

    names = {(event["cat"], event["name"]) for event in spans}
    for wanted in (("offload", "shop::query"), ("call", "shop::query"), ("step", "shop::fetch")):
        check(wanted in names, f"no span {wanted}: {sorted(names)}")

    # An arrow to the executor's thread and one back, each from a span into a span.
    arrows = {}
    for event in events:
        if event["ph"] in "sf":
            arrows.setdefault(event["id"], {})[event["ph"]] = event
    ways = set()
    for ends in arrows.values():
        check(set(ends) == {"s", "f"}, f"half an arrow: {ends}")
        check(ends["s"]["ts"] <= ends["f"]["ts"], f"an arrow back in time: {ends}")
        for end in ends.values():
            span_around(end)
        ways.add((lanes[ends["s"]["tid"]], lanes[ends["f"]["tid"]]))
    loop = next(lanes[s["tid"]] for s in spans if s["cat"] == "step")
    check({(loop, "sa:db"), ("sa:db", loop)} <= ways, f"no arrows there and back: {ways}")

    calls = {}
    for event in events:
        if event["ph"] in "be":
            calls.setdefault((event["name"], event["id"]), []).append(event["ph"])
    check(all(phases == ["b", "e"] for phases in calls.values()), f"calls: {calls}")
    check({name for name, _ in calls} == {"shop::fetch", "shop::query", "shop::parse"},
          f"calls: {calls}")


check_reports(sys.argv[1], pathlib.Path(sys.argv[2]))
check_trace(sys.argv[1])
