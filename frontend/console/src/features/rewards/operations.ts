import { graphql } from '@console/api';

export const RewardsQuery = graphql(`
  query Rewards($first: Int!, $after: String, $state: String, $search: String) {
    rewards(first: $first, after: $after, state: $state, search: $search) {
      totalCount
      pageInfo { hasNextPage endCursor }
      edges {
        node {
          id name brandName category kind pointsPerUnit active available pooled stock lowStock partnerName
          denominations { amount { amount currency } points stock }
          minAmount { amount currency }
          maxAmount { amount currency }
        }
      }
    }
  }
`);

export const RewardQuery = graphql(`
  query Reward($id: ID!) {
    reward(id: $id) {
      id name brandName category kind pointsPerUnit active available pooled stock lowStock picture partnerName
      denominations { amount { amount currency } points stock }
      minAmount { amount currency }
      maxAmount { amount currency }
      timeline { at code text actor }
    }
  }
`);

export const ChangeRewardMutation = graphql(`
  mutation ChangeReward($input: ChangeRewardInput!) {
    changeReward(input: $input) {
      reward { id }
      errors { code field message }
    }
  }
`);

export const CreatePoolRewardMutation = graphql(`
  mutation CreatePoolReward($input: CreatePoolRewardInput!) {
    createPoolReward(input: $input) {
      reward { id }
      errors { code field message }
    }
  }
`);

export const PartnersQuery = graphql(`
  query Partners {
    partners {
      id name adapter enabled breaker failures balanceAt balanceIsLow syncState syncAt syncAdded syncChanged syncGone
      refusedWebhooks webhookPath
      balance { amount currency }
      lowBalance { amount currency }
      calls { at operation status milliseconds requestId }
      timeline { at code text actor }
    }
  }
`);

export const SetPartnerEnabledMutation = graphql(`
  mutation SetPartnerEnabled($input: SetPartnerEnabledInput!) {
    setPartnerEnabled(input: $input) {
      partner { id }
      errors { code field message }
    }
  }
`);

export const SetLowBalanceMutation = graphql(`
  mutation SetLowBalance($input: SetLowBalanceInput!) {
    setLowBalance(input: $input) {
      partner { id }
      errors { code field message }
    }
  }
`);

export const SyncCatalogMutation = graphql(`
  mutation SyncCatalog($input: SyncCatalogInput!) {
    syncCatalog(input: $input) {
      partner { id }
      errors { code field message }
    }
  }
`);
