// Turns the committed SDL files into the type-only modules that gql.tada reads. The build does not need them.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { minifyIntrospection, outputIntrospectionFile } from '@gql.tada/internal';
import { buildSchema, introspectionFromSchema } from 'graphql';

const root = new URL('..', import.meta.url);
const target = new URL('ui/src/graphql/', root);
mkdirSync(target, { recursive: true });
for (const name of ['member', 'console', 'network']) {
  const sdl = readFileSync(new URL(`schema/${name}.graphql`, root), 'utf8');
  const introspection = minifyIntrospection(introspectionFromSchema(buildSchema(sdl)));
  const file = outputIntrospectionFile(introspection, { fileType: '.d.ts', shouldPreprocess: true });
  writeFileSync(new URL(`env.${name}.d.ts`, target), file);
}
