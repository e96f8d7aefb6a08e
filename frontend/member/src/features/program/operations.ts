import { graphql } from '@member/api';

export const ProgramQuery = graphql(`
  query Program {
    program { name slug pointForms { one few many other } currency supportEmail supportPhone }
    me { id firstName lastName email firmName memberSince language }
  }
`);

export const BalanceQuery = graphql(`
  query Balance {
    balance { available pending held debt expiringSoon expiringOn asOf }
  }
`);
