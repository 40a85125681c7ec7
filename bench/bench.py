#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs the benchmarks, merges what they say, prints one table, and draws the picture.

usage: bench.py [--short] [--write-docs] OUT-DIRECTORY LABEL=BUILD-DIRECTORY...

Every scenario is run several times, each time all its systems in one process, in an order that
changes; only ratios within a run count, since a machine's speed changes. The scenarios whose figures depend on where the kernel puts two threads run on one processor, too. With
--short, each runs for a moment, and the exit status says whether all ran and no ratio is more than
three times off its mark.
"""
import argparse
import json
import math
import os
import pathlib
import platform
import subprocess
import sys
import time
from statistics import median

HERE = pathlib.Path(__file__).resolve().parent
PROGRAMS = ("sync_to_sync", "sync_to_async", "async_to_async", "yield", "timers", "offload",
            "post", "memory", "idle", "plugin")
# The system's own, which has asgiref and anyio from its packages.
PYTHON = "/usr/bin/python3" if os.access("/usr/bin/python3", os.X_OK) else sys.executable
BY_PROCESSORS = ("offload", "post")

# scenario: the system that it is measured against, and the greatest ratio to it.
MARKS = {
    "sync_to_sync": [("baseline", 1.15)],
    "sync_to_async_ready": [("baseline", 1.25), ("asio", 1 / 15)],
    "sync_to_async_yield": [("baseline", 1.3)],
    "async_to_async": [("baseline", 1.1)],
    "async_to_async_raw": [("baseline", 1.15)],
    "depth_1000": [("baseline", 1.25)],
    "yield_1": [("baseline", 1.25)],
    "yield_1000": [("baseline", 1.25)],
    "timers_100k": [("baseline", 1.25), ("asio_callback", 1)],
    "offload_rtt_one_cpu": [("baseline", 1.15)],
    "offload_64": [("asio", 1), ("tbb", 1)],
    "offload_64_one_cpu": [("asio", 1), ("tbb", 1)],
    "offload_1024": [("baseline", 1.25), ("asio", 1), ("tbb", 1)],
    "offload_1024_one_cpu": [("baseline", 1.25), ("asio", 1), ("tbb", 1)],
    "post_cross_thread_1": [("asio", 1)],
    "post_cross_thread_4": [("asio", 1)],
    "post_cross_thread_1_one_cpu": [("asio", 1)],
    "post_cross_thread_4_one_cpu": [("asio", 1)],
}
# In nanoseconds, or bytes above the baseline.
ABSOLUTE = {"offload_rtt": 1000, "idle": 100_000}
MOST_BYTES_ABOVE = {"memory_1m_tasks": 32}
# How often what is off in a short run is looked at again, and after how many seconds: another
# program may have had the processor, or the two threads of an offload the two halves of one. What is
# off every time is off.
MORE_TRIES = 10
SECONDS_BETWEEN = 3


def command_of(build, program, prefix, *options):
    binary = build / "bench" / f"smartasync_{program}_bench"
    return [str(part) for part in (*prefix, binary, *options)]


def scenarios_of(build, program, prefix, chosen):
    """{scenario: [the full name for each of its systems]}, in order."""
    listed = subprocess.run(command_of(build, program, prefix, "--benchmark_list_tests",
                                       f"--benchmark_filter={chosen}"),
                            check=True, stdout=subprocess.PIPE, text=True).stdout
    found = {}
    for name in listed.splitlines():
        found.setdefault(name.split("/", 1)[0], []).append(name)
    return found


def run_once(build, program, prefix, names, min_time):
    out = build / "bench" / f"{program}.json"
    subprocess.run(command_of(build, program, prefix, f"--benchmark_min_time={min_time}",
                              f"--benchmark_filter=^({'|'.join(names)})$",
                              "--benchmark_enable_random_interleaving=true",
                              f"--benchmark_out={out}", "--benchmark_out_format=json"),
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return json.loads(out.read_text())


def entries(found, label, run):
    for entry in found["benchmarks"]:
        entry["repetition_index"] = run
        for key in ("name", "run_name"):
            for suffix in ("/real_time", "/manual_time", "/iterations:1"):
                entry[key] = entry[key].replace(suffix, "")
        entry.setdefault("label", label)
        yield entry


def run_all(arguments, wanted=()):
    """All scenarios, or those that are wanted."""
    chosen, runs, min_time = ("-growth|threads|std_async", 3, "0.005") if arguments.short else \
        (".", arguments.runs, arguments.min_time)
    merged = {"context": {}, "benchmarks": []}
    for pair in arguments.builds:
        label, build = pair.split("=", 1)
        build = pathlib.Path(build)
        for program in PROGRAMS:
            one = [("taskset", "-c", "0")] if program in BY_PROCESSORS else []
            for prefix in [()] + one:
                for scenario, names in scenarios_of(build, program, prefix, chosen).items():
                    if wanted and scenario not in wanted:
                        continue
                    print(f"{label}: {scenario}", file=sys.stderr, flush=True)
                    for run in range(runs):
                        found = run_once(build, program, prefix, names, min_time)
                        merged["context"] = found["context"]
                        merged["benchmarks"] += entries(found, label, run)
    if not arguments.short:
        out = arguments.out / "python.json"
        for prefix in ((), ("taskset", "-c", "0")):
            subprocess.run([*prefix, PYTHON, HERE / "python_bench.py", out], check=True)
            merged["benchmarks"] += json.loads(out.read_text())["benchmarks"]
    return merged


def measured(merged):
    """{scenario: {label: {system: [ns of each run]}}}."""
    found = {}
    for entry in merged["benchmarks"]:
        scenario, system = entry["run_name"].split("/", 1)
        systems = found.setdefault(scenario, {}).setdefault(entry["label"], {})
        systems.setdefault(system, []).append(entry["real_time"])
    return found


def verdicts(scenario, systems):
    """(against what, text, how many times off) for each mark of a scenario."""
    ours = systems.get("smartasync")
    if ours is None:
        return
    for against, most in MARKS.get(scenario, []):
        if against in systems:
            ratio = median(mine / theirs for mine, theirs in zip(ours, systems[against]))
            shown = f"{1 / ratio:.1f} times faster than {against} (mark: {1 / most:.0f})" \
                if most < 1 else f"{ratio:.2f} of {against} (mark: {most:g})"
            yield against, shown, ratio / most
    if scenario in ABSOLUTE:
        taken = median(ours)
        yield "itself", f"{taken:.0f} ns (mark: {ABSOLUTE[scenario]})", taken / ABSOLUTE[scenario]
    if scenario in MOST_BYTES_ABOVE:
        above = median(ours) - median(systems["baseline"])
        yield "baseline", f"{above:.0f} bytes above (mark: {MOST_BYTES_ABOVE[scenario]})", \
            above / MOST_BYTES_ABOVE[scenario]


def number(value):
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}"


def table(found):
    lines = ["| scenario | build | ours | others | against the marks |", "| --- | --- | --- | --- | --- |"]
    for scenario, labels in found.items():
        if "growth" in scenario or "threads" in scenario:
            continue
        for label, systems in labels.items():
            others = ", ".join(f"{name} {number(median(taken))}" for name, taken in systems.items()
                               if name != "smartasync")
            judged = "; ".join(text + ("" if off <= 1 else " **missed**")
                               for _, text, off in verdicts(scenario, systems))
            ours = number(median(systems["smartasync"])) if "smartasync" in systems else ""
            lines.append(f"| `{scenario}` | {label} | {ours} | {others} | {judged} |")
    return "\n".join(lines)


COLOURS = {"smartasync": "#c0392b", "baseline": "#555555", "asio": "#2471a3", "tbb": "#229954",
           "asio_callback": "#7fb3d5"}


def curve(title, series, left, top, width=360, height=230):
    """One small picture: {system: [(x, ns)]}, both axes logarithmic."""
    points = [point for row in series.values() for point in row]
    if not points:
        return ""
    x_low, x_high = min(p[0] for p in points), max(p[0] for p in points)
    y_low = 10 ** math.floor(math.log10(min(p[1] for p in points)))
    y_high = 10 ** math.ceil(math.log10(max(p[1] for p in points)))

    def place(x, y):
        across = math.log(x / x_low) / max(math.log(x_high / x_low), 1e-9)
        up = math.log(y / y_low) / math.log(y_high / y_low)
        return left + 50 + across * (width - 70), top + height - 30 - up * (height - 60)

    out = [f'<text x="{left + 50}" y="{top + 16}" font-weight="bold">{title}</text>']
    decade = y_low
    while decade <= y_high:
        _, y = place(x_low, decade)
        out.append(f'<line x1="{left + 50}" x2="{left + width - 20}" y1="{y:.1f}" y2="{y:.1f}" '
                   'stroke="#dddddd"/>')
        out.append(f'<text x="{left + 46}" y="{y + 4:.1f}" text-anchor="end">{decade:g}</text>')
        decade *= 10
    for x in sorted({p[0] for p in points}):
        at, _ = place(x, y_low)
        out.append(f'<text x="{at:.1f}" y="{top + height - 14}" text-anchor="middle">{x:g}</text>')
    for index, (system, row) in enumerate(series.items()):
        colour = COLOURS.get(system, "#888888")
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in (place(*point) for point in sorted(row)))
        out.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        out.append(f'<text x="{left + 60 + index * 75}" y="{top + 32}" fill="{colour}">{system}</text>')
    return "\n".join(out)


def growth(found, label, prefix, suffix=""):
    series = {}
    for scenario, labels in found.items():
        tail = scenario.removeprefix(prefix).removesuffix(suffix)
        if scenario.startswith(prefix) and tail.isdigit():
            for system, taken in labels.get(label, {}).items():
                series.setdefault(system, []).append((int(tail), median(taken)))
    return series


def picture(found, label):
    curves = [("offload: ns an operation, by those in flight", "offload_growth_", ""),
              ("the same on one processor", "offload_growth_", "_one_cpu"),
              ("offload of 1024, by threads", "offload_threads_", ""),
              ("timers: ns a timer, by their number", "timers_growth_", "")]
    parts = [curve(title, growth(found, label, prefix, suffix), 20 + i % 2 * 380, 10 + i // 2 * 250)
             for i, (title, prefix, suffix) in enumerate(curves)]
    return ('<!-- SPDX-License-Identifier: MIT -->\n'
            '<svg xmlns="http://www.w3.org/2000/svg" width="780" height="520" '
            'font-family="sans-serif" font-size="11">\n<rect width="780" height="520" fill="white"/>\n'
            + "\n".join(parts) + "\n</svg>\n")


def far_off(found):
    """{(scenario, label, against what): text} of what a short run finds far off its mark."""
    return {(scenario, label, against): f"{scenario} ({label}): {text}"
            for scenario, labels in found.items()
            for label, systems in labels.items()
            for against, text, off in verdicts(scenario, systems)
            if off > 3}


def machine():
    model = next((line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo", encoding="utf-8")
                  if line.startswith("model name")), platform.machine())
    return f"{os.cpu_count()} processors, {model}, Linux {platform.release().split('-')[0]}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--write-docs", action="store_true")
    parser.add_argument("--min-time", default="0.05", help="seconds, of one system in one run")
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--from-results", action="store_true", help="draw what was measured before")
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("builds", nargs="+")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    results = arguments.out / ("short.json" if arguments.short else "results.json")
    merged = json.loads(results.read_text()) if arguments.from_results else run_all(arguments)
    results.write_text(json.dumps(merged, indent=1))
    found = measured(merged)
    shown = table(found)
    print(shown)
    if arguments.short:
        off = far_off(found)
        for _ in range(MORE_TRIES):
            if off:
                print("again, for " + ", ".join(off.values()), file=sys.stderr, flush=True)
                time.sleep(SECONDS_BETWEEN)
                again = far_off(measured(run_all(arguments, {scenario for scenario, _, _ in off})))
                off = {mark: text for mark, text in again.items() if mark in off}
        if off:
            sys.exit("more than three times off the mark:\n" + "\n".join(off.values()))
        return
    label = arguments.builds[0].split("=", 1)[0]
    docs = HERE.parent / "docs" if arguments.write_docs else arguments.out
    (docs / "performance.svg").write_text(picture(found, label))
    (arguments.out / "table.md").write_text(f"Machine: {machine()}.\n\n{shown}\n")


main()
