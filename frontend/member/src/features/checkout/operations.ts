import { graphql } from '@member/api';

export const RewardQuery = graphql(`
  query Reward($id: ID!) {
    reward(id: $id) {
      id name brandName description category kind color picture fromPoints affordable pointsPerUnit validityDays soldOut
      denominations { amount { amount currency } points affordable inStock }
      minAmount { amount currency }
      maxAmount { amount currency }
    }
  }
`);

export const PlaceOrderMutation = graphql(`
  mutation PlaceOrder($input: PlaceOrderInput!) {
    placeOrder(input: $input) {
      order { id number state }
      errors { code field message }
    }
  }
`);
