import { graphql } from '@console/api';

export const TermsVersionsQuery = graphql(`
  query TermsVersions {
    termsVersions { number textPl textEn publishedAt publishedBy accepted }
  }
`);

export const PublishTermsMutation = graphql(`
  mutation PublishTerms($input: PublishTermsInput!) {
    publishTerms(input: $input) { versions { number } errors { code field message } }
  }
`);
