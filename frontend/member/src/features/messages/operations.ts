import { graphql } from '@member/api';

export const MessagesQuery = graphql(`
  query Messages($first: Int, $after: String) {
    messages(first: $first, after: $after) {
      pageInfo { hasNextPage endCursor }
      edges { node { id subject body language createdAt readAt } }
    }
  }
`);

export const MessageQuery = graphql(`
  query Message($id: ID!) {
    message(id: $id) { id subject body language action path createdAt readAt }
  }
`);

export const UnreadQuery = graphql(`
  query Unread {
    unreadMessages
  }
`);

export const ReadMessageMutation = graphql(`
  mutation ReadMessage($input: ReadMessageInput!) {
    readMessage(input: $input) { message { id readAt } errors { code field message } }
  }
`);
