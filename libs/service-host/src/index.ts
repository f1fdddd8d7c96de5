export { showCertificates } from './certificate-metrics';
export { Health, type Probe } from './health';
export { HeadsFile } from './heads-file';
export { NestLogger, serviceLogger } from './logger';
export { Metrics, type JobsNow } from './metrics';
export { type Replayed } from './replay';
export { runService, startService, type Running, type Service } from './service';
export { readConfig, ServiceConfig, HostConfig, variablesOf } from './service-config';
