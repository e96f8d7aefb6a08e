import { useMemo } from 'react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { HiddenColumns } from '@ui/components/ResourceList';

/** Which columns of the page's list are hidden: in the address, as the filters are, so that a bookmark keeps the whole view. */
export function useHiddenColumns(): HiddenColumns {
  const navigate = useNavigate();
  const hide = useSearch({ strict: false, select: (search) => search.hide });
  return useMemo(
    () => ({
      ids: hide?.split('.').filter(Boolean) ?? [],
      onChange: (ids) => void navigate({ to: '.', search: (before) => ({ ...before, hide: ids.length > 0 ? ids.join('.') : undefined }), replace: true }),
    }),
    [hide, navigate],
  );
}
