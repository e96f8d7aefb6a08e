import { graphql } from '@console/api';

export const RulesQuery = graphql(`
  query Rules {
    rules {
      id ruleId code name version state validFrom validUntil sentence pointsGiven budget spent body
      timeline { at code text actor }
    }
  }
`);

export const RuleOptionsQuery = graphql(`
  query RuleOptions {
    ruleOptions {
      brands { value label }
      suppliers { value label }
      categories { value label }
    }
  }
`);

export const RulePreviewQuery = graphql(`
  query RulePreview($body: String!, $ruleId: ID) {
    rulePreview(body: $body, ruleId: $ruleId) {
      sentencePl sentenceEn lookedThrough
      rows { documentId number saleDate buyer given byThisRule byDraft }
    }
  }
`);

export const SaveRuleDraftMutation = graphql(`
  mutation SaveRuleDraft($input: SaveRuleDraftInput!) {
    saveRuleDraft(input: $input) {
      rule { id ruleId }
      errors { code field message }
    }
  }
`);

export const PublishRuleMutation = graphql(`
  mutation PublishRule($input: PublishRuleInput!) {
    publishRule(input: $input) {
      rule { id }
      errors { code field message }
    }
  }
`);

export const EndRuleMutation = graphql(`
  mutation EndRule($input: EndRuleInput!) {
    endRule(input: $input) {
      rule { id }
      errors { code field message }
    }
  }
`);

export const DiscardRuleDraftMutation = graphql(`
  mutation DiscardRuleDraft($input: DiscardRuleDraftInput!) {
    discardRuleDraft(input: $input) {
      discarded
      errors { code field message }
    }
  }
`);
