"""Scores `homeward bench eta` beside LightGBM on the same trips. See README.md; run by `compare`."""

import argparse
import csv
import gzip
import json
import math
import os
import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path

import lightgbm
import numpy as np

# The grid the peer is tuned on: leaves, fewest trips in a leaf, learning rate, rounds.
GRID = [(15, 30, 0.03, 400), (31, 30, 0.03, 400), (31, 60, 0.03, 500), (63, 40, 0.03, 400), (31, 30, 0.05, 800), (63, 80, 0.05, 600)]
# The same for fifty trips.
SMALL_GRID = [(4, 5, 0.05, 60), (4, 5, 0.05, 150), (8, 5, 0.05, 60), (4, 10, 0.05, 100), (8, 10, 0.03, 100), (3, 15, 0.05, 100)]
FIRST, NEXT, STARTS = 50, 2000, 5


def read(path):
    opened = gzip.open(path, "rt") if Path(path).read_bytes()[:2] == b"\x1f\x8b" else open(path, encoding="utf-8")
    with opened as file:
        return list(csv.DictReader(file))


def number(text):
    try:
        return float(text)
    except (TypeError, ValueError):
        return math.nan


def moment(text):
    return datetime.fromisoformat(text)


def great_circle(one, two):
    (a, b), (c, d) = np.radians(one), np.radians(two)
    chord = np.sin((c - a) / 2) ** 2 + np.cos(a) * np.cos(c) * np.sin((d - b) / 2) ** 2
    return 2 * 6371.0088 * np.arcsin(np.sqrt(chord))


def calendar(at):
    hour = at.hour + at.minute / 60 + at.second / 3600
    return [hour, at.weekday(), hour + 24 * at.weekday()]


def departure_features(row):
    """What is known when a trip begins: the same columns that ours may look at."""
    plat, plon, dlat, dlon = (number(row.get(name)) for name in ("plat", "plon", "dlat", "dlon"))
    bearing = math.atan2(dlat - plat, (dlon - plon) * math.cos(math.radians(plat)))
    return [great_circle((plat, plon), (dlat, dlon)), plat, plon, dlat, dlon, bearing, *calendar(moment(row["pickup_local"]))]


def under_way_features(row):
    lat, lon, dlat, dlon = (number(row.get(name)) for name in ("lat", "lon", "dlat", "dlon"))
    plat, plon = number(row.get("plat")), number(row.get("plon"))
    left, whole = great_circle((lat, lon), (dlat, dlon)), great_circle((plat, plon), (dlat, dlon))
    elapsed, share = number(row["elapsed_s"]), number(row.get("progress"))
    time = calendar(moment(row["pickup_local"])) if row.get("pickup_local") else [math.nan] * 3
    projected = elapsed * (1 - share) / max(share, 0.05) if share == share else math.nan
    return [left, whole, elapsed, share, projected, lat, lon, dlat, dlon, *time]


def train(features, seconds, objective, level, shape):
    leaves, fewest, rate, rounds = shape
    options = {
        "objective": objective, "alpha": level, "num_leaves": leaves, "min_child_samples": fewest, "learning_rate": rate,
        "bagging_fraction": 0.8, "bagging_freq": 1, "feature_fraction": 0.8, "seed": 1, "verbose": -1, "num_threads": 1,
        "deterministic": True, "force_row_wise": True,
    }
    if len(seconds) < 200:
        options.update({"min_data_in_bin": 1, "bagging_fraction": 1.0, "feature_fraction": 1.0})
    return lightgbm.train(options, lightgbm.Dataset(features, np.log(seconds), params=options), rounds)


def quantiles(features, seconds, shape, asked):
    """p10, p50, p90 in seconds; p50 by the absolute error, in logarithms."""
    models = [train(features, seconds, "quantile", 0.1, shape), train(features, seconds, "l1", 0.5, shape),
              train(features, seconds, "quantile", 0.9, shape)]
    low, middle, high = (np.exp(model.predict(asked)) for model in models)
    return np.stack([np.minimum(low, high), middle, np.maximum(low, high)], axis=1)


def tune(features, seconds, grid):
    """The best shape on the last fifth of the training trips."""
    cut = len(seconds) * 4 // 5

    def error(shape):
        model = train(features[:cut], seconds[:cut], "l1", 0.5, shape)
        return np.abs(np.exp(model.predict(features[cut:])) - seconds[cut:]).mean()

    return min(grid, key=error)


def score(told, seconds):
    low, middle, high = told.T
    outside = np.maximum(low - seconds, 0) + np.maximum(seconds - high, 0)
    return {
        "trips": len(seconds),
        "mae_min": float(np.abs(middle - seconds).mean() / 60),
        "interval_score_min": float((high - low + 10 * outside).mean() / 60),
        "coverage_percent": float(((seconds >= low) & (seconds <= high)).mean() * 100),
    }


def ours(option, path, *more):
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "predictions.csv"
        command = [os.environ["HOMEWARD_BIN"], "bench", "eta", option, str(path), "--predictions", str(out), *more]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return read(out)


def by_trip(predictions):
    return {row["trip_id"]: [float(row[name]) for name in ("p10", "p50", "p90")] for row in predictions}


class Table:
    def __init__(self):
        self.lines = []

    def add(self, case, ours_score, peer_name, peer_score):
        line = {"case": case, "ours": ours_score, "peer": peer_name, "theirs": peer_score}
        for name in ("mae_min", "interval_score_min"):
            line[f"ratio_{name}"] = ours_score[name] / peer_score[name]
        self.lines.append(line)

    def show(self):
        print("| case | trips | ours: MAE · interval score · coverage | peer | MAE · interval score · coverage | ratio MAE | ratio interval score |")
        print("|---|---|---|---|---|---|---|")
        for line in self.lines:
            one, two = (f'{it["mae_min"]:.2f} · {it["interval_score_min"]:.1f} · {it["coverage_percent"]:.1f} %' for it in (line["ours"], line["theirs"]))
            print(f'| {line["case"]} | {line["ours"]["trips"]} | {one} | {line["peer"]} | {two} | {line["ratio_mae_min"]:.3f} | {line["ratio_interval_score_min"]:.3f} |')


def refit_weekly(features, seconds, days, asked, fit):
    """Every week of the asked trips by `fit` on all trips before that week; `fit(known, asked)` gives what is told."""
    weeks = days[asked] // 7
    told = {week: fit(np.flatnonzero(days // 7 < week), asked[weeks == week]) for week in np.unique(weeks)}
    whole = np.concatenate([told[week] for week in sorted(told)])
    order = np.concatenate([np.flatnonzero(weeks == week) for week in sorted(told)])
    return whole[np.argsort(order)]


def best_refit(features, seconds, days, asked, shape):
    """The peer's better memory, in hindsight: all trips, or those of the last so many days."""

    def recent(known, window):
        return known[days[known] >= days[known].max() - window]

    def middle(window):
        def fit(known, now):
            known = recent(known, window)
            return np.exp(train(features[known], seconds[known], "l1", 0.5, shape).predict(features[now]))
        return np.abs(refit_weekly(features, seconds, days, asked, fit) - seconds[asked]).mean()

    window = min((10_000, 365, 120, 60), key=middle)
    return refit_weekly(features, seconds, days, asked,
                        lambda known, now: quantiles(features[recent(known, window)], seconds[recent(known, window)], shape, features[now]))


def compare_trips(path, table):
    rows = sorted(read(path), key=lambda row: moment(row["pickup_local"]))
    told = by_trip(ours("--trips", path))
    rows = [row for row in rows if row["trip_id"] in told]
    seconds = np.array([number(row["dur_s"]) for row in rows])
    features = np.array([departure_features(row) for row in rows])
    split = np.array([row.get("split", "") for row in rows])
    days = np.array([moment(row["pickup_local"]).toordinal() for row in rows])
    mine = np.array([told[row["trip_id"]] for row in rows])
    learn = np.flatnonzero(split == "train")
    shape = tune(features[learn], seconds[learn], GRID)
    for name in sorted(set(split) - {"train"}, reverse=True):
        asked = np.flatnonzero(split == name)
        static = quantiles(features[learn], seconds[learn], shape, features[asked])
        table.add(f"{name}, before departure", score(mine[asked], seconds[asked]), "static", score(static, seconds[asked]))
        # A world that stands still needs no refit; the one that changes is asked for by its name.
        if name == "drift":
            best = best_refit(features, seconds, days, asked, shape)
            table.add(f"{name}, before departure", score(mine[asked], seconds[asked]), "refit weekly", score(best, seconds[asked]))
    compare_first(rows, features, seconds, table)


def compare_first(rows, features, seconds, table):
    """From fifty trips of one's own, the next two thousand; the peer's best shape in hindsight."""
    names = list(rows[0])
    one, two = [], []
    taught = max(1, sum(row.get("split") == "train" for row in rows) - FIRST - NEXT)
    for start in range(0, taught, max(1, taught // STARTS))[:STARTS] if taught > STARTS else [0]:
        known, asked = slice(start, start + FIRST), slice(start + FIRST, start + FIRST + NEXT)
        with tempfile.NamedTemporaryFile("w", suffix=".csv", newline="") as file:
            writer = csv.DictWriter(file, names)
            writer.writeheader()
            writer.writerows(rows[start:start + FIRST + NEXT])
            file.flush()
            told = by_trip(ours("--trips", file.name, "--first", str(FIRST)))
        one.append(score(np.array([told[row["trip_id"]] for row in rows[asked]]), seconds[asked]))
        tried = [score(quantiles(features[known], seconds[known], shape, features[asked]), seconds[asked]) for shape in SMALL_GRID]
        two.append(min(tried, key=lambda it: it["interval_score_min"]))
    mean = lambda scores: {name: sum(it[name] for it in scores) / len(scores) for name in scores[0]}
    table.add(f"first {FIRST} own trips, then the next {NEXT}, mean of {len(one)} starts", mean(one), "same trips", mean(two))


def compare_under_way(path, table):
    rows = read(path)
    told = {(row["trip_id"], float(row["elapsed_s"])): [float(row[name]) for name in ("p10", "p50", "p90")]
            for row in ours("--under-way", path)}
    rows = [row for row in rows if (row["trip_id"], number(row["elapsed_s"])) in told]
    mine = np.array([told[row["trip_id"], number(row["elapsed_s"])] for row in rows])
    seconds = np.maximum(np.array([number(row["remaining_s"]) for row in rows]), 1.0)
    features = np.array([under_way_features(row) for row in rows])
    split, share = np.array([row.get("split", "") for row in rows]), np.array([number(row.get("progress")) for row in rows])
    learn = np.flatnonzero(split == "train")
    shape = tune(features[learn], seconds[learn], GRID)
    for low, high in ((0.125, 0.375), (0.375, 0.625), (0.625, 0.875)):
        asked = np.flatnonzero((split == "test") & (share >= low) & (share < high))
        if len(asked):
            theirs = quantiles(features[learn], seconds[learn], shape, features[asked])
            table.add(f"under way at {(low + high) / 2:.0%}", score(mine[asked], seconds[asked]), "static", score(theirs, seconds[asked]))


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--trips", help="trips with train, test and maybe more splits")
    options.add_argument("--under-way", help="positions with train and test splits")
    options.add_argument("--out", required=True, help="folder for eta.json")
    asked = options.parse_args()
    if not asked.trips and not asked.under_way:
        options.error("name --trips FILE or --under-way FILE")
    table = Table()
    if asked.trips:
        compare_trips(asked.trips, table)
    if asked.under_way:
        compare_under_way(asked.under_way, table)
    table.show()
    Path(asked.out).mkdir(parents=True, exist_ok=True)
    (Path(asked.out) / "eta.json").write_text(json.dumps(table.lines, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
