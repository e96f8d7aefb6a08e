import { initGraphQLTada, type ResultOf } from 'gql.tada';
import { createExecute } from '@ui/graphql/client';
import type { introspection } from '@ui/graphql/env.member';

export const graphql = initGraphQLTada<{
  introspection: introspection;
  disableMasking: true;
  scalars: { Points: string; Date: string; DateTime: string; UUID: string; ID: string };
}>();

export type { ResultOf };

export const execute = createExecute('/graphql/member');
