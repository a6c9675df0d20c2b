// What a run on our server stands on, as crates/bench makes it: accounts, and one party for each receiver.
import http from "node:http";
import { PASSWORD } from "./homeward.js";

const call = (agent, url, method, path, token, body, sending = () => {}) =>
  new Promise((resolve, reject) => {
    const headers = { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) };
    if (token && body) headers["idempotency-key"] = `peers-${crypto.randomUUID()}`;
    const request = http.request(url + path, { method, agent, headers }, async (answer) => {
      const text = Buffer.concat(await answer.toArray()).toString();
      if (answer.statusCode < 300) resolve(text ? JSON.parse(text) : null);
      else reject(new Error(`${method} ${path}: ${answer.statusCode} ${text.slice(0, 200)}`));
    });
    request.on("error", reject);
    sending();
    request.end(body && JSON.stringify(body));
  });

export class Stage {
  static async set(url, agent, code, load) {
    const stage = new Stage();
    stage.post = (path, token, body, sending) => call(agent, url, "POST", path, token, body, sending);
    stage.get = (path, token) => call(agent, url, "GET", path, token);
    await stage.post("/v1/setup", null, { code, username: "admin", password: PASSWORD, display_name: "admin" });
    stage.admin = await stage.signIn("admin");
    const { now } = await stage.get("/v1/session", stage.admin.token);
    const entries = [{ country: "JPN", tag: "yellow" }];
    await stage.post("/v1/key-lists", stage.admin.token, { effective_at: now, entries, note: "peers" });
    await stage.prepare(load.receivers, now.slice(0, 10));
    return stage;
  }

  async signIn(username) {
    const { token } = await this.post("/v1/session", null, { username, password: PASSWORD });
    return { token };
  }

  async hire(username, grant) {
    await this.post("/v1/accounts", this.admin.token, { username, password: PASSWORD, display_name: username, grant });
    return this.signIn(username);
  }

  async prepare(receivers, today) {
    const reference = await this.get("/v1/reference", this.admin.token);
    const [{ code: desk, district }] = reference.desks;
    const responsible = reference.jurisdictions.find((it) => it.level === "subdistrict" && it.parent === district).code;
    const officer = await this.hire("peers-desk", { role: "duty_officer", desk });
    this.dispatcher = await this.hire("peers-dispatch", { role: "dispatcher", district });
    this.watcher = await this.hire("peers-watch", { role: "command", district });
    const gates = new Map(reference.gates.map((gate) => [gate.receiver, gate.code]));
    const own = (it) => it.kind === "community" && it.jurisdiction.startsWith(district) && gates.has(it.code);
    this.topics = reference.receivers
      .filter(own)
      .slice(0, receivers)
      .map((it) => ({ receiver: it.code, gate: gates.get(it.code) }));
    for (const [number, topic] of this.topics.entries()) {
      const { subject } = await this.post("/v1/parties", officer.token, party(desk, responsible, today, number));
      topic.party = subject;
      await this.ask(topic, 0);
    }
  }

  ask({ party, gate }, serial, sending) {
    const body = { gate, co_residents: serial, own_room: true, own_toilet: true, co_residents_consent: true };
    return this.post(`/v1/parties/${party}/home`, this.dispatcher.token, body, sending);
  }

  // Where each receiver's stream stands.
  heads() {
    const head = async ({ receiver }) => (await this.get(`/v1/boards/${receiver}`, this.watcher.token)).seq;
    return Promise.all(this.topics.map(head));
  }
}

// A party of one, as artificial as crates/bench/src/sample.rs makes them.
function party(desk, responsible, on, number) {
  const given = `SAMPLE ${String(number).replace(/\d/g, (digit) => "ABCDEFGHIJ"[digit])}`;
  const member = {
    name: { surname: "BENCH", given },
    document: { kind: "other", country: "UTO", number: `PEERS${String(number).padStart(8, "0")}` },
    nationality: "UTO",
    sex: "x",
    born_on: "2000-01-01",
    screening: { temperature_c: 36.5, symptoms: false, contact: false },
  };
  const flight = { number: "NH919", origin: "NRT", landed_on: on };
  return {
    desk,
    responsible,
    languages: ["en"],
    members: [member],
    flight,
    history: [{ country: "JPN", from: on, until: on }],
  };
}
