/**
 * Stands in for gql.tada at run time. Its types are all that we use of it: an operation goes to the server as the text
 * that it was written as, so no parser and no printer is on the member's phone.
 */
export const initGraphQLTada = () => (source: string) => source;
