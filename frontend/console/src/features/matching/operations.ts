import { graphql } from '@console/api';

export const UnmatchedGoodsQuery = graphql(`
  query UnmatchedGoods($first: Int, $after: String, $search: String) {
    unmatchedGoods(first: $first, after: $after, search: $search) {
      totalCount
      pageInfo { hasNextPage endCursor }
      edges { node {
        key name sku ean producerCode lines documents lastSale
        value { amount currency }
        suggestions { id sku name score }
      } }
    }
  }
`);

export const UnmatchedBuyersQuery = graphql(`
  query UnmatchedBuyers($first: Int, $after: String, $search: String) {
    unmatchedBuyers(first: $first, after: $after, search: $search) {
      totalCount
      pageInfo { hasNextPage endCursor }
      edges { node { key name nip customerCode email phone documents lastSale value { amount currency } } }
    }
  }
`);

export const LearnedGoodsQuery = graphql(`
  query LearnedGoods($first: Int, $after: String) {
    learnedGoods(first: $first, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      edges { node { key targetId targetName by at } }
    }
  }
`);

export const LearnedBuyersQuery = graphql(`
  query LearnedBuyers($first: Int, $after: String) {
    learnedBuyers(first: $first, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      edges { node { key targetId targetName by at } }
    }
  }
`);

export const FindProductsQuery = graphql(`
  query FindProducts($search: String) {
    products(first: 8, search: $search) { edges { node { id sku name } } }
  }
`);

export const FindMembersQuery = graphql(`
  query FindMembers($search: String) {
    members(first: 8, search: $search) { edges { node { id name firmName nip } } }
  }
`);

export const MatchGoodsMutation = graphql(`
  mutation MatchGoods($input: MatchGoodsInput!) {
    matchGoods(input: $input) { key errors { code field message } }
  }
`);

export const ForgetGoodsMutation = graphql(`
  mutation ForgetGoods($input: ForgetGoodsInput!) {
    forgetGoods(input: $input) { key errors { code field message } }
  }
`);

export const MatchBuyerMutation = graphql(`
  mutation MatchBuyer($input: MatchBuyerInput!) {
    matchBuyer(input: $input) { key errors { code field message } }
  }
`);

export const EnrollBuyerMutation = graphql(`
  mutation EnrollBuyer($input: EnrollBuyerInput!) {
    enrollBuyer(input: $input) { memberId errors { code field message } }
  }
`);

export const ForgetBuyerMutation = graphql(`
  mutation ForgetBuyer($input: ForgetBuyerInput!) {
    forgetBuyer(input: $input) { key errors { code field message } }
  }
`);
