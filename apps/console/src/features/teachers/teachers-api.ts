import type { paths } from '@shidang/client';
import { answer, api } from '@shidang/web-kit';
import { keepPreviousData, useQuery } from '@tanstack/react-query';

export * from '@shidang/web-kit/record';

type TeacherQuery = NonNullable<paths['/api/v1/teachers']['get']['parameters']['query']>;

export const useTeacherList = (query: TeacherQuery) =>
  useQuery({
    queryKey: ['teachers', query],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/teachers', { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });
