import { graphql } from '@member/api';

export const VouchersQuery = graphql(`
  query Vouchers($first: Int!, $after: String) {
    vouchers(first: $first, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      edges {
        node {
          id rewardName brandName color issuedAt expiresOn revealedAt usedAt orderId orderNumber
          faceValue { amount currency }
        }
      }
    }
  }
`);

export const RevealVoucherMutation = graphql(`
  mutation RevealVoucher($input: RevealVoucherInput!) {
    revealVoucher(input: $input) {
      voucher { id revealedAt }
      code
      pin
      errors { code field message }
    }
  }
`);

export const MarkVoucherUsedMutation = graphql(`
  mutation MarkVoucherUsed($input: MarkVoucherUsedInput!) {
    markVoucherUsed(input: $input) {
      voucher { id usedAt }
      errors { code field message }
    }
  }
`);
