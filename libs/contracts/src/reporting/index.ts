export * from './events';
export * from './fields';
export * from './refusals';
export * from './head-count';
export * from './progress';
export * from './campaign';
export * from './monthly-report';
export * from './statistics';
