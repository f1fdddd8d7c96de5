import { AroundCall, BusClient, CallerVerifier, Intake, natsClient, RefusedCalls } from '@shidang/bus';
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
import { accessOf, type ServiceConfig } from './service-config';

@Module({})
class Wiring {}

/** Opens database and keys and makes the providers a service's classes ask for. Closes what it opened. */
export async function wire<C extends ServiceConfig>(service: Service<C>, config: C) {
  const vault = new Vault(new FileKeyProvider(config.KEY_FILE));
  const orm = await openDatabase(config.DATABASE_URL, service.schema, {
    throwAway: config.SHIDANG_THROW_AWAY_DATABASE === '1',
    caFile: config.DATABASE_CA_FILE,
  });
  const work = new Work(orm, vault);
  const client = natsClient(accessOf(config));
  const bus = new BusClient(client, service.name);
  const metrics = new Metrics(service.name);
  const intake = new Intake({
    together: config.HANDLERS,
    read: config.HANDLERS_READ,
    bulk: config.HANDLERS_BULK,
    waiting: config.HANDLERS_WAITING,
  });
  metrics.showIntake(intake);
  const providers = [
    { provide: Vault, useValue: vault },
    { provide: Work, useValue: work },
    { provide: BusClient, useValue: bus },
    { provide: Metrics, useValue: metrics },
    { provide: Intake, useValue: intake },
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
