import { graphql } from '@console/api';

export const OrdersQuery = graphql(`
  query Orders($first: Int!, $after: String, $state: String, $search: String) {
    orders(first: $first, after: $after, state: $state, search: $search) {
      totalCount
      pageInfo { hasNextPage endCursor }
      edges {
        node { id number state createdAt memberId memberName rewardName faceValue { amount currency } points secondsToDeliver }
      }
    }
  }
`);

export const OrderQuery = graphql(`
  query Order($id: ID!) {
    order(id: $id) {
      id number state createdAt memberId memberName rewardName brandName points secondsToDeliver failure partnerName partnerOrderId asked canCheck closedAt
      faceValue { amount currency }
      timeline { at code text actor }
    }
  }
`);

export const CheckOrderMutation = graphql(`
  mutation CheckOrder($input: CheckOrderInput!) {
    checkOrder(input: $input) {
      order { id }
      errors { code field message }
    }
  }
`);
