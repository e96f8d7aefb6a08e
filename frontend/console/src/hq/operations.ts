import { graphql } from './api';

export const OverviewQuery = graphql(`
  query Overview($months: Int!) {
    network { name wholesalerCount }
    overview(months: $months) {
      months
      asOf
      wholesalers {
        id name slug color asOf
        months { month sales { amount currency } pointsAwarded pointsSpent orders }
        total { month sales { amount currency } pointsAwarded pointsSpent orders }
      }
      totals { month sales { amount currency } pointsAwarded pointsSpent orders }
    }
  }
`);
