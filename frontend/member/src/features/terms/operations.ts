import { graphql } from '@member/api';

export const TermsQuery = graphql(`
  query Terms {
    terms { version text publishedAt acceptedAt }
  }
`);

export const AcceptTermsMutation = graphql(`
  mutation AcceptTerms($input: AcceptTermsInput!) {
    acceptTerms(input: $input) { terms { version acceptedAt } errors { code field message } }
  }
`);
