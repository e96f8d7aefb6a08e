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
      failure mapped uploaded sourceName phase progress
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
        edges { node { id severity file document line field value code message row column fixField same everywhere } }
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

export const ImportJobsQuery = graphql(`
  query ImportJobs($ids: [ID!]) {
    importJobs(ids: $ids) { id fileName state phase progress rejected mapped uploaded }
  }
`);

export const ImportSourcesQuery = graphql(`
  query ImportSources {
    importSources { id name format mapping usedAt }
  }
`);

export const ImportInspectionQuery = graphql(`
  query ImportInspection($id: ID!, $layout: String) {
    importInspection(id: $id, layout: $layout) {
      columns { name samples choices }
      sheets
      proposal
      offered
      offeredSource { id name }
    }
  }
`);

export const CheckImportMutation = graphql(`
  mutation CheckImport($input: CheckImportInput!) {
    checkImport(input: $input) {
      importBatch { id state }
      faults { field message }
      errors { code field message }
    }
  }
`);

export const FixImportMutation = graphql(`
  mutation FixImport($input: FixImportInput!) {
    fixImport(input: $input) {
      importBatch { id state }
      errors { code field message }
    }
  }
`);

export const StopImportMutation = graphql(`
  mutation StopImport($input: StopImportInput!) {
    stopImport(input: $input) {
      importBatch { id state }
      errors { code field message }
    }
  }
`);

export const RetryImportMutation = graphql(`
  mutation RetryImport($input: RetryImportInput!) {
    retryImport(input: $input) {
      importBatch { id state }
      errors { code field message }
    }
  }
`);

export const ImportRevertPreviewQuery = graphql(`
  query ImportRevertPreview($id: ID!) {
    importRevertPreview(id: $id) { documents members pointsTaken pointsGiven debtors debt usedBy usedByMore }
  }
`);

export const RevertImportMutation = graphql(`
  mutation RevertImport($input: RevertImportInput!) {
    revertImport(input: $input) {
      importBatch { id state }
      errors { code field message }
    }
  }
`);
