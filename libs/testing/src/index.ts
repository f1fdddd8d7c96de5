export { Collector, type Span } from './collector';
export { databaseFor, emptyDatabase, type SuiteDatabase } from './database';
export { environmentFor, identityKeys } from './environment';
export { eventually } from './eventually';
export { natsForSuite, type SuiteNats } from './nats';
export { ServiceSuite } from './service-suite';
export { everythingSentBy, sentApplying, sentBy, type Sent } from './statements';
