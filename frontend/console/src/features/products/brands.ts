import { queryOptions } from '@tanstack/react-query';
import { execute } from '@console/api';
import { BrandsQuery } from './operations';

export const brandsQuery = queryOptions({
  queryKey: ['brands'],
  queryFn: ({ signal }) => execute(BrandsQuery, {}, signal).then((data) => data.brands),
  staleTime: 5 * 60 * 1000,
});
