import { answer, api } from '@shidang/web-kit';
import type { components } from '@shidang/client';
import { useQueries } from '@tanstack/react-query';
import { services } from './audit-calls';
import type { AuditService } from './merged-trails';

export type AuditChain = components['schemas']['AuditChain'];

const chainOf: Readonly<Record<AuditService, () => Promise<AuditChain>>> = {
  records: () => answer(api.GET('/api/v1/audit-chains/records')),
  review: () => answer(api.GET('/api/v1/audit-chains/review')),
  identity: () => answer(api.GET('/api/v1/audit-chains/identity')),
  reporting: () => answer(api.GET('/api/v1/audit-chains/reporting')),
  notifications: () => answer(api.GET('/api/v1/audit-chains/notifications')),
};

/** How each service's trail is sealed; a service that does not answer is said to be silent and hides no other. */
export function useAuditChains() {
  const asked = useQueries({
    queries: services.map((service) => ({ queryKey: ['audit-chain', service], queryFn: chainOf[service] })),
  });
  return services.map((service, at) => ({ service, chain: asked[at]!.data, isSilent: asked[at]!.isError }));
}
