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
      id name email phone path broughtBy mergedIntoId mergedFromIds firmId firmName nip customerCode state joinedOn earnedTotal spentTotal lastPurchaseOn
      timeline { at code text actor }
    }
  }
`);

export const MemberStandingQuery = graphql(`
  query MemberStanding($id: ID!) {
    memberStanding(memberId: $id) { available pending held debt expiringSoon expiringOn maturingNext maturingOn asOf }
  }
`);

export const MemberDocumentsQuery = graphql(`
  query MemberDocuments($id: ID!, $first: Int!, $after: String) {
    memberDocuments(memberId: $id, first: $first, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      edges {
        node {
          id number kind saleDate correctedNumber points
          net { amount currency }
          lines { position productName sku quantity unit points net { amount currency } reasons { ruleName ruleVersion sentence points } }
        }
      }
    }
  }
`);

export const MemberHistoryQuery = graphql(`
  query MemberHistory($id: ID!, $first: Int!, $after: String) {
    memberHistory(memberId: $id, first: $first, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      edges { node { id kind occurredAt points balanceAfter documentNumber orderNumber rewardName reason counterpart } }
    }
  }
`);

export const MemberOrdersQuery = graphql(`
  query MemberOrders($id: ID!, $first: Int!, $after: String) {
    memberOrders(memberId: $id, first: $first, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      edges { node { id number state createdAt rewardName points faceValue { amount currency } } }
    }
  }
`);

export const AdjustPointsMutation = graphql(`
  mutation AdjustPoints($input: AdjustPointsInput!) {
    adjustPoints(input: $input) {
      member { id available }
      errors { code field message }
    }
  }
`);

export const MergeMembersMutation = graphql(`
  mutation MergeMembers($input: MergeMembersInput!) {
    mergeMembers(input: $input) {
      member { id }
      errors { code field message }
    }
  }
`);
