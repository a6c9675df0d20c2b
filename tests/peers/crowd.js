// All boards of a run: opened, followed, cut. What a line speaks is the system's own business (`systems/`).
import { now, pause } from "./clock.js";

const TRIES_MAX = 30;
const PAUSE_MS_MAX = 1_000;

// One board: its place, its position, and what was wrong on the way. `memory` is the system's, to come back with.
class Board {
  last = null;
  facts = 0;
  due = 0;
  whole = false;
  line = null;
  memory = {};

  constructor(number, channel) {
    this.number = number;
    this.channel = channel;
  }
}

export class Crowd {
  facts = 0;
  gaps = 0;
  duplicates = 0;
  ages = [];
  wholes = [];
  troubles = {};
  whole = 0;
  #began = 0;
  #round = 0;

  // `head(channel)`: the highest number whose publication was answered.
  constructor(system, load, head) {
    this.system = system;
    this.load = load;
    this.head = head;
    this.boards = Array.from({ length: load.boards }, (_, number) => new Board(number, number % load.receivers));
  }

  // Opens a line for every board, so many at once; resolves when all stand or are given up.
  async open() {
    [this.whole, this.wholes, this.#began] = [0, [], now()];
    this.#round += 1;
    const waiting = [...this.boards];
    for (const board of waiting) board.whole = false;
    const opener = async () => {
      for (let board = waiting.shift(); board; board = waiting.shift()) await this.#stand(board, this.#round);
    };
    await Promise.all(Array.from({ length: this.load.atOnce }, opener));
  }

  async #stand(board, round) {
    for (let tries = 0; tries < TRIES_MAX && round === this.#round; tries += 1) {
      try {
        const lost = (kind) => this.#lost(board, round, kind);
        const heard = (number, sentAt) => this.#heard(board, number, sentAt);
        board.line = await this.system.line(board.channel, board.memory, heard, lost);
        return this.#stands(board);
      } catch (error) {
        this.#count(error.code ?? error.message);
        await pause(Math.random() * PAUSE_MS_MAX);
      }
    }
  }

  // Whole is who has what there was when the line stood; who keeps nothing has nothing to catch up with.
  #stands(board) {
    const head = board.line.head ?? this.head(board.channel);
    board.last ??= board.line.from ?? head;
    board.due = this.system.resumes ? head : 0;
    this.#look(board);
  }

  #look(board) {
    if (board.whole || !board.line || board.last < board.due) return;
    board.whole = true;
    this.whole += 1;
    this.wholes.push(now() - this.#began);
  }

  #heard(board, number, sentAt) {
    this.facts += 1;
    board.facts += 1;
    const expected = board.last === null ? number : board.last + 1;
    if (number < expected) return void (this.duplicates += 1);
    this.gaps += number - expected;
    if (board.whole && number === expected && sentAt) this.ages.push(now() - sentAt);
    board.last = number;
    this.#look(board);
  }

  // A line that ended although nobody cut it comes back.
  #lost(board, round, kind) {
    if (round !== this.#round || !board.line) return;
    this.#count(kind);
    board.line = null;
    void this.#stand(board, round);
  }

  #count(kind) {
    this.troubles[kind] = (this.troubles[kind] ?? 0) + 1;
  }

  // Drops every line at once, without a word.
  cut() {
    this.#round += 1;
    for (const board of this.boards) {
      const { line } = board;
      board.line = null;
      line?.cut();
    }
  }

  // How many numbers are still missing at the boards.
  missing() {
    return this.boards.reduce((sum, board) => sum + Math.max(0, this.head(board.channel) - (board.last ?? 0)), 0);
  }
}
