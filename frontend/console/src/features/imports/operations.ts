import { graphql } from '@console/api';

export const ImportsQuery = graphql(`
  query Imports($first: Int!, $after: String) {
    imports(first: $first, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      edges {
        node { id fileName format state createdAt createdBy processed total documents accepted rejected pointsAwarded problemCount }
      }
    }
  }
`);

export const ImportBatchQuery = graphql(`
  query ImportBatch($id: ID!) {
    importBatch(id: $id) {
      id fileName format state createdAt createdBy finishedAt processed total
      documents accepted duplicates rejected lines matchedLines pointsAwarded pointsReversed problemCount
      timeline { at code text actor }
    }
  }
`);

export const ImportProblemsQuery = graphql(`
  query ImportProblems($id: ID!, $first: Int!, $after: String) {
    importBatch(id: $id) {
      id
      problems(first: $first, after: $after) {
        totalCount
        pageInfo { hasNextPage endCursor }
        edges { node { id severity file document line field value code message } }
      }
    }
  }
`);

export const CommitImportMutation = graphql(`
  mutation CommitImport($input: CommitImportInput!) {
    commitImport(input: $input) {
      importBatch { id state }
      errors { code field message }
    }
  }
`);

export const DiscardImportMutation = graphql(`
  mutation DiscardImport($input: DiscardImportInput!) {
    discardImport(input: $input) {
      importBatch { id state }
      errors { code field message }
    }
  }
`);
