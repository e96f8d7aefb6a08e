import { graphql } from '@member/api';

export const OrdersQuery = graphql(`
  query Orders($first: Int!, $after: String) {
    orders(first: $first, after: $after) {
      pageInfo { hasNextPage endCursor }
      edges { node { id number state createdAt rewardName brandName faceValue { amount currency } points } }
    }
  }
`);

export const WithdrawOrderMutation = graphql(`
  mutation WithdrawOrder($input: WithdrawOrderInput!) {
    withdrawOrder(input: $input) { order { id state } errors { code field message } }
  }
`);

export const OrderQuery = graphql(`
  query Order($id: ID!) {
    order(id: $id) {
      id number state createdAt rewardName brandName points
      faceValue { amount currency }
      timeline { at code text actor }
      voucher { id }
    }
  }
`);
