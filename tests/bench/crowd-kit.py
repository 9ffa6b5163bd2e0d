"""What crowd-kit takes for the same answers: reads task,worker,label from a CSV file, and prints seconds and rounds as JSON.

Only the fit is timed, not the start of Python nor the reading; the first fit of each warms up and does not count.
"""
import json
import statistics
import sys
import time
from importlib.metadata import version

import pandas
from crowdkit.aggregation import GLAD, MACE, DawidSkene

answers = pandas.read_csv(sys.argv[1], dtype=str)
few = answers.head(500)
never = -1e9
methods = {
    # A hundred rounds whatever comes, and as it stops by itself.
    "dawidSkene": (5, lambda: DawidSkene(n_iter=100, tol=never)),
    "dawidSkeneToItsEnd": (5, lambda: DawidSkene()),
    "glad": (1, lambda: GLAD()),
    "mace": (1, lambda: MACE(n_restarts=10, n_iter=50, random_state=0)),
}
found = {}
for name, (times, make) in methods.items():
    make().fit(few)
    seconds = []
    for _ in range(times):
        method = make()
        start = time.perf_counter()
        method.fit(answers)
        seconds.append(time.perf_counter() - start)
    rounds = len(getattr(method, "loss_history_", []))
    found[name] = {"seconds": statistics.median(seconds), "rounds": rounds}
print(json.dumps({"version": version("crowd-kit"), "methods": found}))
