import { graphql } from '@console/api';

export const CockpitQuery = graphql(`
  query Cockpit {
    cockpit {
      importsToDecide importsFailed importsRunning ordersUnknown ordersWaiting unmatchedBuyers unmatchedGoods liability available pending held
      month awardedThisMonth awardedLastMonth spentThisMonth spentLastMonth members membersActive asOf
    }
  }
`);
