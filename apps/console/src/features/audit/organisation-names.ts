import { answer, api } from '@shidang/web-kit';
import { useQueries } from '@tanstack/react-query';

/** Names of organisations by code, each asked once; the code alone where it is unknown. */
export function useOrganisationNames(codes: readonly string[]): (code: string) => string {
  const distinct = [...new Set(codes)];
  const answers = useQueries({
    queries: distinct.map((code) => ({
      queryKey: ['organisation', code],
      queryFn: () => answer(api.GET('/api/v1/organisations/{code}', { params: { path: { code } } })),
      staleTime: 300_000,
      retry: false,
    })),
  });
  const names = new Map(distinct.map((code, index) => [code, answers[index]?.data?.name]));
  return (code) => names.get(code) ?? code;
}
