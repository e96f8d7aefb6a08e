// Puts a .gz and a .br beside each script and style of the builds; WhiteNoise sends what the browser accepts.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';

// Below one packet nothing is won.
const LEAST = 1400;

for (const app of ['member', 'console']) {
  const assets = fileURLToPath(new URL(`../${app}/dist/assets/`, import.meta.url));
  for (const name of readdirSync(assets).filter((each) => /\.(js|css)$/.test(each))) {
    const path = join(assets, name);
    const bytes = readFileSync(path);
    if (bytes.length < LEAST) continue;
    writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
    writeFileSync(`${path}.br`, brotliCompressSync(bytes));
  }
}
