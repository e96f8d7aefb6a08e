import { graphql } from '@member/api';

export const HistoryQuery = graphql(`
  query History($first: Int!, $after: String) {
    history(first: $first, after: $after) {
      pageInfo { hasNextPage endCursor }
      edges {
        node { id kind occurredAt points balanceAfter documentNumber documentDate orderNumber rewardName counterpart }
      }
    }
  }
`);

export const EntryQuery = graphql(`
  query Entry($id: ID!) {
    entry(id: $id) {
      id kind occurredAt points balanceAfter documentNumber documentDate orderNumber rewardName
      firmShare counterpart reason
      shared { name points }
      lines {
        position productName sku quantity unit points
        net { amount currency }
        reasons { ruleName ruleVersion sentence points }
      }
    }
  }
`);
