import { initGraphQLTada, type ResultOf, type VariablesOf } from 'gql.tada';
import { createExecute } from '@ui/graphql/client';
import type { introspection } from '@ui/graphql/env.console';

export const graphql = initGraphQLTada<{
  introspection: introspection;
  disableMasking: true;
  scalars: { Points: string; Date: string; DateTime: string; ID: string };
}>();

export type { ResultOf, VariablesOf };

export const execute = createExecute('/graphql/console');
