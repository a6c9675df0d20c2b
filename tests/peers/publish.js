// Facts at a rate: closed writers as in `homeward bench`, never two facts of one receiver under way at once.
import { now, pause, round, summary } from "./clock.js";

export class Publisher {
  #heads;
  #tails;

  // `send(channel, number)` resolves with the answer; the system stamps the fact when it really sends it.
  constructor(send, load) {
    this.send = send;
    this.load = load;
    this.#heads = new Array(load.receivers).fill(0);
    this.#tails = new Array(load.receivers).fill(Promise.resolve());
  }

  head(channel) {
    return this.#heads[channel];
  }

  // Publishes until `stop.ed`; whatever is under way then is still answered.
  async publish(stop) {
    const began = now();
    const written = { took: [], failed: 0, troubles: {} };
    const writers = Array.from({ length: this.load.writers }, (_, first) => this.#write(began, first, stop, written));
    await Promise.all(writers);
    const seconds = (now() - began) / 1000;
    const { took, failed, troubles } = written;
    const perSecond = round(took.length / seconds);
    return {
      seconds: round(seconds),
      acknowledged: took.length,
      acknowledged_per_second: perSecond,
      latency: summary(took),
      failed,
      troubles,
    };
  }

  async #write(began, first, stop, written) {
    for (let number = first; ; number += this.load.writers) {
      const due = began + (number / this.load.rate) * 1000;
      if (due > now()) await pause(due - now());
      if (stop.ed) return;
      const channel = number % this.load.receivers;
      const turn = this.#tails[channel].then(() => this.#one(channel));
      this.#tails[channel] = turn.catch(() => {});
      try {
        await turn;
        written.took.push(now() - due);
      } catch (error) {
        written.failed += 1;
        written.troubles[error.message] = (written.troubles[error.message] ?? 0) + 1;
      }
    }
  }

  async #one(channel) {
    const number = this.#heads[channel] + 1;
    const known = await this.send(channel, number);
    this.#heads[channel] = Math.max(this.#heads[channel], known ?? number);
  }

  // Where a receiver stands when its numbers are given by the server.
  set(channel, head) {
    this.#heads[channel] = head;
  }
}

// A fact for systems that carry any text: its number, when it was sent, and as many bytes as a row of ours.
export function fact(channel, number, bytes) {
  const start = `{"op":"ev","c":"${channel}","s":${number},"at":${now().toFixed(3)},"d":"`;
  return `${start}${"x".repeat(Math.max(0, bytes - start.length - 2))}"}`;
}
