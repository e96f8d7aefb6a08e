import { graphql } from '@console/api';

export const MessageTemplatesQuery = graphql(`
  query MessageTemplates {
    messageTemplates {
      kind language subject text mjml action ownSince
      variables { name sample }
      timeline { at code text actor }
    }
    messageSender { name address timeline { at code text actor } }
    program { name }
  }
`);

export const MessagePreviewQuery = graphql(`
  query MessagePreview($kind: String!, $language: String!, $subject: String!, $text: String!, $mjml: String!, $action: String!) {
    messagePreview(kind: $kind, language: $language, subject: $subject, text: $text, mjml: $mjml, action: $action) {
      subject text action
      problem { part line message }
    }
  }
`);

export const SaveMessageTemplateMutation = graphql(`
  mutation SaveMessageTemplate($input: SaveMessageTemplateInput!) {
    saveMessageTemplate(input: $input) {
      template { kind }
      errors { code field message }
    }
  }
`);

export const RestoreMessageTemplateMutation = graphql(`
  mutation RestoreMessageTemplate($input: RestoreMessageTemplateInput!) {
    restoreMessageTemplate(input: $input) {
      template { kind }
      errors { code field message }
    }
  }
`);

export const SetMessageSenderMutation = graphql(`
  mutation SetMessageSender($input: SetMessageSenderInput!) {
    setMessageSender(input: $input) {
      sender { name address }
      errors { code field message }
    }
  }
`);
