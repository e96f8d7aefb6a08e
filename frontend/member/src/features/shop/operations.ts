import { graphql } from '@member/api';

export const RewardsQuery = graphql(`
  query Rewards($first: Int!, $after: String, $search: String, $affordable: Boolean, $category: String, $sort: String) {
    rewards(first: $first, after: $after, search: $search, affordable: $affordable, category: $category, sort: $sort) {
      totalCount
      pageInfo { hasNextPage endCursor }
      edges {
        node {
          id name brandName category kind color picture fromPoints affordable soldOut
          denominations { amount { amount currency } points affordable }
          minAmount { amount currency }
          maxAmount { amount currency }
        }
      }
    }
  }
`);

export const RewardCategoriesQuery = graphql(`
  query RewardCategories {
    rewardCategories
  }
`);
