import { ServiceConfig } from '@shidang/service-host';

/** Nothing beyond what every service needs. */
export class RecordsConfig extends ServiceConfig {}
