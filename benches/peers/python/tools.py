"""Times of the Python tools for dice and probability, one line a job: tool, version, job, seconds (tabs between).

Started by the table `probability` with the jobs as arguments; `python3 -m pip install icepool dyce fast-poibin scipy` gives the
tools. One that is missing is named on standard error and left out. A time is the shortest of the calls that fit into one second, at
least one; icepool and dyce keep results between calls, of them it is the first call. What would take over half a minute is not listed.
"""

import random
import sys
import time
from importlib.metadata import version


def first(call):
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def shortest(call):
    best, start = float("inf"), time.perf_counter()
    while True:
        before = time.perf_counter()
        call()
        now = time.perf_counter()
        best = min(best, now - before)
        if now - start > 1:
            return best


def icepool_jobs():
    import icepool

    def keep(dice, faces, kept):
        return lambda: icepool.Pool([icepool.d(faces)] * dice).highest(kept).sum()

    yield "100d6", lambda: 100 @ icepool.d(6)
    yield "4d6kh3", keep(4, 6, 3)
    yield "20d6kh10", keep(20, 6, 10)
    yield "10d100kh5", keep(10, 100, 5)
    yield "100d20kh50", keep(100, 20, 50)
    yield "50d10>=8", lambda: 50 @ (icepool.d(10) >= 8)


def dyce_jobs():
    from dyce import H, P

    yield "100d6", lambda: 100 @ H(6)
    yield "4d6kh3", lambda: (4 @ P(6)).at(slice(-3, None))
    yield "20d6kh10", lambda: (20 @ P(6)).at(slice(-10, None))
    yield "50d10>=8", lambda: 50 @ H(10).ge(8)


def probabilities(n):
    generator = random.Random(n)
    return [generator.randrange(1, 1000) / 1000 for _ in range(n)]


def fast_poibin_jobs():
    import numpy
    from fast_poibin import PoiBin

    for n in (1000, 10_000):
        p = numpy.array(probabilities(n))
        yield f"poibin {n} f64", lambda p=p: PoiBin(p, mode="dp")


def scipy_jobs():
    import numpy
    from scipy import signal, stats

    p = numpy.array(probabilities(1000))
    # Frozen distributions do no work yet.
    yield "poibin 1000 f64", lambda: stats.poisson_binom(p).pmf(numpy.arange(1001))
    one = numpy.full(6, 1 / 6)

    def power(n):
        result, square = numpy.array([1.0]), one
        while n:
            if n & 1:
                result = signal.fftconvolve(result, square)
            n >>= 1
            if n:
                square = signal.fftconvolve(square, square)
        return result

    yield "1000d6 f64", lambda: power(1000)


def main():
    asked = set(sys.argv[1:])
    sys.setrecursionlimit(20_000)
    for tool, jobs, timed in (
        ("icepool", icepool_jobs, first),
        ("dyce", dyce_jobs, first),
        ("fast-poibin", fast_poibin_jobs, shortest),
        ("scipy", scipy_jobs, shortest),
    ):
        try:
            for job, call in jobs():
                if not asked or job in asked:
                    print(tool, version(tool), job, timed(call), sep="\t", flush=True)
        except ImportError as error:
            print(f"{tool} is missing: {error}", file=sys.stderr)


main()
