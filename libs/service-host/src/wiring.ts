import { AroundCall, BusClient, CallerVerifier, natsClient, RefusedCalls, type NatsAccess } from '@shidang/bus';
import { FileKeyProvider, openDatabase, Vault, Work } from '@shidang/persistence';
import { Module, type DynamicModule } from '@nestjs/common';
import { AuditedRefusals, RecordedCall } from './around-call';
import { auditChainOf } from './audit-chain';
import { AuditHeads } from './audit-heads';
import type { AuditParts } from './audit-sealing';
import { auditTrailOf } from './audit-trail';
import { HeadsFile } from './heads-file';
import { Metrics } from './metrics';
import type { Service } from './service';
import type { ServiceConfig } from './service-config';

@Module({})
class Wiring {}

export const accessOf = (config: ServiceConfig): NatsAccess => ({
  url: config.NATS_URL,
  user: config.NATS_USER,
  password: config.NATS_PASSWORD,
});

/** Opens database and keys and makes the providers a service's classes ask for. Closes what it opened. */
export async function wire<C extends ServiceConfig>(service: Service<C>, config: C) {
  const vault = new Vault(new FileKeyProvider(config.KEY_FILE));
  const orm = await openDatabase(config.DATABASE_URL, service.schema, {
    throwAway: config.SHIDANG_THROW_AWAY_DATABASE === '1',
  });
  const work = new Work(orm, vault);
  const client = natsClient(accessOf(config));
  const bus = new BusClient(client, service.name);
  const metrics = new Metrics(service.name);
  const providers = [
    { provide: Vault, useValue: vault },
    { provide: Work, useValue: work },
    { provide: BusClient, useValue: bus },
    { provide: Metrics, useValue: metrics },
    { provide: service.config, useValue: config },
    { provide: CallerVerifier, useValue: await CallerVerifier.from(config.IDENTITY_PUBLIC_KEY) },
    { provide: RefusedCalls, useClass: AuditedRefusals },
    { provide: AroundCall, useClass: RecordedCall },
  ];
  const root: DynamicModule = {
    module: Wiring,
    global: true,
    imports: [service.module],
    controllers: [auditTrailOf(service.name), auditChainOf(service.name)],
    providers,
    exports: providers.map((p) => p.provide),
  };
  const heads = new AuditHeads(work, bus, service.name, new HeadsFile(config.AUDIT_HEADS_FILE));
  const audit: AuditParts = { service: service.name, work, vault, heads };
  return { orm, work, bus, metrics, audit, root };
}
