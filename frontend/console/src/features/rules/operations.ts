import { graphql } from '@console/api';

export const RulesQuery = graphql(`
  query Rules {
    rules { id code name version state validFrom validUntil sentence pointsGiven }
  }
`);
