import { graphql } from '@console/api';

export const MembersQuery = graphql(`
  query Members($first: Int!, $after: String, $search: String) {
    members(first: $first, after: $after, search: $search) {
      totalCount
      pageInfo { hasNextPage endCursor }
      edges { node { id name firmName nip customerCode state joinedOn available pending lastPurchaseOn } }
    }
  }
`);

export const MemberQuery = graphql(`
  query Member($id: ID!) {
    member(id: $id) {
      id name email firmName nip customerCode state joinedOn available pending held earnedTotal spentTotal lastPurchaseOn
    }
  }
`);
