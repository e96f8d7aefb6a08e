// First-load JavaScript of the member app, gzipped, against the budget of 150 kB: the entry with its static imports, and
// what a member's start needs right after, the home screen and the Polish texts.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const BUDGET = 150 * 1000;
const dist = new URL('../member/dist/', import.meta.url);
const read = (name) => JSON.parse(readFileSync(new URL(`.vite/${name}.json`, dist), 'utf8'));
const manifest = { ...read('manifest-id'), ...read('manifest') };

function closure(keys, seen = new Set()) {
  for (const key of keys) {
    if (seen.has(key)) continue;
    seen.add(key);
    closure(manifest[key].imports ?? [], seen);
  }
  return seen;
}

const gzipped = (key) => gzipSync(readFileSync(new URL(manifest[key].file, dist)), { level: 9 }).length;
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
const sum = (keys) => [...keys].filter((key) => manifest[key].file.endsWith('.js')).reduce((total, key) => total + gzipped(key), 0);

const first = closure(['index.html']);
const home = closure([
  'index.html',
  ...Object.keys(manifest).filter((key) => /HomePage\.tsx$|pl\.po$/.test(key) && !key.includes('/id/')),
]);

for (const key of first) console.log(`${kilobytes(gzipped(key)).padStart(10)}  ${manifest[key].file}`);
console.log(`${kilobytes(sum(first)).padStart(10)}  entry and its static imports`);
console.log(`${kilobytes(sum(home)).padStart(10)}  first load, with the home screen and the Polish texts; budget ${kilobytes(BUDGET)}`);
console.log(`${kilobytes(sum(closure(['id.html']))).padStart(10)}  sign-in page`);
if (sum(home) > BUDGET) {
  console.error('The member app is over its budget.');
  process.exit(1);
}
