import { graphql } from '@member/api';

export const LatestQuery = graphql(`
  query Latest {
    history(first: 3) {
      edges { node { id kind occurredAt points documentNumber rewardName orderNumber counterpart } }
    }
    orders(first: 1) {
      edges { node { id number state createdAt rewardName brandName faceValue { amount currency } points } }
    }
    firmOrders { id }
    firmInvitations { id }
  }
`);

export const WhatNextQuery = graphql(`
  query WhatNext {
    rewards(first: 50) {
      edges { node { id name brandName color picture fromPoints denominations { amount { amount currency } points } } }
    }
  }
`);
