import { graphql } from './api';

export const OverviewQuery = graphql(`
  query Overview($months: Int!) {
    network { name wholesalerCount }
    overview(months: $months) {
      months
      asOf
      wholesalers {
        id name slug color asOf
        months { month sales { amount currency } pointsAwarded pointsSpent orders documents lines buyers }
        total { month sales { amount currency } pointsAwarded pointsSpent orders documents lines }
      }
      totals { month sales { amount currency } pointsAwarded pointsSpent orders }
    }
  }
`);

export const CutQuery = graphql(`
  query Cut($by: String!, $months: Int!, $wholesaler: String) {
    cut(by: $by, months: $months, wholesaler: $wholesaler) {
      months
      rows {
        id name more
        months { month sales { amount currency } pointsAwarded lines }
        total { month sales { amount currency } pointsAwarded lines }
      }
      totals { month sales { amount currency } pointsAwarded lines }
    }
  }
`);

export const ExportsQuery = graphql(`
  query Exports {
    exports { id state months createdAt url }
  }
`);

export const AskExportMutation = graphql(`
  mutation AskExport($input: AskExportInput!) {
    askExport(input: $input) { export { id } errors { code field message } }
  }
`);
