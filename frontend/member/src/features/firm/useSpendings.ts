import { useLingui } from '@lingui/react/macro';

/** What an owner may allow, as choices. */
export function useSpendings() {
  const { t } = useLingui();
  return [
    { value: 'free', label: t`Without asking` },
    { value: 'approval', label: t`After the owner's approval` },
    { value: 'none', label: t`Not allowed` },
  ];
}
