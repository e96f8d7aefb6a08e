import { readFileSync } from 'node:fs';
import { buildSchema, Kind, parse, validate } from 'graphql';
import { expect, it } from 'vitest';

const modules = {
  ...import.meta.glob<Record<string, string>>('../../../member/src/**/operations.ts', { eager: true }),
  ...import.meta.glob<Record<string, string>>('../../../console/src/**/operations.ts', { eager: true }),
};

const schemaName = (path: string) => (path.includes('/member/') ? 'member' : path.includes('/hq/') ? 'network' : 'console');
const documents = Object.entries(modules).flatMap(([path, module]) =>
  Object.entries(module).map(([name, document]) => ({ path, name, document, schema: schemaName(path) })),
);

it('finds the operations', () => {
  expect(documents.length).toBeGreaterThan(20);
});

it.each(documents)('$name keeps to the $schema schema', ({ document: text, schema, name }) => {
  const document = parse(text);
  const sdl = buildSchema(readFileSync(`schema/${schema}.graphql`, 'utf8'));
  expect(validate(sdl, document).map((error) => error.message)).toEqual([]);
  const operation = document.definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION);
  expect(`${operation?.name?.value ?? ''}${operation?.operation.toString() === 'query' ? 'Query' : 'Mutation'}`).toBe(name);
});
