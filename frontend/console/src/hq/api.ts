import { initGraphQLTada, type ResultOf } from 'gql.tada';
import { createExecute } from '@ui/graphql/client';
import type { introspection } from '@ui/graphql/env.network';

export const graphql = initGraphQLTada<{
  introspection: introspection;
  disableMasking: true;
  scalars: { Points: string; DateTime: string; ID: string };
}>();

export type { ResultOf };

export const execute = createExecute('/graphql/network');
