import { graphql } from '@member/api';

export const RewardsQuery = graphql(`
  query Rewards($first: Int!, $after: String, $search: String, $affordable: Boolean) {
    rewards(first: $first, after: $after, search: $search, affordable: $affordable) {
      totalCount
      pageInfo { hasNextPage endCursor }
      edges {
        node {
          id name brandName category kind color fromPoints affordable
          denominations { amount { amount currency } points affordable }
          minAmount { amount currency }
          maxAmount { amount currency }
        }
      }
    }
  }
`);
