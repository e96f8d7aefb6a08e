import { graphql } from '@console/api';

export const CounterEntriesQuery = graphql(`
  query CounterEntries {
    counterEntries { id kind contact known done createdAt }
  }
`);

export const EnrollAtCounterMutation = graphql(`
  mutation EnrollAtCounter($input: EnrollAtCounterInput!) {
    enrollAtCounter(input: $input) { entry { id kind contact known } errors { code field message } }
  }
`);
