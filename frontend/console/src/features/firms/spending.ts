import { useLingui } from '@lingui/react/macro';

/** What a firm's owner may allow a fitter, as choices. */
export function useSpendings() {
  const { t } = useLingui();
  return [
    { value: 'free', label: t`Without asking` },
    { value: 'approval', label: t`After the owner's approval` },
    { value: 'none', label: t`Not allowed` },
  ];
}
