import { answer, api } from '@shidang/web-kit';
import type { components, paths } from '@shidang/client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { begun, isOver, shownNext, starving, type AuditEvent, type AuditService, type Trails } from './merged-trails';

type Page = components['schemas']['AuditEventPage'];
type Query = NonNullable<paths['/api/v1/audit-events/records']['get']['parameters']['query']>;

export const services = ['records', 'review', 'identity', 'reporting', 'notifications'] as const;

/** What one asks for; all of it stands in the URL. */
export type AuditFilter = Pick<Query, 'object' | 'actor' | 'action' | 'result' | 'from' | 'to'> & {
  readonly service?: AuditService;
};

const atOnce = 50;

const trailOf: Readonly<Record<AuditService, (query: Query) => Promise<Page>>> = {
  records: (query) => answer(api.GET('/api/v1/audit-events/records', { params: { query } })),
  review: (query) => answer(api.GET('/api/v1/audit-events/review', { params: { query } })),
  identity: (query) => answer(api.GET('/api/v1/audit-events/identity', { params: { query } })),
  reporting: (query) => answer(api.GET('/api/v1/audit-events/reporting', { params: { query } })),
  notifications: (query) => answer(api.GET('/api/v1/audit-events/notifications', { params: { query } })),
};

interface Shown {
  readonly events: readonly AuditEvent[];
  readonly trails: Trails;
  /** How many each service has in all, from its first page. */
  readonly totals: Readonly<Partial<Record<AuditService, Page['page']>>>;
}

async function nextOf(
  before: Pick<Shown, 'trails' | 'totals'>,
  { service: _, ...filter }: AuditFilter,
): Promise<Shown> {
  const asked = starving(before.trails);
  const pages = await Promise.all(
    asked.map(async (service) => {
      const cursor = before.trails[service]?.cursor ?? undefined;
      return [service, await trailOf[service]({ ...filter, limit: atOnce, cursor })] as const;
    }),
  );
  const trails = { ...before.trails };
  const totals = { ...before.totals };
  for (const [service, { items, page }] of pages) {
    trails[service] = { held: items, cursor: page.next ?? null };
    totals[service] ??= page;
  }
  const next = shownNext(trails, atOnce);
  return { events: next.shown, trails: next.trails, totals };
}

/** The trails of the services as one, newest first; each further page asks only those whose turn may come. */
export function useAuditEvents(filter: AuditFilter) {
  const asked = filter.service ? [filter.service] : services;
  const { data, ...query } = useInfiniteQuery({
    queryKey: ['audit-events', filter],
    initialPageParam: { trails: begun(asked), totals: {} } as Pick<Shown, 'trails' | 'totals'>,
    queryFn: ({ pageParam }) => nextOf(pageParam, filter),
    getNextPageParam: (last) => (isOver(last.trails) ? undefined : last),
    refetchOnWindowFocus: false,
  });
  const totals = Object.values(data?.pages.at(-1)?.totals ?? {});
  return {
    ...query,
    events: data?.pages.flatMap(({ events }) => events),
    total: totals.reduce((sum, { total }) => sum + total, 0),
    totalIsExact: totals.every(({ totalIsExact }) => totalIsExact),
  };
}
