import { parseLoad } from './load.js'; import { measure } from './measure.js';
import { mkdtempSync } from 'node:fs';
const load = parseLoad(process.argv.slice(2));
const all = {nchan: './systems/nchan.js', 'socket.io': './systems/socketio.js', nats: './systems/nats.js', 'homeward-node': './systems/homeward_node.js'};
for (const s of load.systems) { const m = Object.values(await import(all[s]))[0]; console.log(s, JSON.stringify(await measure(m, load, mkdtempSync('/tmp/hw/peersrun-'), load.port), null, 1)); }
process.exit(0);
