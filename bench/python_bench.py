#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The same scenarios in Python: asyncio, asgiref and anyio, as Google Benchmark would say it.

usage: python_bench.py OUT.json [REPETITIONS]
"""
import asyncio
import json
import os
import statistics
import sys
import time

ROWS = []
REPETITIONS = int(sys.argv[2]) if len(sys.argv) > 2 else 5
ONE_CPU = "_one_cpu" if len(os.sched_getaffinity(0)) == 1 else ""


def plain(a):
    return a + 1


async def ready(a):
    return a + 1


async def one_yield(a):
    await asyncio.sleep(0)
    return a + 1


def measure(name, count, work):
    """`work(count)` does that many operations."""
    work(max(1, count // 10))
    times = []
    for _ in range(REPETITIONS):
        begin = time.perf_counter_ns()
        work(count)
        times.append((time.perf_counter_ns() - begin) / count)
    ROWS.append({"name": name + "_median", "run_name": name, "run_type": "aggregate",
                 "aggregate_name": "median", "repetitions": REPETITIONS, "threads": 1,
                 "iterations": count, "real_time": statistics.median(times),
                 "cpu_time": statistics.median(times), "time_unit": "ns",
                 "label": f"Python {sys.version.split()[0]}"})


def in_loop(make):
    return lambda count: asyncio.run(make(count))


def chain(function):
    def work(count):
        value = 0
        for _ in range(count):
            value = function(value)
        assert value == count
    return work


async def awaits(count):
    value = 0
    for _ in range(count):
        value = await ready(value)
    assert value == count


async def yields(count):
    for _ in range(count):
        await asyncio.sleep(0)


async def many_yields(count):
    await asyncio.gather(*(yields(count // 1000) for _ in range(1000)))


async def timers(count):
    loop = asyncio.get_running_loop()
    done = loop.create_future()
    fired = 0

    def fire():
        nonlocal fired
        fired += 1
        if fired == count:
            done.set_result(None)

    now = loop.time()
    for i in range(count):
        loop.call_at(now + (i * 7919 % 1000) * 1e-6, fire)
    await done


def offloads(call, in_flight):
    async def one(times):
        value = 0
        for _ in range(times):
            value = await call(value)
        assert value == times

    async def run(count):
        await asyncio.gather(*(one(max(1, count // in_flight)) for _ in range(in_flight)))
    return in_loop(run)


def main():
    loop = asyncio.new_event_loop()
    measure("sync_to_async_ready/asyncio", 2000, chain(lambda v: loop.run_until_complete(ready(v))))
    measure("sync_to_async_yield/asyncio", 2000,
            chain(lambda v: loop.run_until_complete(one_yield(v))))
    measure("async_to_async_raw/asyncio", 100_000, in_loop(awaits))
    measure("yield_1/asyncio", 20_000, in_loop(yields))
    measure("yield_1000/asyncio", 20_000, in_loop(many_yields))
    measure("timers_100k/asyncio", 100_000, in_loop(timers))
    for scenario, in_flight in (("rtt", 1), ("64", 64), ("1024", 1024)):
        measure(f"offload_{scenario}{ONE_CPU}/asyncio", 2048,
                offloads(lambda v: asyncio.to_thread(plain, v), in_flight))
    try:
        from asgiref.sync import async_to_sync, sync_to_async
        measure("sync_to_async_ready/asgiref", 200, chain(async_to_sync(ready)))
        measure(f"offload_rtt{ONE_CPU}/asgiref", 500,
                offloads(sync_to_async(plain, thread_sensitive=False), 1))
    except ImportError:
        print("asgiref is not here", file=sys.stderr)
    try:
        import anyio
        measure("sync_to_async_ready/anyio", 200, chain(lambda v: anyio.run(ready, v)))
        measure(f"offload_rtt{ONE_CPU}/anyio", 500,
                offloads(lambda v: anyio.to_thread.run_sync(plain, v), 1))
    except ImportError:
        print("anyio is not here", file=sys.stderr)
    with open(sys.argv[1], "w", encoding="utf-8") as out:
        json.dump({"context": {}, "benchmarks": ROWS}, out, indent=1)


main()
