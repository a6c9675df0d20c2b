// Time: one monotonic clock for publisher and boards, because both live in one process, as in `homeward bench`.
import { setTimeout as pause } from "node:timers/promises";

export { pause };
export const now = () => performance.now();

// Waits until `done` holds; whether it did in time.
export async function until(done, withinMs) {
  const end = now() + withinMs;
  while (!done()) {
    if (now() > end) return false;
    await pause(10);
  }
  return true;
}

export function say(text) {
  process.stderr.write(`peers: ${text}\n`);
}

// What is told about durations, milliseconds; the same members as `homeward bench` has.
export function summary(durations) {
  const sorted = Float64Array.from(durations).sort();
  const at = (quantile) => round(sorted[Math.max(0, Math.ceil(quantile * sorted.length) - 1)] ?? 0);
  const mean = round(sorted.reduce((sum, one) => sum + one, 0) / (sorted.length || 1));
  return {
    count: sorted.length,
    mean_ms: mean,
    p50_ms: at(0.5),
    p90_ms: at(0.9),
    p99_ms: at(0.99),
    p999_ms: at(0.999),
    max_ms: at(1),
  };
}

export const round = (value) => Math.round(value * 1000) / 1000;
